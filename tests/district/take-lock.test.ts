import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartFault } from '#district/start-fault.ts';
import { takeLock } from '#district/take-lock.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(folder, 'district.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the lock and dies without letting go. */
async function holder() {
  const module = pathToFileURL(resolve('src/district/take-lock.ts')).href;
  const text = `import(${JSON.stringify(module)}).then(({ takeLock }) => { takeLock(${JSON.stringify(lock)}); console.log('held'); setInterval(() => {}, 1000); })`;
  const child = spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('a lock holds while its process lives, and is taken over when that was killed', async () => {
  const other = await holder();
  expect(() => takeLock(lock)).toThrow(StartFault);
  await other.kill();
  takeLock(lock)();
  expect(existsSync(lock)).toBe(false);
});

test('a lock from before a power cut is taken over, although another program has its number now', () => {
  writeFileSync(lock, `${process.ppid} 00000000-0000-0000-0000-000000000000:1`);
  takeLock(lock)();
});

test('a lock of an older program, which knew the number only, holds while a process has it', () => {
  writeFileSync(lock, String(process.ppid));
  expect(() => takeLock(lock)).toThrow('已有一个服务器在用');
});
