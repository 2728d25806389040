import type { RosterBody } from '../content/kinds/roster.ts';
import { type DutyDay, type DutyTurn, dutyOn } from '../stations/duty-roster.ts';
import { addDays, type LocalDate, type LocalMoment, minutesOf } from '../time/local-date.ts';

/** A roster with what has to be known of its outlet to read it. */
export interface RosterInForce {
  readonly roster: RosterBody;
  /** Its last day; after it nobody knows who comes. */
  readonly lastDay?: LocalDate | undefined;
  readonly dayOf: (date: LocalDate) => DutyDay & { readonly periods: readonly Period[] };
}

interface Period {
  readonly from: string;
  readonly to: string;
}

/** One person's turn at one outlet on one day. */
export interface OnSite extends DutyTurn {
  /** Code of the outlet. */
  readonly station: string;
  readonly date: LocalDate;
}

/** How far ahead turns are looked for: two months, so that a turn "each fourth Wednesday" is found twice. */
const LOOK_AHEAD_DAYS = 62;

/**
 * Who is on duty at a moment, by person. At the lunch break of an outlet nobody is there but those whose turn holds when it
 * is closed, too: nobody is sent to a locked door.
 */
export function onDutyNow(
  rosters: readonly RosterInForce[],
  moment: LocalMoment,
): ReadonlyMap<string, OnSite> {
  const turns = rosters.flatMap((entry) => {
    const { periods } = entry.dayOf(moment.date);
    return turnsOn(entry, moment.date).filter(
      (turn) =>
        isWithin(turn, moment.minutes) &&
        (turn.whenClosed === true ||
          periods.length === 0 ||
          periods.some((period) => isWithin(period, moment.minutes))),
    );
  });
  return new Map(turns.map((turn) => [turn.person, turn]));
}

/** A person's next turns that have not begun yet, in order of time, at most `count`. */
export function nextOnSite(
  rosters: readonly RosterInForce[],
  person: string,
  moment: LocalMoment,
  count: number,
): OnSite[] {
  const own = rosters.filter(({ roster }) => isNamed(roster, person));
  const found: OnSite[] = [];
  for (let offset = 0; offset <= LOOK_AHEAD_DAYS && found.length < count; offset += 1) {
    const date = addDays(moment.date, offset);
    const turns = own
      .flatMap((entry) => turnsOn(entry, date))
      .filter((turn) => turn.person === person)
      .filter((turn) => offset > 0 || moment.minutes < minutesOf(turn.from))
      .sort((a, b) => a.from.localeCompare(b.from));
    found.push(...turns);
  }
  return found.slice(0, count);
}

/** Everybody's turns of the coming days that have not ended yet, by person, in order of time. */
export function turnsAhead(
  rosters: readonly RosterInForce[],
  moment: LocalMoment,
  days: number,
): ReadonlyMap<string, readonly OnSite[]> {
  const dates = Array.from({ length: days }, (_, offset) => addDays(moment.date, offset));
  const turns = dates.flatMap((date) =>
    rosters
      .flatMap((entry) => turnsOn(entry, date))
      .filter(({ to }) => date > moment.date || moment.minutes < minutesOf(to))
      .sort((a, b) => a.from.localeCompare(b.from)),
  );
  return Map.groupBy(turns, ({ person }) => person);
}

function turnsOn({ roster, lastDay, dayOf }: RosterInForce, date: LocalDate): OnSite[] {
  if (lastDay !== undefined && lastDay < date) return [];
  return dutyOn(roster, dayOf(date)).map((turn) => ({ ...turn, station: roster.station, date }));
}

function isNamed(roster: RosterBody, person: string): boolean {
  return (
    roster.shifts.some((shift) => shift.person === person) ||
    roster.changes.some((change) => change.person === person)
  );
}

function isWithin({ from, to }: Period, minutes: number): boolean {
  return minutesOf(from) <= minutes && minutes < minutesOf(to);
}
