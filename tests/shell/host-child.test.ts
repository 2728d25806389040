import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT_CANNOT_START, hostReportSchema } from '#shared/contract/host-process.ts';
import { spawnNodeHost } from '../../src/main/shell/host-child.ts';

const HOST = join(import.meta.dirname, '../../src/main/station/main.ts');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'host-child-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a host that cannot start ends by itself, also with the listener that it was handed', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const profileDir = join(dataDir, 'no-such-profile');
  const options = { dataDir, profileDir, pageDir: dataDir, programVersion: 'test' };
  const child = spawnNodeHost(process.execPath, HOST, options, listener);
  const said: unknown[] = [];
  child.onMessage((message) => said.push(message));
  // Nobody kills it: if it stayed, this would wait in vain.
  const code = await new Promise<number | null>((resolve) => child.onExit(resolve));
  expect(code).toBe(EXIT_CANNOT_START);
  expect(said).toMatchObject([{ type: 'failed', kind: 'broken-profile' }]);
});

test('who connects at any moment of its start is answered', { timeout: 60_000 }, async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const profileDir = join(import.meta.dirname, '../../assets/profiles/wuhua');
  const options = { dataDir, profileDir, pageDir: dataDir, programVersion: 'test' };
  const child = spawnNodeHost(process.execPath, HOST, options, listener);
  const answers: Promise<number>[] = [];
  const knock = setInterval(() => {
    const asked = fetch(`http://127.0.0.1:${port}/visitor/`, { headers: { connection: 'close' } });
    answers.push(asked.then(({ status }) => status));
  }, 20);
  await new Promise<void>((resolve) =>
    child.onMessage((message) => {
      if (hostReportSchema.safeParse(message).data?.type === 'ready') resolve();
    }),
  );
  clearInterval(knock);
  expect(answers.length).toBeGreaterThan(10);
  // There is no page in the folder; an answer it is.
  expect(new Set(await Promise.all(answers))).toEqual(new Set([404]));
  const ended = new Promise((resolve) => child.onExit(resolve));
  child.kill();
  await ended;
});
