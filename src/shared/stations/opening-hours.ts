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
  readonly periods: readonly { readonly from: string; readonly to: string }[];
  readonly reason?: string | undefined;
}

/** Whether a station is open at a moment, as home says it (V1). */
export type OpenState =
  | { state: 'open'; until: string }
  | { state: 'break'; reopens: string }
  | {
      state: 'closed';
      next?: { date: LocalDate; from: string } | undefined;
      reason?: string | undefined;
    }
  | { state: 'unknown' };

/** How far ahead the next opening is looked for: past the longest public holiday. */
const LOOK_AHEAD_DAYS = 21;

/** A day's opening periods: exceptions first, then public holidays and make-up days, then the season's week. */
export function hoursOn(
  hours: HoursBody,
  calendars: readonly CalendarBody[],
  date: LocalDate,
): DayHours {
  const exception = hours.exceptions.find((candidate) => candidate.date === date);
  if (exception !== undefined)
    return { date, periods: exception.periods, reason: exception.reason };
  const day = dayKind(calendars, date);
  if (hours.followsCalendar && day.holiday !== undefined)
    return { date, periods: [], reason: day.holiday };
  if (hours.followsCalendar && day.makeUp === true)
    return { date, periods: regular(hours, date, 1), reason: '调休上班' };
  return { date, periods: regular(hours, date, weekdayOf(date)) };
}

/** Whether the station is open at a moment, until when, or when it opens next. No hours known: `unknown`. */
export function openState(
  hours: HoursBody | undefined,
  calendars: readonly CalendarBody[],
  moment: LocalMoment,
): OpenState {
  if (hours === undefined) return { state: 'unknown' };
  const today = hoursOn(hours, calendars, moment.date);
  const current = today.periods.find(
    (period) => minutesOf(period.from) <= moment.minutes && moment.minutes < minutesOf(period.to),
  );
  if (current !== undefined) return { state: 'open', until: current.to };
  const later = today.periods.find((period) => moment.minutes < minutesOf(period.from));
  const earlier = today.periods.some((period) => minutesOf(period.to) <= moment.minutes);
  if (later !== undefined && earlier) return { state: 'break', reopens: later.from };
  const next =
    later === undefined
      ? nextOpening(hours, calendars, moment.date)
      : { date: moment.date, from: later.from };
  return { state: 'closed', next, reason: today.reason };
}

/** The seven days from `from`, for the table of hours. */
export function weekOf(
  hours: HoursBody,
  calendars: readonly CalendarBody[],
  from: LocalDate,
): DayHours[] {
  return Array.from({ length: 7 }, (_unused, offset) =>
    hoursOn(hours, calendars, addDays(from, offset)),
  );
}

function nextOpening(hours: HoursBody, calendars: readonly CalendarBody[], after: LocalDate) {
  for (let offset = 1; offset <= LOOK_AHEAD_DAYS; offset += 1) {
    const day = hoursOn(hours, calendars, addDays(after, offset));
    const first = day.periods[0];
    if (first !== undefined) return { date: day.date, from: first.from };
  }
  return undefined;
}

function regular(hours: HoursBody, date: LocalDate, weekday: number) {
  const seasons = hours.seasons.filter(
    (season) => inSeason(season, date.slice(5)) && season.weekdays.includes(weekday),
  );
  return seasons.flatMap((season) => season.periods).sort((a, b) => a.from.localeCompare(b.from));
}

/** A season may run over the new year: 10-01 to 04-30. */
function inSeason(season: { from: string; to: string }, monthDay: string): boolean {
  const within = season.from <= monthDay && monthDay <= season.to;
  return season.from <= season.to ? within : season.from <= monthDay || monthDay <= season.to;
}
