import type { Duty, RosterBody, Shift } from '../content/kinds/roster.ts';
import {
  addDays,
  type LocalDate,
  type LocalMoment,
  minutesOf,
  weekdayOf,
} from '../time/local-date.ts';

/** A day as a station works on it. */
export interface DutyDay {
  readonly date: LocalDate;
  /** The ISO weekday whose shifts hold: on a make-up working day (调休) those of Monday, as hours do. */
  readonly weekday: number;
  /** Whether the station opens at all; when not, only on-call shifts hold. */
  readonly isOpen: boolean;
}

/** One person's turn on one day. */
export interface DutyTurn {
  readonly person: string;
  readonly duty: Duty;
  readonly window?: string | undefined;
  readonly from: string;
  readonly to: string;
  /** True where it also holds while the station is closed, as on-call duty does. */
  readonly whenClosed?: true;
}

/** Those whom a visitor comes to see by appointment of the calendar: lawyer, village adviser, notary. */
const ADVISING: readonly Duty[] = ['lawyer', 'adviser', 'notary'];
const LOOK_AHEAD_DAYS = 62;

/**
 * Who is on duty on a day. An absence without a stand-in leaves the turn out: a page says "ask at the window" rather
 * than show a name that is not there (lessons, own list no. 2).
 */
export function dutyOn(roster: RosterBody, day: DutyDay): DutyTurn[] {
  return roster.shifts
    .filter((shift) => (day.isOpen || shift.whenClosed) && falls(shift, day))
    .flatMap((shift) => turnOf(roster, shift, day.date))
    .sort((a, b) => a.from.localeCompare(b.from));
}

/**
 * The next turn of a lawyer, village adviser or notary who still `serves`, and that has not ended yet, up to the roster's
 * last day if it has one: after it nobody knows who comes.
 */
export function nextAdviser(
  roster: RosterBody,
  moment: LocalMoment,
  dayOf: (date: LocalDate) => DutyDay,
  serves: (person: string) => boolean,
  lastDay?: LocalDate,
): (DutyTurn & { date: LocalDate }) | undefined {
  for (let offset = 0; offset <= LOOK_AHEAD_DAYS; offset += 1) {
    const date = addDays(moment.date, offset);
    if (lastDay !== undefined && lastDay < date) return undefined;
    const turn = dutyOn(roster, dayOf(date)).find(
      (candidate) =>
        ADVISING.includes(candidate.duty) &&
        serves(candidate.person) &&
        (offset > 0 || !hasEnded(candidate, moment)),
    );
    if (turn !== undefined) return { ...turn, date };
  }
  return undefined;
}

function turnOf(roster: RosterBody, shift: Shift, date: LocalDate): DutyTurn[] {
  const change = roster.changes.find(
    (candidate) => candidate.date === date && candidate.shift === shift.id,
  );
  const person = change === undefined ? shift.person : change.person;
  return person === null
    ? []
    : [
        {
          person,
          duty: shift.duty,
          window: shift.window,
          from: shift.from,
          to: shift.to,
          ...(shift.whenClosed ? { whenClosed: true } : {}),
        },
      ];
}

function falls(shift: Shift, { date, weekday }: DutyDay): boolean {
  if (shift.dates.includes(date) || shift.weekdays.includes(weekday)) return true;
  const nth = Math.ceil(Number(date.slice(8)) / 7);
  // "The second Wednesday" is a date of the real calendar; a make-up Saturday is nobody's first Monday.
  return (
    shift.monthly !== undefined &&
    shift.monthly.weekday === weekdayOf(date) &&
    shift.monthly.nth.includes(nth)
  );
}

function hasEnded(turn: DutyTurn, moment: LocalMoment): boolean {
  return minutesOf(turn.to) <= moment.minutes;
}
