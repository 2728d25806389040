import { rmSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildUtilityApp } from './electron/built-program.ts';
import { type Display, openDisplay } from './electron/display.ts';
import { launchElectron, PATIENT } from './electron/running-terminal.ts';
import { CHROMIUM_ARGUMENTS } from './electron/terminal-arguments.ts';
import type { UtilityTest } from './electron/utility-app/main.ts';

let display: Display;
let folder: string;
let app: ElectronApplication;
beforeAll(async () => {
  display = await openDisplay();
  folder = await buildUtilityApp();
  app = await launchElectron([...CHROMIUM_ARGUMENTS, folder], display.name);
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
  display.close();
});

const ask = (what: 'heard' | 'pid' | 'restarts' | 'refusal') =>
  app.evaluate(
    (_electronModule, method): unknown =>
      (globalThis as unknown as { utilityTest?: UtilityTest }).utilityTest?.[method](),
    what,
  );

const answeredTimes = (times: number) =>
  vi.waitFor(
    async () =>
      expect(await ask('heard')).toEqual(
        Array(times).fill({ type: 'data', page: 7, data: 'and back' }),
      ),
    PATIENT,
  );

it('carries frames both ways between the shell and a host in a utility process', async () => {
  await answeredTimes(1);
  expect(await ask('restarts')).toBe(0);
});

it('brings a host in a utility process back when it is killed', async () => {
  const before = await ask('pid');
  process.kill(Number(before), 'SIGKILL');
  await answeredTimes(2);
  expect(await ask('pid')).not.toBe(before);
});

it('kills a host in a utility process that hangs', async () => {
  process.kill(Number(await ask('pid')), 'SIGSTOP');
  await answeredTimes(3);
  expect(await ask('restarts')).toBe(2);
});

it('hears why a host in a utility process cannot start', async () => {
  expect(await ask('refusal')).toBe('磁盘满了。');
});

it('ends a host in a utility process in order', async () => {
  await app.evaluate(() =>
    (globalThis as unknown as { utilityTest: UtilityTest }).utilityTest.stop(),
  );
  expect(await ask('pid')).toBeUndefined();
});
