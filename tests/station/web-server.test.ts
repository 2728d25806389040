import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import { type Host, startHost } from '#station/host.ts';
import { startWebServer, type WebServer } from '#station/transport/web-server.ts';
import { type TemporaryHost, temporaryHost } from './temporary-host.ts';

const SECRET = 'nobody may read this';
let folder: string;
let temporary: TemporaryHost;
let host: Host;
let web: WebServer;
let port: number;
const pageCounts: number[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  mkdirSync(join(folder, 'pages/visitor'), { recursive: true });
  mkdirSync(join(folder, 'pages/assets'));
  writeFileSync(join(folder, 'secret.json'), SECRET);
  writeFileSync(
    join(folder, 'pages/visitor/index.html'),
    '<!doctype html><title>页</title><body></body>',
  );
  mkdirSync(join(folder, 'pages/office'));
  writeFileSync(join(folder, 'pages/office/index.html'), SECRET);
  writeFileSync(join(folder, 'pages/assets/page-abc123.js'), 'void 0;');
  writeFileSync(join(folder, 'pages/assets/notes.txt'), SECRET);
  temporary = temporaryHost();
  host = await startHost(temporary.options);
  web = await startWebServer(host, join(folder, 'pages'), 0, (n) => pageCounts.push(n));
  port = Number(new URL(web.url).port);
});
afterAll(async () => {
  await web.close();
  await host.close();
  temporary.remove();
  rmSync(folder, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As the path is written; `fetch` would tidy it up. */
async function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Reply> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers }).end();
  const [response] = (await once(sent, 'response')) as [
    NodeJS.ReadableStream & { statusCode: number; headers: IncomingHttpHeaders },
  ];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(Buffer.from(part));
  const body = Buffer.concat(parts).toString();
  return { status: response.statusCode, headers: response.headers, body };
}

/** The status with which a WebSocket is refused, or `open`. */
function knock(path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.once('open', () => {
      resolve('open');
      socket.close();
    });
    socket.once('error', (error) => resolve(error.message));
  });
}

describe('pages', () => {
  test.each(['/visitor/', '/visitor/index.html', '/assets/page-abc123.js', '/', '/nothing'])(
    '%s carries every protective header',
    async (path) => {
      expect((await get(path)).headers).toMatchObject(PAGE_HEADERS);
    },
  );

  test('the root and a folder without its slash lead to the page', async () => {
    expect(await get('/')).toMatchObject({ status: 308, headers: { location: '/visitor/' } });
    expect(await get('/visitor')).toMatchObject({
      status: 308,
      headers: { location: '/visitor/' },
    });
    expect(await get('/visitor/?from=home')).toMatchObject({ status: 200 });
  });

  test('the pages of the district office are not there', async () => {
    for (const path of ['/office', '/office/', '/office/index.html'])
      expect(await get(path)).toMatchObject({ status: 404, body: '' });
  });

  test('the visitor page brings what it would ask first, and no other file does', async () => {
    for (const path of ['/visitor/', '/visitor/index.html']) {
      const { body, headers } = await get(path);
      expect(body).toContain('"stationName":');
      expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
    }
    expect(await get('/assets/page-abc123.js')).toMatchObject({ body: 'void 0;' });
  });

  test('a HEAD request gets the headers and no body', async () => {
    expect(await get('/visitor/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test.each([
    '/../secret.json',
    '/visitor/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/visitor/..\\..\\secret.json',
    '//secret.json',
    '//',
    '/\\',
    'http://127.0.0.1/../secret.json',
    'http://[',
    '/assets/',
    '/assets/notes.txt',
    '/visitor/index.html%00.json',
  ])('%s leads nowhere', async (path) => {
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect(reply.body).toBe('');
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.0.0.1', '[::1]'])(
    'a request in the name of "%s" is refused',
    async (name) => {
      expect(await get('/visitor/', { host: name })).toMatchObject({ status: 403, body: '' });
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await get('/visitor/', {}, method)).status).toBe(403);
  });

  test('nobody else in the network can connect', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4');
    for (const { address } of others) {
      const socket = connect(port, address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
    expect(web.url).toBe(`http://127.0.0.1:${port}`);
  });
});

describe('calls over WebSocket', () => {
  test('are taken from the own page and from programs of this machine', async () => {
    expect(await knock('/rpc', { origin: `http://127.0.0.1:${port}` })).toBe('open');
    expect(await knock('/rpc')).toBe('open');
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'file://'])(
    'are refused from a page of %s',
    async (origin) => {
      expect(await knock('/rpc', { origin })).toContain('403');
    },
  );

  test('are refused in a foreign name and at another path', async () => {
    expect(await knock('/rpc', { host: 'evil.example' })).toContain('403');
    expect(await knock('/visitor/')).toContain('403');
    expect(await knock('//')).toContain('403');
  });

  test('that break off in the middle of being refused harm nothing', async () => {
    for (let at = 0; at < 20; at += 1) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(
        'GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      );
      socket.resetAndDestroy();
    }
    expect((await get('/visitor/')).status).toBe(200);
  });

  test('of the visitor are counted while they are open; a display or a program is not', async () => {
    await vi.waitFor(() => expect(pageCounts.at(-1) ?? 0).toBe(0), { timeout: 20_000 });
    const before = pageCounts.length;
    const display = new WebSocket(`ws://127.0.0.1:${port}/rpc`);
    await once(display, 'open');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc?page=visitor`);
    await once(socket, 'open');
    await vi.waitFor(() => expect(pageCounts.slice(before)).toEqual([1]), { timeout: 20_000 });
    socket.terminate();
    await vi.waitFor(() => expect(pageCounts.slice(before)).toEqual([1, 0]), { timeout: 20_000 });
    display.terminate();
  });

  test('are refused beyond 32 pages', async () => {
    const sockets = Array.from({ length: 32 }, () => new WebSocket(`ws://127.0.0.1:${port}/rpc`));
    await Promise.all(sockets.map((socket) => once(socket, 'open')));
    expect(await knock('/rpc')).toContain('403');
    for (const socket of sockets) socket.terminate();
    await vi.waitFor(async () => expect(await knock('/rpc')).toBe('open'), { timeout: 20_000 });
  });
});

test('a port that is taken is refused in one sentence', async () => {
  await expect(startWebServer(host, join(folder, 'pages'), port)).rejects.toMatchObject({
    kind: 'port-in-use',
    message: `端口 ${port} 已被别的程序占用，请用 --port 换一个，或写 0 自动选择。`,
  });
});

test('pages that were not built are refused in one sentence', async () => {
  await expect(startWebServer(host, join(folder, 'none'), 0)).rejects.toMatchObject({
    kind: 'no-page',
  });
});

describe('films and pamphlets', () => {
  const name = `${createHash('sha256').update('a film').digest('hex')}.webm`;
  beforeAll(() => {
    mkdirSync(join(temporary.options.dataDir, 'media'));
    writeFileSync(join(temporary.options.dataDir, 'media', name), 'a film');
  });

  test('are served whole and in part, with every protective header', async () => {
    const whole = await get(`/media/${name}`);
    expect(whole).toMatchObject({ status: 200, body: 'a film' });
    expect(whole.headers).toMatchObject({ ...PAGE_HEADERS, 'accept-ranges': 'bytes' });
    expect(await get(`/media/${name}`, { range: 'bytes=2-' })).toMatchObject({
      status: 206,
      body: 'film',
    });
    expect(await get(`/media/${name}`, { range: 'bytes=9-' })).toMatchObject({ status: 416 });
    expect(await get(`/media/${name}`, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test('are for this terminal only, and nothing else is served in their name', async () => {
    expect((await get(`/media/${name}`, { host: 'evil.example' })).status).toBe(403);
    expect((await get(`/media/${name}`, {}, 'POST')).status).toBe(403);
    for (const path of [
      '/media/',
      '/media/../station.sqlite',
      `/media/..%2F${name}`,
      '/media/x.webm',
    ])
      expect((await get(path)).status, path).toBe(404);
  });
});
