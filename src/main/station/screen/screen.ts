import type { ScreenLook } from '#shared/contract/screen.ts';
import { mayScreenRest, type ScreenHours } from '#shared/screen/screen-hours.ts';
import type { Library } from '../content/library.ts';
import type { Computer } from '../doctor/computer.ts';
import type { Stations } from '../stations/stations.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { WritableDb } from '../store/sql.ts';
import { switchScreen } from './switch-screen.ts';

/** The screen outside of its hours. */
export interface Screen {
  /** Whether it may be dark while nobody touches it. */
  readonly mayRest: () => boolean;
  /** Whether a page that is just being loaded begins dark: it was dark before, nobody touched it, and it still may be. */
  readonly beginsDark: () => boolean;
  /** The page's word; tells whether the screen is off then. */
  readonly show: (look: ScreenLook) => Promise<{ isOff: boolean }>;
}

/** What the screen depends on. */
export interface ScreenParts {
  readonly db: WritableDb;
  readonly now: () => number;
  readonly hours: ScreenHours;
  readonly library: Pick<Library, 'moment' | 'isClockRight'>;
  readonly stations: Pick<Stations, 'current'>;
  /** Nobody waits, and no window is open. */
  readonly isAtRest: () => boolean;
  readonly computer: Pick<Computer, 'run'>;
}

/** What the page said last. It outlives the host, which is started anew at night as the page is. */
const LOOK = 'screen-look';

/** The page decides when it is dark, for it knows who touches it; the host says when it may be, and switches. */
export function openScreen(parts: ScreenParts): Screen {
  const { db, now, hours, library, stations, computer } = parts;
  const mayRest = () =>
    // Asked four times a minute for each page: a terminal that is always lit looks nothing up.
    hours.kind === 'hours' &&
    mayScreenRest({
      hours,
      minutes: library.moment().minutes,
      isClockRight: library.isClockRight(),
      isOpen: ['open', 'break'].includes(stations.current('zh-CN').open.state),
      isAtRest: parts.isAtRest(),
    });
  return {
    mayRest,
    beginsDark: () => readSetting(db, LOOK) === 'dark' && mayRest(),
    show: async (look) => {
      // Only outside of the hours: a page gone wrong cannot keep a hall in the dark.
      const isDark = look === 'dark' && mayRest();
      const before = readSetting(db, LOOK) ?? 'lit';
      const next = isDark ? 'dark' : 'lit';
      if (before !== next) writeSetting(db, LOOK, next, now());
      // What was never dark needs no light.
      if (before === 'lit' && !isDark) return { isOff: false };
      return { isOff: await switchScreen(computer, isDark) };
    },
  };
}
