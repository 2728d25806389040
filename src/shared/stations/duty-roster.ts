import type { Duty, RosterBody, Shift } from '../content/kinds/roster.ts';
import { addDays, type LocalDate, type LocalMoment, weekdayOf } from '../time/local-date.ts';

/** One person's turn on one day. */
export interface DutyTurn {
  readonly person: string;
  readonly duty: Duty;
  readonly window?: string | undefined;
  readonly from: string;
  readonly to: string;
}

/** Those whom a visitor comes to see by appointment of the calendar: lawyer, village adviser, notary. */
const ADVISING: readonly Duty[] = ['lawyer', 'adviser', 'notary'];
const LOOK_AHEAD_DAYS = 62;

/**
 * Who is on duty on a day. An absence without a stand-in leaves the turn out: a page says "ask at the window" rather
 * than show a name that is not there (lessons, own list no. 2).
 */
export function dutyOn(roster: RosterBody, date: LocalDate, isOpen: boolean): DutyTurn[] {
  return roster.shifts
    .filter((shift) => (isOpen || shift.whenClosed) && falls(shift, date))
    .flatMap((shift) => turnOf(roster, shift, date))
    .sort((a, b) => a.from.localeCompare(b.from));
}

/** The next turn of a lawyer, village adviser or notary that has not ended yet. */
export function nextAdviser(
  roster: RosterBody,
  moment: LocalMoment,
  isOpen: (date: LocalDate) => boolean,
): (DutyTurn & { date: LocalDate }) | undefined {
  for (let offset = 0; offset <= LOOK_AHEAD_DAYS; offset += 1) {
    const date = addDays(moment.date, offset);
    const turn = dutyOn(roster, date, isOpen(date)).find(
      (candidate) =>
        ADVISING.includes(candidate.duty) && (offset > 0 || !hasEnded(candidate, moment)),
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
    : [{ person, duty: shift.duty, window: shift.window, from: shift.from, to: shift.to }];
}

function falls(shift: Shift, date: LocalDate): boolean {
  const weekday = weekdayOf(date);
  if (shift.dates.includes(date) || shift.weekdays.includes(weekday)) return true;
  const nth = Math.ceil(Number(date.slice(8)) / 7);
  return (
    shift.monthly !== undefined &&
    shift.monthly.weekday === weekday &&
    shift.monthly.nth.includes(nth)
  );
}

function hasEnded(turn: DutyTurn, moment: LocalMoment): boolean {
  const now = `${String(Math.floor(moment.minutes / 60)).padStart(2, '0')}:${String(moment.minutes % 60).padStart(2, '0')}`;
  return turn.to <= now;
}
