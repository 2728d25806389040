import { type ClockReading, ranEvenly } from '#shared/queue/day-turn.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';

/** What one look at both clocks tells. */
export interface Look {
  readonly date: LocalDate;
  /** The date at the look before, when the clock came to another one since by running evenly. */
  readonly crossedFrom: LocalDate | undefined;
  /** How long the clock has run evenly. */
  readonly evenMs: number;
  /** By how much the clock was set since the look before, or ran on while the computer slept. */
  readonly setByMs: number;
  /** When the watch began, by the clock as it stood before it was set. */
  readonly startedAt: number;
}

/** Watches the civil clock by the computer's uptime, which nobody sets. */
export interface DayWatch {
  readonly look: () => Look;
  /** How long the clock has run evenly, in milliseconds, without a look: who turns the day still sees the midnight. */
  readonly evenMs: () => number;
}

/** Starts to watch; what was before is not known. */
export function openDayWatch(now: () => number, uptime: () => number): DayWatch {
  const read = (): ClockReading => ({ wall: now(), uptime: uptime() });
  let last = read();
  let evenSince = last.uptime;
  let start = last.wall;
  return {
    look: () => {
      const before = last;
      last = read();
      const isEven = ranEvenly(before, last);
      if (!isEven) evenSince = last.uptime;
      const setByMs = isEven ? 0 : last.wall - before.wall - (last.uptime - before.uptime);
      const startedAt = start;
      start += setByMs;
      const [dateBefore, { date }] = [localMoment(before.wall).date, localMoment(last.wall)];
      return {
        date,
        crossedFrom: isEven && dateBefore < date ? dateBefore : undefined,
        evenMs: last.uptime - evenSince,
        ...{ setByMs, startedAt },
      };
    },
    evenMs: () => {
      const present = read();
      return ranEvenly(last, present) ? present.uptime - evenSince : 0;
    },
  };
}
