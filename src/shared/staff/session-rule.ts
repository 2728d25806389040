/** When a log-in was made and last used, epoch milliseconds. */
export interface SessionTimes {
  readonly createdAt: number;
  readonly usedAt: number;
}

/** How long a log-in lasts. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

const MINUTE = 60_000;

/** On the terminal in the hall anybody may step up; at a window somebody sits all day. */
export const SESSION_LIMITS: Readonly<Record<'terminal' | 'lan', SessionLimits>> = {
  terminal: { idleMs: 5 * MINUTE, absoluteMs: 2 * 60 * MINUTE },
  lan: { idleMs: 60 * MINUTE, absoluteMs: 12 * 60 * MINUTE },
};

/** A clock that is set right by seconds is not worth a log-in. */
const CLOCK_SLACK_MS = 2 * MINUTE;

/** Whether a log-in still holds. A clock that went back must not lengthen it: then it is over. */
export function isSessionAlive(times: SessionTimes, now: number, limits: SessionLimits): boolean {
  if (now < times.usedAt - CLOCK_SLACK_MS) return false;
  return now - times.usedAt < limits.idleMs && now - times.createdAt < limits.absoluteMs;
}
