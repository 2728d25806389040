import type { LocalDate } from '../time/local-date.ts';

/** What is known when somebody asks whether the queue's day is still the same. */
export interface DaySituation {
  /** The day of the queue; undefined before the first one. */
  readonly day: LocalDate | undefined;
  /** What the clock says. */
  readonly date: LocalDate;
  /** The date before, when the clock has just come over midnight by running as evenly as a second clock beside it. */
  readonly crossedFrom: LocalDate | undefined;
  /** Nobody took a number and no window did anything for an hour: night, or nobody there. */
  readonly isQuiet: boolean;
  /** By the clock alone, however long it has run: nobody took a number here and no window saw to a visitor for an hour. */
  readonly isStill: boolean;
  /** The last that was seen of this day was after its numbers had ended: by its hours, or by the staff who closed every window. */
  readonly wasOver: boolean;
  /** Somebody holds a number, or may hold one that the station has not heard of. */
  readonly isHeld: boolean;
  /** How long the clock has run evenly, in milliseconds. */
  readonly evenMs: number;
}

/**
 * `ends`: all numbers that are held expire and a new day begins. `moves`: numbers are counted for the clock's date from now
 * on, and everybody who holds one keeps it.
 */
export type DayTurn = 'stays' | 'ends' | 'moves';

/** A clock that jumped ahead must stand for so long before its date is taken over. */
export const STANDING_MS = 3_600_000;
/** A hall in which nothing happened for so long is at rest. */
export const QUIET_MS = 3_600_000;

/**
 * Whether the day of the queue turns. It never goes back by itself, and numbers end only by something better than a clock that
 * says so: a midnight that it reached evenly while the hall was at rest, a last sign of life after the hours of the old
 * day, or nobody there to lose a number (docs/decisions/033).
 */
export function dayTurn(situation: DaySituation): DayTurn {
  const { day, date, crossedFrom, isQuiet, isStill, wasOver, isHeld, evenMs } = situation;
  if (day === undefined) return 'ends';
  if (date < day) return 'stays';
  const isMidnight = crossedFrom !== undefined && (crossedFrom === day || date === day);
  // A start late in the evening leaves no hour to be sure of; that numbers had ended was written down before it.
  if (isMidnight && (isQuiet || (wasOver && isStill))) return 'ends';
  if (date === day) return 'stays';
  if (!isHeld) return 'ends';
  // A midnight that finds people at work says more than the hour of the clock that brought it.
  if (isMidnight) return 'moves';
  if (wasOver) return 'ends';
  return evenMs >= STANDING_MS ? 'moves' : 'stays';
}

/** A moment on the civil clock and on one that only goes forward; both in milliseconds. */
export interface ClockReading {
  readonly wall: number;
  readonly uptime: number;
}

/** Between two looks the clocks may differ by so much: they drift, and are set right by little. */
const EVEN_WITHIN_MS = 300_000;

/** Whether the civil clock ran between two readings as the other did. A computer that slept did not run. */
export function ranEvenly(from: ClockReading, to: ClockReading): boolean {
  return Math.abs(to.wall - from.wall - (to.uptime - from.uptime)) <= EVEN_WITHIN_MS;
}
