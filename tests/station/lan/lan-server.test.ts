import { randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectPlain, createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import { type Host, startHost } from '#station/host.ts';
import { listDevices, openPairing, unpair } from '#station/lan/devices.ts';
import {
  changeLanSettings,
  lanSettingsSchema,
  readLanSettings,
} from '#station/lan/lan-settings.ts';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { keepLogIn } from '../../../src/renderer/console/keep-log-in.ts';
import {
  connectStation,
  type StationConnection,
} from '../../../src/renderer/station-client/station-client.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';
import { knock, OfficePc } from './paired-device.ts';

const SURFACES = ['visitor', 'office', 'gallery', 'console', 'staff', 'display'];
const PATIENT = { timeout: 30_000, interval: 50 };
let temporary: TemporaryHost;
let host: Host;
let now: number;
/** A second way into the database, as a technician's command has. */
let db: WritableDb;
let pageDir: string;
let port: number;
let certificate: string;

beforeAll(async () => {
  temporary = temporaryHost();
  now = Date.now();
  host = await startHost({ ...temporary.options, now: () => now, uptime: () => now });
  pageDir = join(temporary.options.dataDir, 'pages');
  for (const surface of SURFACES) mkdirSync(join(pageDir, surface), { recursive: true });
  mkdirSync(join(pageDir, 'assets'));
  for (const surface of SURFACES)
    writeFileSync(join(pageDir, surface, 'index.html'), `<title>${surface}</title>`);
  writeFileSync(join(pageDir, 'assets/page-1.js'), 'void 0;');
  db = openDatabase(join(temporary.options.dataDir, 'station.sqlite'), 'station');
  port = await freePort();
  await host.serveLan(pageDir);
});
afterAll(async () => {
  db.write.close();
  await host.close();
  temporary.remove();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const settings = (on: boolean) =>
  changeLanSettings(db, lanSettingsSchema.parse({ on, bind: '127.0.0.1', port }), now);
const pc = () => new OfficePc(port, certificate);
const codeFor = (kind: 'console' | 'display', name = '1号窗口') =>
  openPairing(db, { actor: 'technician', kind, name }, now);

/** A paired office PC. */
async function paired(kind: 'console' | 'display' = 'console'): Promise<OfficePc> {
  const device = pc();
  expect(await device.pair(codeFor(kind))).toMatchObject({ state: 'paired', kind });
  return device;
}

async function isListening(): Promise<boolean> {
  const socket = connectPlain(port, '127.0.0.1');
  const result = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return result;
}

test('nothing listens until a technician switches it on', async () => {
  expect(readLanSettings(db).on).toBe(false);
  expect(host.lan.status()).toMatchObject({ state: 'off', urls: [] });
  expect(await isListening()).toBe(false);
});

describe('switched on', () => {
  beforeAll(async () => {
    settings(true);
    await vi.waitFor(() => expect(host.lan.status().state).toBe('on'), PATIENT);
    certificate = readFileSync(join(temporary.options.dataDir, 'lan/certificate.pem'), 'utf8');
  });

  test('speaks TLS 1.2 and newer with the certificate that the status names, and nothing else', async () => {
    const secure = connectTls({ port, host: '127.0.0.1', ca: certificate });
    await once(secure, 'secureConnect');
    expect(secure.authorized).toBe(true);
    expect(secure.getPeerCertificate().fingerprint256).toBe(host.lan.status().fingerprint);
    expect(['TLSv1.2', 'TLSv1.3']).toContain(secure.getProtocol());
    secure.destroy();
    const old = connectTls({
      port,
      host: '127.0.0.1',
      ca: certificate,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    });
    await once(old, 'error');
    const plain = connectPlain(port, '127.0.0.1');
    plain.write('GET /console/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const [said] = (await Promise.race([
      once(plain, 'data'),
      once(plain, 'close').then(() => ['']),
      once(plain, 'error').then(() => ['']),
    ])) as [Buffer | string];
    expect(String(said)).not.toContain('200');
    plain.destroy();
  });

  test("shows console, display and the staff's page with every protective header, and no other", async () => {
    expect(await pc().ask('GET', '/')).toMatchObject({
      status: 308,
      headers: { location: '/console/' },
    });
    for (const path of ['/console/', '/display/', '/staff/', '/assets/page-1.js']) {
      const reply = await pc().ask('GET', path);
      expect(reply.status).toBe(200);
      expect(reply.headers).toMatchObject(PAGE_HEADERS);
    }
    for (const path of [
      '/visitor/',
      '/visitor',
      '/visitor/index.html',
      '/office/',
      '/gallery/',
      '/secret',
      '/console/../visitor/',
    ])
      expect((await pc().ask('GET', path)).status).toBe(404);
  });

  test.each(['evil.example', '10.9.9.9', 'localhost'])('refuses the name "%s"', async (name) => {
    const headers = { host: `${name}:${port}` };
    expect((await pc().ask('GET', '/console/', { headers })).status).toBe(403);
    const pairing = { headers: { ...headers, origin: `https://${headers.host}` } };
    expect((await pc().ask('GET', '/pair', pairing)).status).toBe(403);
  });

  test('takes no calls from a device that is not paired, nor from a foreign page on a paired one', async () => {
    expect(await knock(pc().socket())).toContain('403');
    const device = await paired();
    expect(await knock(device.socket())).toBe('open');
    const foreign: readonly Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: `http://127.0.0.1:${port}` },
    ];
    for (const headers of foreign) expect(await knock(device.socket(headers))).toContain('403');
    expect(await knock(device.socket({ origin: device.origin, host: 'evil.example' }))).toContain(
      '403',
    );
    device.cookie = `${device.cookie}x`;
    expect(await knock(device.socket())).toContain('403');
  });
});

const BAD_PAIRING: readonly (readonly [string, Record<string, string>, string])[] = [
  [
    'another origin',
    { origin: 'https://evil.example', 'content-type': 'application/json' },
    '{"code":"A"}',
  ],
  ['no origin', { 'content-type': 'application/json' }, '{"code":"A"}'],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'code=A'],
  ['too much', { 'content-type': 'application/json' }, `{"code":"${'A'.repeat(5000)}"}`],
  ['no code', { 'content-type': 'application/json' }, '{}'],
  ['garbage', { 'content-type': 'application/json' }, '{'],
];

describe('pairing', () => {
  beforeEach(() => {
    now += 24 * 3_600_000;
  });

  test('keeps a cookie that scripts cannot read and that is sent to this host alone', async () => {
    const device = pc();
    expect(JSON.parse((await device.ask('GET', '/pair')).body)).toEqual({ state: 'not-paired' });
    const reply = await device.ask('POST', '/pair', {
      headers: { origin: device.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code: codeFor('console') }),
    });
    const [cookie = ''] = [reply.headers['set-cookie'] ?? []].flat();
    expect(cookie).toMatch(
      /^__Host-kiosk-device=[\w-]{43}; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect(reply.body).not.toContain(cookie.slice(20, 63));
    expect(reply.headers['cache-control']).toBe('no-store');
    device.cookie = cookie.split(';', 1)[0] ?? '';
    expect(JSON.parse((await device.ask('GET', '/pair')).body)).toMatchObject({ state: 'paired' });
    expect(JSON.stringify(db.read.prepare('select * from lan_device').all())).not.toContain(
      cookie.slice(20, 63),
    );
  });

  test('takes a code once, for ten minutes, and only the newest', async () => {
    const code = codeFor('console');
    expect(await pc().pair(code.toLowerCase().replace('-', ' '))).toMatchObject({
      state: 'paired',
    });
    expect(await pc().pair(code)).toMatchObject({ state: 'wrong' });
    const old = codeFor('console');
    const fresh = codeFor('console');
    expect(await pc().pair(old)).toMatchObject({ state: 'wrong' });
    expect(await pc().pair(fresh)).toMatchObject({ state: 'paired' });
    const late = codeFor('console');
    now += 10 * 60_000;
    expect(await pc().pair(late)).toMatchObject({ state: 'wrong' });
  });

  test('ends a code after five wrong ones, and makes who goes on wait', async () => {
    const code = codeFor('console');
    for (let tries = 0; tries < 5; tries += 1)
      expect(await pc().pair('AAAA-AAAA')).toMatchObject({ state: 'wrong' });
    expect(await pc().pair(code)).toMatchObject({ state: 'wrong' });
    const states = [];
    for (let tries = 0; tries < 6; tries += 1) states.push((await pc().pair('AAAA-AAAA')).state);
    expect(states).toContain('wait');
    expect(await pc().pair(codeFor('console'))).toMatchObject({ state: 'wait' });
  });

  test.each(BAD_PAIRING)('refuses %s', async (name, given, body) => {
    const headers: Record<string, string> = given;
    const device = pc();
    const origin: Record<string, string> =
      name === 'no origin' || 'origin' in headers ? {} : { origin: device.origin };
    const reply = await device.ask('POST', '/pair', { headers: { ...origin, ...headers }, body });
    expect(reply).toMatchObject({ status: 403, body: '' });
  });

  test('is ended by a technician at once', async () => {
    const device = await paired();
    const socket = device.socket();
    await once(socket, 'open');
    const closed = once(socket, 'close');
    const [id = ''] = listDevices(db)
      .map((one) => one.id)
      .slice(-1);
    for (const { id: each } of listDevices(db)) unpair(db, each, 'technician', now);
    expect(id).not.toBe('');
    await closed;
    expect(await knock(device.socket())).toContain('403');
  });
});

describe('whoever takes connections and says nothing', () => {
  const silent = (count: number, localAddress: string) =>
    Array.from({ length: count }, () => {
      const socket = connectPlain({ port, host: '127.0.0.1', localAddress });
      socket.on('error', () => {});
      return socket;
    });

  test('from one address does not shut the others out, and is put out in seconds', async () => {
    const sockets = silent(300, '127.0.0.2');
    await vi.waitFor(
      () => expect(sockets.filter((socket) => socket.destroyed).length).toBeGreaterThan(200),
      PATIENT,
    );
    expect(sockets.some((socket) => !socket.destroyed)).toBe(true);
    expect((await pc().ask('GET', '/console/')).status).toBe(200);
    await vi.waitFor(() => expect(sockets.every((socket) => socket.destroyed)).toBe(true), PATIENT);
  });

  test('after the handshake, or in the middle of the headers, is put out, too', async () => {
    const open = async (said: string) => {
      const socket = connectTls({ port, host: '127.0.0.1', ca: certificate });
      socket.on('error', () => {});
      await once(socket, 'secureConnect');
      socket.write(said);
      socket.resume();
      return socket;
    };
    const sockets = [await open(''), await open('GET /console/ HTTP/1.1\r\nHost: 127.')];
    await vi.waitFor(() => expect(sockets.every((socket) => socket.destroyed)).toBe(true), PATIENT);
  });

  test('at the door of terminals frees its place for those that are paired', async () => {
    const stranger = (localAddress: string) =>
      new WebSocket(`wss://127.0.0.1:${port}/queue`, { ca: certificate, localAddress });
    const knocks = async (address: string, count: number) =>
      Promise.all(Array.from({ length: count }, () => knockAndStay(stranger(address))));
    // One address alone cannot take all the places, and whoever came first gives way.
    const held = (await knocks('127.0.0.2', 9)).filter((socket) => socket !== undefined);
    expect(held).toHaveLength(3);
    for (const address of ['127.0.0.3', '127.0.0.4'])
      expect(await knocks(address, 1)).not.toContain(undefined);
    const areClosed = (count: number) =>
      vi.waitFor(
        () =>
          expect(
            held.filter((socket) => socket.readyState === WebSocket.CLOSED).length,
          ).toBeGreaterThanOrEqual(count),
        PATIENT,
      );
    await areClosed(1);
    await areClosed(3);
    const [again] = await knocks('127.0.0.2', 1);
    expect(again).toBeDefined();
    again?.terminate();
  });

  test.each([
    ['calls of a device that is not paired', '/rpc', 0],
    ['a page at the door of terminals', '/queue', 0],
    ['more terminals than one address may have', '/queue', 3],
  ])('after a refusal (%s) is gone in seconds', async (_what, path, before) => {
    const localAddress = before === 0 ? '127.0.0.4' : '127.0.0.5';
    const others = await Promise.all(
      Array.from({ length: before }, () =>
        knockAndStay(
          new WebSocket(`wss://127.0.0.1:${port}/queue`, { ca: certificate, localAddress }),
        ),
      ),
    );
    // It closes nothing itself, whatever it hears.
    const plain = connectPlain({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    const socket = connectTls({ socket: plain, host: '127.0.0.1', ca: certificate });
    let said = '';
    socket.on('data', (data: Buffer) => {
      said += data.toString();
    });
    socket.on('error', () => {});
    plain.on('error', () => {});
    await once(socket, 'secureConnect');
    const headers = [
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...(before === 0 ? [`Origin: https://127.0.0.1:${port}`] : []),
    ];
    socket.write(`GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    await vi.waitFor(() => expect(said).toContain('403'), PATIENT);
    // Whoever writes to a connection that the other side has given up is told so by the network.
    await vi.waitFor(() => {
      socket.write('x');
      expect(plain.destroyed).toBe(true);
    }, PATIENT);
    for (const other of others) other?.terminate();
  });
});

test('many office PCs behind one address load their pages and stay connected', async () => {
  now += 24 * 3_600_000;
  const devices: OfficePc[] = [];
  for (let count = 0; count < 12; count += 1) devices.push(await paired());
  const calls: WebSocket[] = [];
  const idle: ReturnType<typeof connectTls>[] = [];
  const open = async (device: OfficePc) => {
    const socket = device.socket();
    calls.push(socket);
    await once(socket, 'open');
  };
  try {
    // Sixty sockets of calls, and then five browsers that load a page over six connections each.
    for (let at = 0; at < 60; at += 1) await open(devices[at % devices.length] ?? pc());
    for (let at = 0; at < 30; at += 1) {
      const socket = connectTls({ port, host: '127.0.0.1', ca: certificate });
      socket.on('error', () => {});
      idle.push(socket);
      await once(socket, 'secureConnect');
    }
    expect((await pc().ask('GET', '/console/')).status).toBe(200);
    expect(calls.every((socket) => socket.readyState === WebSocket.OPEN)).toBe(true);
  } finally {
    for (const socket of idle) socket.destroy();
    for (const socket of calls) socket.terminate();
  }
});

/** The socket, if the door was opened. */
function knockAndStay(socket: WebSocket): Promise<WebSocket | undefined> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

describe('calls of a paired device', () => {
  let connection: StationConnection | undefined;
  afterEach(() => connection?.close());
  const connect = (device: OfficePc) => {
    connection = connectStation(device.open);
    return connection.client;
  };

  test('are limited to log-in until somebody logs in, then to what the role may', async () => {
    now += 24 * 3_600_000;
    const client = connect(await paired());
    await expect(client.home.view({ language: 'zh-CN' })).rejects.toThrow('not-allowed');
    await expect(client.staff.people()).rejects.toThrow('not-signed-in');
    const { oneTimePin } = await addPerson(
      { db, actor: 'technician', now },
      { account: 'li01', name: '示例李', roles: ['window-clerk'] },
    );
    expect(await client.staff.logIn({ account: 'li01', secret: oneTimePin })).toMatchObject({
      state: 'in',
      session: { mustChange: true },
    });
    await client.staff.changeSecret({ current: oneTimePin, next: '284913' });
    expect(await client.staff.session()).toMatchObject({ session: { name: '示例李' } });
    await expect(client.staff.people()).rejects.toThrow('not-allowed');
    await expect(client.lan.openPairing({ kind: 'console', name: 'x' })).rejects.toThrow(
      'not-allowed',
    );
    await expect(client.home.view({ language: 'zh-CN' })).rejects.toThrow('not-allowed');
  });

  test('of a hall display never reach a log-in', async () => {
    now += 24 * 3_600_000;
    const client = connect(await paired('display'));
    await expect(client.staff.logIn({ account: 'li01', secret: '284913' })).rejects.toThrow(
      'not-allowed',
    );
    expect(await client.system.ping({ echo: 'here' })).toMatchObject({ echo: 'here' });
  });

  test('end after an hour without a person, however often the page asks', async () => {
    now += 24 * 3_600_000;
    const client = connect(await paired());
    await client.staff.logIn({ account: 'li01', secret: '284913' });
    const open = { operation: randomUUID(), window: 'w1' };
    await client.desk.openWindow(open);
    for (let minutes = 0; minutes < 50; minutes += 10) {
      now += 10 * 60_000;
      await client.desk.view({ window: 'w1' });
    }
    await client.staff.present();
    for (let minutes = 0; minutes < 59; minutes += 1) {
      now += 60_000;
      await client.desk.view({ window: 'w1' });
    }
    now += 60_000;
    await expect(client.desk.view({ window: 'w1' })).rejects.toThrow('not-signed-in');
  });

  test('logging out closes the window, for every page that names it', async () => {
    now += 24 * 3_600_000;
    const client = connect(await paired());
    const stateOf = async () =>
      (await client.hall.view()).windows.find((window) => window.id === 'w1')?.state;
    await client.staff.logIn({ account: 'li01', secret: '284913' });
    await client.desk.openWindow({ operation: randomUUID(), window: 'w1' });
    expect(await stateOf()).toBe('open');
    await client.staff.logOut();
    expect(await stateOf()).toBe('closed');
  });

  test('go on after the connection was lost, with the token and on the same device only', async () => {
    now += 24 * 3_600_000;
    const device = await paired();
    const client = connect(device);
    const answer = await client.staff.logIn({ account: 'li01', secret: '284913' });
    if (answer.state !== 'in') return expect.unreachable();
    connection?.close();
    const again = connect(device);
    expect(await again.staff.session()).toEqual({});
    expect(await again.staff.resume({ token: answer.token })).toMatchObject({ name: '示例李' });
    connection?.close();
    const other = connect(await paired());
    await expect(other.staff.resume({ token: answer.token })).rejects.toThrow('not-signed-in');
  });
});

test('a restart of the host costs nobody the log-in, whatever was asked for meanwhile', async () => {
  now += 24 * 3_600_000;
  const device = await paired();
  const isOver = vi.fn();
  const { connection, take, onOver } = keepLogIn((hooks) => connectStation(device.open, hooks));
  const { client } = connection;
  const changes: boolean[] = [];
  connection.onChange((connected) => changes.push(connected));
  onOver(isOver);
  try {
    const answer = await client.staff.logIn({ account: 'li01', secret: '284913' });
    if (answer.state !== 'in') return expect.unreachable();
    take(answer.token);
    await host.close();
    await vi.waitFor(() => expect(changes.at(-1)).toBe(false), PATIENT);
    const waiting = { context: { timeoutMs: 60_000 } };
    const asked = Array.from({ length: 10 }, () => client.desk.view({ window: 'w1' }, waiting));
    host = await startHost({ ...temporary.options, now: () => now, uptime: () => now });
    await host.serveLan(pageDir);
    for (const view of await Promise.all(asked)) expect(view.window.id).toBe('w1');
    expect(isOver).not.toHaveBeenCalled();
    // A log-in that was ended elsewhere is over with the first call after it.
    db.write.exec('delete from staff_session');
    await expect(client.desk.view({ window: 'w1' })).rejects.toThrow('not-signed-in');
    expect(isOver).toHaveBeenCalledOnce();
  } finally {
    connection.close();
  }
});

test('is off again within seconds when a technician says so, and its sockets end', async () => {
  now += 24 * 3_600_000;
  const device = await paired();
  const socket = device.socket();
  await once(socket, 'open');
  const closed = once(socket, 'close');
  settings(false);
  await closed;
  await vi.waitFor(async () => expect(await isListening()).toBe(false), PATIENT);
  expect(host.lan.status().state).toBe('off');
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test('a port that is taken is reported, and the host lives on', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  settings(true);
  await vi.waitFor(() => expect(host.lan.status().state).toBe('failed'), PATIENT);
  settings(false);
  await vi.waitFor(() => expect(host.lan.status().state).toBe('off'), PATIENT);
  await new Promise((resolve) => other.close(resolve));
});

test('the certificate names this terminal', () => {
  expect(new X509Certificate(certificate).checkIP('127.0.0.1')).toBe('127.0.0.1');
});
