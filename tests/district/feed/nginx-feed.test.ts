import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { openFeedSource } from '#station/feed/feed-source.ts';
import { fetchMedia } from '#station/media/fetch-media.ts';
import { sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { freePort } from '../databases.ts';
import { fileOf, notice, pamphlet, sampleDistrict } from './sample-feed.ts';

/** As docs/operations.md gives it, but for the port and the folders. */
const configuration = (port: number, feed: string, work: string) => `
daemon off;
pid ${work}/nginx.pid;
error_log ${work}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  client_body_temp_path ${work}/body;
  proxy_temp_path ${work}/proxy;
  fastcgi_temp_path ${work}/fastcgi;
  uwsgi_temp_path ${work}/uwsgi;
  scgi_temp_path ${work}/scgi;
  server {
    listen 127.0.0.1:${port};
    location /feed/ {
      alias ${feed}/;
      add_header Cache-Control "public, max-age=31536000, immutable";
      error_page 404 = @not-there;
    }
    location @not-there {
      add_header Cache-Control "no-cache" always;
      return 404;
    }
    location /feed/targets/media/ {
      alias ${feed}/targets/media/;
      add_header Cache-Control "public, max-age=31536000, immutable";
      add_header X-Content-Type-Options nosniff;
      add_header Content-Security-Policy "default-src 'none'; sandbox";
    }
    location = /feed/metadata/timestamp.json {
      alias ${feed}/metadata/timestamp.json;
      add_header Cache-Control "no-cache" always;
    }
  }
}
`;

let work: string;
let server: ChildProcess;
let district: ReturnType<typeof sampleDistrict>;
let url: string;
beforeEach(async () => {
  district = sampleDistrict();
  work = mkdtempSync(join(tmpdir(), 'nginx-'));
  mkdirSync(join(work, 'body'));
  chmodSync(district.folder, 0o755);
  const port = await freePort();
  const file = join(work, 'nginx.conf');
  writeFileSync(file, configuration(port, district.folder, work));
  server = spawn('/usr/sbin/nginx', ['-c', file, '-p', work], { stdio: 'ignore' });
  url = `http://127.0.0.1:${port}/feed/`;
});
afterEach(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  district.remove();
  rmSync(work, { recursive: true, force: true });
});

async function untilItAnswers(): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(`${url}metadata/timestamp.json`);
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A film of which half is here already is gone on from, by the ranges that nginx answers. */
async function filesGoOnWhereTheyBroke(
  terminal: ReturnType<typeof sampleTerminal>,
  source: ReturnType<typeof openFeedSource>,
): Promise<void> {
  const file = fileOf('n', 300_000);
  district.keep(file);
  const log = openDivisionLog('530102', 'epochtwo', [notice('one', 3), pamphlet('film', file)]);
  await district.publishAll([log.feed()]);
  const { media } = await terminal.pull();
  const folder = join(work, 'media');
  mkdirSync(folder);
  const whole = join(folder, `${hash('sha256', file)}.pdf`);
  writeFileSync(`${whole}.partial`, file.subarray(0, 200_000));
  const froms: number[] = [];
  const [film = expect.unreachable('nothing is signed')] = media;
  await fetchMedia(
    {
      ...{ folder, partial: '.partial', stop: new AbortController().signal },
      free: async () => Number.MAX_SAFE_INTEGER,
      source: {
        readFrom: async (path, from) => {
          const part = await source.readFrom(path, from);
          froms.push(part?.from ?? -1);
          return part;
        },
      },
    },
    film,
  );
  expect(readFileSync(whole)).toEqual(file);
  expect(froms).toEqual([200_000]);
}

test('a feed that nginx serves as plain files reaches a terminal', async () => {
  const log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()]);
  const looked = await untilItAnswers();
  expect(looked.headers.get('cache-control')).toBe('no-cache');
  const roots = await Promise.all(
    [1, 2].map((version) => fetch(`${url}metadata/${version}.root.json`)),
  );
  expect(roots.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([
    [200, 'public, max-age=31536000, immutable'],
    [404, 'no-cache'],
  ]);
  const source = openFeedSource(url, new AbortController().signal);
  const terminal = sampleTerminal(district.root, source);
  try {
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@1', 'two@1']);
    log.put(notice('one', 2));
    log.cut();
    district.publish([log.feed()]);
    await terminal.pull();
    expect(terminal.notices()).toEqual(['one@2', 'two@1']);
    await filesGoOnWhereTheyBroke(terminal, source);
  } finally {
    terminal.remove();
  }
});
