import type { TFunction } from 'i18next';
import { type LocalDate, type LocalTime, weekdayOf } from '#shared/time/local-date.ts';

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** "11月23日": month and day, in the page's language, from our own tables (standards L: never Intl for these). */
export function monthDay(t: TFunction, date: LocalDate): string {
  return t('date.monthDay', { month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) });
}

/** "2026年11月23日". */
export function fullDate(t: TFunction, date: LocalDate): string {
  return t('date.full', {
    year: date.slice(0, 4),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  });
}

/** "星期一". */
export function weekday(t: TFunction, date: LocalDate): string {
  return t(`date.weekdays.${weekdayOf(date) as Weekday}`);
}

/** "09:00–17:30", kept from left to right inside text that runs from right to left (by the isolates of Unicode). */
export function timeRange(from: LocalTime, to: LocalTime): string {
  return `\u2066${from}–${to}\u2069`;
}
