import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildPageCaller } from './electron/built-program.ts';
import { type Display, openDisplay } from './electron/display.ts';
import { PATIENT, type RunningTerminal, startTerminal } from './electron/running-terminal.ts';
import { XHand } from './escape/x-hand.ts';
import { XDisplay } from './escape/x-windows.ts';

let display: Display;
let screen: XDisplay;
let hand: XHand;
let terminal: RunningTerminal | undefined;
beforeEach(async () => {
  display = await openDisplay();
  screen = await XDisplay.open(display.name);
  hand = new XHand(display.name);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await terminal?.close();
  hand.close();
  screen.close();
  display.close();
});

test('a terminal in Electron is black outside of the hours of its screen, until a touch, which presses nothing', async () => {
  vi.stubEnv('SCREEN_HOURS', '07:30-20:00');
  const running = await startTerminal({
    display: display.name,
    startAt: '2026-11-23T22:30:00+08:00',
  });
  terminal = running;
  const page = () => running.inPage(`document.querySelector('main')?.dataset.page`);
  const looks = (isBlack: boolean) =>
    vi.waitFor(async () => expect((await screen.brightest()) === 0).toBe(isBlack), PATIENT);
  const caller = await buildPageCaller();
  await vi.waitFor(async () => expect(await page()).toBe('home'), PATIENT);
  await looks(false);
  expect(
    await running.inPage(`${caller}; kioskTest.call('screen.show', { look: 'dark' })`),
  ).toEqual({ ok: true, value: { isOff: false } });
  void running.inPage('location.reload()').catch(() => {});
  await looks(true);
  const [x, y] = (await running.inPage(`{
    const { left, top, width, height } = document.querySelector('main button').getBoundingClientRect();
    [Math.round(left + width / 2), Math.round(top + height / 2)];
  }`)) as [number, number];
  const touch = () => hand.act(`mousemove ${x} ${y}`, 'mousedown 1', 'mouseup 1');
  await touch();
  await looks(false);
  expect(await page()).toBe('home');
  await vi.waitFor(
    async () =>
      expect(await running.inPage(`document.querySelector('[data-rest]') === null`)).toBe(true),
    PATIENT,
  );
  await touch();
  await vi.waitFor(async () => expect(await page()).not.toBe('home'), PATIENT);
  expect(running.log().filter(({ msg }) => msg === 'page-fault')).toEqual([]);
});
