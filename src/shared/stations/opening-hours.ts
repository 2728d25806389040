import type { CalendarBody } from '../content/kinds/calendar.ts';
import type { HoursBody } from '../content/kinds/hours.ts';
import {
  addDays,
  type LocalDate,
  type LocalMoment,
  minutesOf,
  weekdayOf,
} from '../time/local-date.ts';
import { dayKind } from '../time/working-days.ts';

/** When a station is open on one day; `reason` says why a day differs from the week. */
export interface DayHours {
  readonly date: LocalDate;
  /** The ISO weekday whose arrangements hold: a make-up working day (调休) is as a Monday. */
  readonly weekday: number;
  readonly periods: readonly { readonly from: string; readonly to: string }[];
  readonly reason?: string | undefined;
  /** A Saturday or Sunday on which people work (调休). */
  readonly makeUp?: boolean | undefined;
  /** The day's public holidays are not known here: the hours may turn out otherwise. */
  readonly holidaysUnknown?: true | undefined;
}

/** The hours in force on a day: a record that begins next week counts from then on. */
export type HoursOf = (date: LocalDate) => HoursBody | undefined;

/** Whether a station is open at a moment, as home says it (V1). */
export type OpenState =
  | { state: 'open'; until: string; holidaysUnknown?: true | undefined }
  | { state: 'break'; reopens: string; holidaysUnknown?: true | undefined }
  | {
      state: 'closed';
      holidaysUnknown?: true | undefined;
      next?: { date: LocalDate; from: string } | undefined;
      reason?: string | undefined;
    }
  | { state: 'unknown' };

/** How far ahead the next opening is looked for: past the longest public holiday. */
const LOOK_AHEAD_DAYS = 21;

/** On a make-up working day people keep Monday's hours. */
const MAKE_UP_WEEKDAY = 1;

type Period = DayHours['periods'][number];

/** A day's opening periods: exceptions first, then public holidays and make-up days, then the season's week. */
export function hoursOn(
  hours: HoursBody,
  calendars: readonly CalendarBody[],
  date: LocalDate,
): DayHours {
  const day = hours.followsCalendar ? dayKind(calendars, date) : undefined;
  const makeUp = day?.makeUp === true;
  const weekday = makeUp ? MAKE_UP_WEEKDAY : weekdayOf(date);
  const exception = hours.exceptions.find((candidate) => candidate.date === date);
  if (exception !== undefined) {
    const { periods, reason } = exception;
    return { date, weekday, periods: joined(periods), reason };
  }
  const doubt = doubtIf(day?.known === false);
  if (day?.holiday !== undefined)
    return { date, weekday, periods: [], reason: day.holiday, ...doubt };
  const periods = regular(hours, date, weekday);
  return { date, weekday, periods, ...(makeUp ? { makeUp } : {}), ...doubt };
}

function doubtIf(holidaysUnknown: boolean): { holidaysUnknown?: true } {
  return holidaysUnknown ? { holidaysUnknown } : {};
}

/** Whether the station is open at a moment, until when, or when it opens next. No hours known: `unknown`. */
export function openState(
  hoursOf: HoursOf,
  calendars: readonly CalendarBody[],
  moment: LocalMoment,
): OpenState {
  const hours = hoursOf(moment.date);
  if (hours === undefined) return { state: 'unknown' };
  const today = hoursOn(hours, calendars, moment.date);
  const doubt = doubtIf(today.holidaysUnknown === true);
  const current = today.periods.find(
    (period) => minutesOf(period.from) <= moment.minutes && moment.minutes < minutesOf(period.to),
  );
  if (current !== undefined) return { state: 'open', until: current.to, ...doubt };
  const later = today.periods.find((period) => moment.minutes < minutesOf(period.from));
  const earlier = today.periods.some((period) => minutesOf(period.to) <= moment.minutes);
  if (later !== undefined && earlier) return { state: 'break', reopens: later.from, ...doubt };
  const next =
    later === undefined
      ? nextOpening(hoursOf, calendars, moment.date)
      : { date: moment.date, from: later.from, ...doubt };
  return {
    state: 'closed',
    ...doubtIf(today.holidaysUnknown === true || next?.holidaysUnknown === true),
    next: next && { date: next.date, from: next.from },
    // Why the day is closed, not why it was open until now.
    reason: today.periods.length > 0 ? undefined : today.reason,
  };
}

/** The seven days from `from`, for the table of hours; without those of which nothing is known. */
export function weekOf(
  hoursOf: HoursOf,
  calendars: readonly CalendarBody[],
  from: LocalDate,
): DayHours[] {
  return Array.from({ length: 7 }, (_unused, offset) => addDays(from, offset)).flatMap((date) => {
    const hours = hoursOf(date);
    return hours === undefined ? [] : [hoursOn(hours, calendars, date)];
  });
}

function nextOpening(hoursOf: HoursOf, calendars: readonly CalendarBody[], after: LocalDate) {
  const days = Array.from({ length: LOOK_AHEAD_DAYS }, (_unused, offset) =>
    addDays(after, offset + 1),
  );
  for (const date of days) {
    const hours = hoursOf(date);
    if (hours === undefined) continue;
    const { periods, holidaysUnknown } = hoursOn(hours, calendars, date);
    const first = periods[0];
    if (first !== undefined) return { date, from: first.from, holidaysUnknown };
  }
  return undefined;
}

function regular(hours: HoursBody, date: LocalDate, weekday: number) {
  const seasons = hours.seasons.filter(
    (season) => inSeason(season, date.slice(5)) && season.weekdays.includes(weekday),
  );
  return joined(seasons.flatMap((season) => season.periods));
}

/** Periods in order of time; those that touch or overlap are one, so that "open until" is the real end. */
function joined(periods: readonly Period[]): Period[] {
  const result: Period[] = [];
  for (const period of [...periods].sort((a, b) => minutesOf(a.from) - minutesOf(b.from))) {
    const last = result.at(-1);
    if (last === undefined || last.to < period.from) result.push(period);
    else if (last.to < period.to) result.splice(-1, 1, { from: last.from, to: period.to });
  }
  return result;
}

/** A season may run over the new year: 10-01 to 04-30. */
function inSeason(season: { from: string; to: string }, monthDay: string): boolean {
  const within = season.from <= monthDay && monthDay <= season.to;
  return season.from <= season.to ? within : season.from <= monthDay || monthDay <= season.to;
}
