import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';

const LOOK_EVERY_MS = 60_000;
/** Local minutes: after the nightly backup at three, before anybody comes. */
const FROM_MINUTE = 3 * 60 + 10;
const TO_MINUTE = 5 * 60;
/** Nobody has touched the screen for so long. */
const UNTOUCHED_MS = 20 * 60_000;
/** Somebody may still stand there. */
const PRESENT_MS = 10 * 60_000;
/** What was started this night is fresh. */
const OLD_MS = 6 * 3_600_000;

/** How the terminal stands at a moment. */
export interface Restfulness {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The host says that nobody waits and no window is open. */
  readonly isAtRest: boolean;
  /** For how long nobody has touched the page; undefined when that is not known. */
  readonly untouchedMs: number | undefined;
  readonly runningMs: number;
  readonly renewedOn: LocalDate | undefined;
}

/**
 * Whether host and page may be started anew now: once a night, when nobody waits, nobody stands there and everything has
 * run for long. A page that lives for weeks collects what leaks, and touch is known to die in it (lessons: "Pages").
 */
export function mayRenew({
  now,
  isAtRest,
  untouchedMs,
  runningMs,
  renewedOn,
}: Restfulness): boolean {
  const { date, minutes } = localMoment(now);
  const isNight = minutes >= FROM_MINUTE && minutes < TO_MINUTE;
  const isAlone = untouchedMs === undefined || untouchedMs >= UNTOUCHED_MS;
  return isNight && isAtRest && isAlone && runningMs >= OLD_MS && renewedOn !== date;
}

/** Whether the computer must not be restarted, for the machine's own script. */
export function isBusy({ isAtRest, untouchedMs }: Restfulness): boolean {
  return !isAtRest || (untouchedMs !== undefined && untouchedMs < PRESENT_MS);
}

/** What the renewal works on. */
export interface Renewable {
  readonly isAtRest: () => boolean;
  readonly untouchedMs: () => number | undefined;
  readonly renew: () => void;
}

/**
 * Starts looking each minute. `machine` is the folder in which the computer's scripts look for `session/busy`; absent where there
 * are none.
 */
export function startNightRenewal(
  terminal: Renewable,
  machine: string | undefined = process.env.KIOSK_MACHINE,
  now: () => number = Date.now,
): { readonly stop: () => void } {
  const began = performance.now();
  let renewedOn: LocalDate | undefined;
  const look = () => {
    const state: Restfulness = {
      now: now(),
      isAtRest: terminal.isAtRest(),
      untouchedMs: terminal.untouchedMs(),
      runningMs: performance.now() - began,
      renewedOn,
    };
    if (machine !== undefined && isBusy(state)) tell(machine);
    if (!mayRenew(state)) return;
    renewedOn = localMoment(state.now).date;
    terminal.renew();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function tell(machine: string): void {
  try {
    writeFileSync(join(machine, 'session', 'busy'), '');
  } catch {
    // the folder is gone: there is no script to tell either
  }
}
