import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT_CANNOT_START } from '#shared/contract/host-process.ts';
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
