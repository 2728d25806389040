import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  isRunning,
  PROGRAM,
  processesBelow,
  type RunningShell,
  removeFolder,
  startShell,
  TEST_FLAGS,
  withPage,
} from './browser/running-shell.ts';
import { type Display, openDisplay } from './electron/display.ts';

/** Generous: the machine may be busy with other things. */
const PATIENT = { timeout: 120_000, interval: 300 };

let display: Display;
let folder: string;
let station: RunningShell;
let hall: ChildProcess;

beforeEach(async () => {
  display = await openDisplay();
  folder = mkdtempSync(join(tmpdir(), 'hall-'));
  station = startShell(join(folder, 'data'), ['--shell', 'none'], undefined);
  await vi.waitFor(() => expect(station.url()).toBeDefined(), PATIENT);
  const place = ['0', '0', '1080', '1920'];
  hall = spawn(
    process.execPath,
    [join(PROGRAM, 'out/main/hall-display.js'), address(), profile(), ...place],
    { env: { ...process.env, DISPLAY: display.name, KIOSK_CHROMIUM_FLAGS: TEST_FLAGS } },
  );
});
afterEach(async () => {
  await ended();
  await station.stop();
  display.close();
  removeFolder(folder);
});

const address = () => `${station.url()}/display/`;
const profile = () => join(folder, 'profile');
const renderers = () => processesBelow(hall.pid).filter(({ line }) => line.includes('=renderer'));

async function ended(): Promise<void> {
  if (hall.exitCode !== null) return;
  const exit = new Promise((resolve) => hall.once('exit', resolve));
  hall.kill('SIGTERM');
  await exit;
}

const shown = () =>
  vi.waitFor(
    () =>
      withPage(profile(), async (page) => {
        expect(page.url()).toBe(address());
        expect(await page.locator('main').textContent()).toContain('12348');
      }),
    PATIENT,
  );

describe('the hall display on a second screen', () => {
  test('shows its page again after it was killed, and leaves no profile when it ends', async () => {
    await shown();
    const before = renderers().map(({ pid }) => pid);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(before.filter(isRunning)).toEqual([]), PATIENT);
    await shown();
    const pids = processesBelow(hall.pid).map(({ pid }) => pid);
    await ended();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test('has one page, whatever somebody opens, and it is led back', async () => {
    await shown();
    await withPage(profile(), async (page) => {
      await page
        .context()
        .newPage()
        .catch(() => {});
      await page.goto('about:blank').catch(() => {});
    });
    await vi.waitFor(
      () =>
        withPage(profile(), async (page) => {
          expect(page.context().pages()).toHaveLength(1);
          expect(page.url()).toBe(address());
        }),
      PATIENT,
    );
  });

  test('shows its page again after it turned white', async () => {
    await shown();
    await withPage(profile(), (page) => page.evaluate('document.body.replaceChildren()'));
    await shown();
  });
});
