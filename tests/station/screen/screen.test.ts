import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenState } from '#shared/contract/views.ts';
import { readScreenHours } from '#shared/screen/screen-hours.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { openScreen, type ScreenParts } from '#station/screen/screen.ts';
import { setHours, setHoursHere } from '#station/screen/set-hours.ts';
import { screenPower, switchScreen } from '#station/screen/switch-screen.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { xScreens } from './x-screens.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`);
let folder: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'screen-'));
  db = openDatabase(join(folder, 'station.sqlite'), 'station');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

function station() {
  const life: { now: number; open: OpenState; isAtRest: boolean; isClockRight: boolean } = {
    ...{ now: at('22:00'), isAtRest: true, isClockRight: true },
    open: { state: 'closed' },
  };
  const screens = xScreens();
  const parts = {
    ...{ db, now: () => life.now, computer: screens, hours: readScreenHours('07:30-20:00') },
    isAtRest: () => life.isAtRest,
    library: { moment: () => localMoment(life.now), isClockRight: () => life.isClockRight },
    stations: { current: () => ({ open: life.open }) },
  } as unknown as ScreenParts;
  return { life, screens, screen: openScreen(parts), another: () => openScreen(parts) };
}

describe('the screen of a terminal', () => {
  test('is switched off when its page goes dark at night, and on again with it', async () => {
    const { screen, screens } = station();
    expect(await screen.show('dark')).toEqual({ isOff: true });
    expect(screens.isOff()).toBe(true);
    expect(await screen.show('lit')).toEqual({ isOff: false });
    expect(screens.isOff()).toBe(false);
    expect(screens.asked.at(-1)).toBe('-dpms');
  });

  test.each<[string, (life: ReturnType<typeof station>['life']) => void]>([
    ['by day', (life) => Object.assign(life, { now: at('12:00') })],
    [
      'while the doors are open in the evening',
      (life) => Object.assign(life, { open: { state: 'open', until: '23:00' } }),
    ],
    ['in a pause', (life) => Object.assign(life, { open: { state: 'break', reopens: '22:30' } })],
    ['while somebody waits', (life) => Object.assign(life, { isAtRest: false })],
    ['by a clock that is wrong', (life) => Object.assign(life, { isClockRight: false })],
  ])('is not switched off %s, whatever a page says', async (_when, change) => {
    const { screen, screens, life } = station();
    change(life);
    expect(screen.mayRest()).toBe(false);
    expect(await screen.show('dark')).toEqual({ isOff: false });
    expect(screens.isOff()).toBe(false);
  });

  test('goes on when the hours begin, also by a host that was started anew in the night', async () => {
    const { screen, screens, life, another } = station();
    await screen.show('dark');
    life.now = at('07:30') + 24 * 3_600_000;
    expect(await another().show('lit')).toEqual({ isOff: false });
    expect(screens.isOff()).toBe(false);
  });

  test('begins dark with a page that is loaded in the night, but not after somebody touched it, and not by day', async () => {
    const { screen, life, another } = station();
    expect(screen.beginsDark()).toBe(false);
    await screen.show('dark');
    expect(another().beginsDark()).toBe(true);
    await screen.show('lit');
    expect(another().beginsDark()).toBe(false);
    await screen.show('dark');
    life.now = at('08:00');
    expect(another().beginsDark()).toBe(false);
  });

  test('that a jolt has lit goes off again when the page says so once more', async () => {
    const { screen, screens } = station();
    await screen.show('dark');
    screens.touch();
    expect(await screen.show('dark')).toEqual({ isOff: true });
    const before = screens.asked.length;
    await screen.show('dark');
    expect(screens.asked.length).toBe(before);
  });

  test('that is always lit is never touched', async () => {
    const { screen, screens, life } = station();
    life.now = at('12:00');
    await screen.show('lit');
    expect(screens.asked).toEqual([]);
  });
});

describe('switching', () => {
  test.each(['unpowered', 'none'] as const)('does nothing where it cannot: %s', async (kind) => {
    const screens = xScreens(kind);
    expect(await screenPower(screens)).toBe('cannot');
    expect(await switchScreen(screens, true)).toBe(false);
    expect(screens.asked).toEqual([]);
  });
});

describe('the hours that are set', () => {
  const conf = (text: string) => ({ environment: {}, read: () => Buffer.from(text) });

  test('are those that the program was started with; a command reads them from the file', () => {
    const hours = { kind: 'hours', from: 450, to: 1200 };
    expect(setHours({ environment: { SCREEN_HOURS: '07:30-20:00' } })).toEqual(hours);
    expect(
      setHoursHere(conf('# SCREEN_HOURS="01:00-02:00"\nSCREEN_HOURS="07:30-20:00"\n')),
    ).toEqual(hours);
    expect(setHoursHere(conf('SCREEN_HOURS=07:30-20:00\n'))).toEqual(hours);
    expect(setHoursHere(conf('SCREEN_HOURS=""\n'))).toEqual({ kind: 'always' });
    expect(setHoursHere({ environment: {}, read: () => undefined })).toEqual({ kind: 'always' });
    const started = { ...conf('SCREEN_HOURS="01:00-02:00"\n'), environment: { SCREEN_HOURS: '' } };
    expect(setHoursHere(started)).toEqual({ kind: 'always' });
  });
});
