import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseRecoveries, RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { PAGE_LOOK, pageSightSchema } from '../../src/main/shell/page-look.ts';
import { socketTransport } from '../../src/renderer/station-client/socket-transport.ts';
import { connectStation } from '../../src/renderer/station-client/station-client.ts';
import { standIns } from '../machine/run-script.ts';
import { type RunningShell, removeFolder, startShell } from './browser/running-shell.ts';
import { type Display, openDisplay } from './electron/display.ts';
import { XHand } from './escape/x-hand.ts';
import { XDisplay } from './escape/x-windows.ts';

/** Generous: the machine may be busy with other things. */
const PATIENT = { timeout: 60_000, interval: 200 };
const NIGHT = ['--start-at', '2026-11-23T22:30:00+08:00'];
const HOURS = { SCREEN_HOURS: '07:30-20:00' };

/** Screens that can be switched, told as Debian's `xset` does; no X server of a test has such. */
const SWITCHED = `[ -n "$DISPLAY" ] || exit 1
state="$(dirname "$0")/off"
case "$*" in
  'dpms force off') : >"$state" ;;
  'dpms force on') rm -f "$state" ;;
  q) echo '  DPMS is Enabled'; if [ -e "$state" ]; then echo '  Monitor is Off'; else echo '  Monitor is On'; fi ;;
esac`;

let display: Display;
let screen: XDisplay;
let hand: XHand;
let folder: string;
let shell: RunningShell | undefined;
beforeEach(async () => {
  display = await openDisplay();
  screen = await XDisplay.open(display.name);
  hand = new XHand(display.name);
  folder = mkdtempSync(join(tmpdir(), 'screen-'));
});
afterEach(async () => {
  await shell?.stop();
  shell = undefined;
  hand.close();
  screen.close();
  display.close();
  removeFolder(folder);
});

function start(args: readonly string[], environment: Record<string, string>): RunningShell {
  shell = startShell(join(folder, 'data'), args, display.name, environment);
  return shell;
}

const onPage = <Result>(look: (page: Page) => Promise<Result>) =>
  (shell ?? expect.unreachable('no terminal')).withPage(look);

const pageName = () => onPage((page) => page.locator('main').getAttribute('data-page'));
const homeShown = () => vi.waitFor(async () => expect(await pageName()).toBe('home'), PATIENT);
const isBlack = () => vi.waitFor(async () => expect(await screen.brightest()).toBe(0), PATIENT);
const isLit = () =>
  vi.waitFor(async () => expect(await screen.brightest()).toBeGreaterThan(200), PATIENT);

/** As a page does five minutes after the last touch. */
async function say(look: 'dark' | 'lit') {
  const url = shell?.url() ?? expect.unreachable('the terminal has no address yet');
  const connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
  try {
    return await connection.client.screen.show({ look });
  } finally {
    connection.close();
  }
}

/** The middle of the first button of home. */
const firstButton = () =>
  onPage(async (page) => {
    const box = await page.locator('main button').first().boundingBox();
    if (box === null) throw new Error('home has no button');
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  });

const touch = ({ x, y }: { readonly x: number; readonly y: number }) =>
  hand.act(`mousemove ${x} ${y}`, 'mousedown 1', 'mouseup 1');

describe('a terminal outside of the hours of its screen', () => {
  test('is black and its screen off, through a new host and a new page, until a touch, which presses nothing', async () => {
    const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    const running = start(NIGHT, { ...HOURS, PATH: standIns(folder, { xset: SWITCHED }) });
    await homeShown();
    await isLit();
    expect(await say('dark')).toEqual({ isOff: true });
    await onPage((page) => page.reload());
    await isBlack();

    // As the nightly renewal does it.
    process.kill(running.hostPid() ?? expect.unreachable('no host'), 'SIGTERM');
    await vi.waitFor(async () => expect(await say('dark')).toEqual({ isOff: true }), PATIENT);
    expect(await screen.brightest()).toBe(0);
    const before = running.browserPid() ?? expect.unreachable('no browser');
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => expect(running.browserPid()).not.toBe(before), PATIENT);
    await homeShown();
    await isBlack();
    expect(calls()).not.toContain('xset dpms force on');

    const place = await firstButton();
    await touch(place);
    await isLit();
    await vi.waitFor(() => expect(calls()).toContain('xset dpms force on'), PATIENT);
    expect(await pageName()).toBe('home');
    expect(existsSync(join(folder, 'bin', 'off'))).toBe(false);
    // There was a button, and now it can be pressed.
    await touch(place);
    await vi.waitFor(async () => expect(await pageName()).not.toBe('home'), PATIENT);
  });

  test('is black where the screen cannot be switched off, and nobody takes it for a page that fails', async () => {
    start(NIGHT, HOURS);
    await homeShown();
    expect(await say('dark')).toEqual({ isOff: false });
    await onPage((page) => page.reload());
    await isBlack();
    const sight = () =>
      onPage(async (page) => pageSightSchema.parse(await page.evaluate(PAGE_LOOK)));
    // Longer than the terminal looks at a page before it calls it faulty.
    await vi.waitFor(
      async () => expect((await sight()).untouchedMs).toBeGreaterThan(30_000),
      PATIENT,
    );
    expect(await sight()).toMatchObject({ look: 'sound' });
    expect(await screen.brightest()).toBe(0);
    const path = join(folder, 'data', RECOVERIES_FILE);
    expect(existsSync(path) ? parseRecoveries(readFileSync(path, 'utf8')) : []).toEqual([]);
    await hand.act('key Return');
    await isLit();
    expect(await pageName()).toBe('home');
  });

  test('stays lit where no hours are set', async () => {
    start(NIGHT, {});
    await homeShown();
    expect(await say('dark')).toEqual({ isOff: false });
    await onPage((page) => page.reload());
    await homeShown();
    await isLit();
  });
});
