import type { CalendarBody } from '../content/kinds/calendar.ts';
import { type LocalDate, weekdayOf } from './local-date.ts';

/** What kind of day it is by the State Council's arrangement. */
export interface DayKind {
  readonly working: boolean;
  /** Name of the public holiday, on holidays. */
  readonly holiday?: string;
  /** A Saturday or Sunday on which people work (调休). */
  readonly makeUp?: boolean;
  /** False when no calendar covers the day's year: weekends and fixed holidays are then all we know. */
  readonly known: boolean;
}

/** Holidays that fall on the same days each year (全国年节及纪念日放假办法, art. 2); the rest follow the moon or the sun. */
const SAME_EVERY_YEAR: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

/**
 * Looks a day up in the calendars of the years; without one for its year it falls back to weekends and the holidays that
 * are the same every year, and says so. A year's arrangement may begin in December of the year before (元旦), so all
 * calendars are asked.
 */
export function dayKind(calendars: readonly CalendarBody[], date: LocalDate): DayKind {
  const holiday = calendars
    .flatMap((calendar) => calendar.holidays)
    .find((period) => period.from <= date && date <= period.to);
  if (holiday !== undefined) return { working: false, holiday: holiday.name, known: true };
  if (calendars.some((calendar) => calendar.workingDays.includes(date)))
    return { working: true, makeUp: true, known: true };
  const known = calendars.some((calendar) => calendar.year === Number(date.slice(0, 4)));
  const fixed = known ? undefined : SAME_EVERY_YEAR[date.slice(5)];
  if (fixed !== undefined) return { working: false, holiday: fixed, known };
  return { working: weekdayOf(date) <= 5, known };
}
