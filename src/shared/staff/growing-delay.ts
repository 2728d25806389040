/** Failed log-ins of one account, or from one place, as they are kept on disk. */
export interface Failures {
  readonly count: number;
  /** When the last one was, epoch milliseconds. */
  readonly lastAt: number;
}

/** How waiting grows. */
export interface DelayRule {
  /** Waiting after the 1st, 2nd … failure in milliseconds; the last holds for all further ones. */
  readonly waits: readonly number[];
  /** Failures are forgotten after so long without another. */
  readonly forgetAfterMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** One person: two slips are free, the fifth failure locks for a quarter of an hour (等保2.0: five failures lock). */
export const ACCOUNT_DELAY: DelayRule = {
  waits: [0, 0, 5 * SECOND, 30 * SECOND, 15 * MINUTE, 30 * MINUTE, HOUR],
  forgetAfterMs: 24 * HOUR,
};

/** One place (a terminal, an office PC), where several people log in: against trying one PIN on many accounts. */
export const ORIGIN_DELAY: DelayRule = {
  waits: [0, 0, 0, 0, 0, 0, 0, 0, 0, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE],
  forgetAfterMs: 6 * HOUR,
};

/** The failures after one more. */
export function oneMoreFailure(
  failures: Failures | undefined,
  now: number,
  rule: DelayRule,
): Failures {
  const kept = failures !== undefined && !isForgotten(failures, now, rule) ? failures.count : 0;
  return { count: kept + 1, lastAt: now };
}

/**
 * Milliseconds until the next try is heard; 0 when it is heard now. A clock that went back behind the last failure says
 * nothing about how long ago that was: the whole wait begins anew, from when `settleClock` has put the failure to now.
 */
export function waitOf(failures: Failures | undefined, now: number, rule: DelayRule): number {
  if (failures === undefined || isForgotten(failures, now, rule)) return 0;
  const whole = rule.waits[Math.min(failures.count, rule.waits.length) - 1] ?? 0;
  return Math.max(0, Math.min(whole, failures.lastAt + whole - now));
}

/** The failures as they count at `now`: never later than now, so that a clock gone back lengthens no wait for ever. */
export function settleClock(failures: Failures | undefined, now: number): Failures | undefined {
  return failures !== undefined && failures.lastAt > now ? { ...failures, lastAt: now } : failures;
}

function isForgotten({ lastAt }: Failures, now: number, rule: DelayRule): boolean {
  return now - lastAt >= rule.forgetAfterMs;
}
