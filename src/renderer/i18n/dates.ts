import type { TFunction } from 'i18next';
import { type LocalDate, type LocalTime, weekdayOf } from '#shared/time/local-date.ts';

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

/** "11月23日", "23 Nov": from our own tables, never Intl, which lacks our languages (standards L). */
export function monthDay(t: TFunction, date: LocalDate): string {
  return t('date.monthDay', partsOf(t, date));
}

/** "2026年11月23日", "23 Nov 2026". */
export function fullDate(t: TFunction, date: LocalDate): string {
  return t('date.full', partsOf(t, date));
}

function partsOf(t: TFunction, date: LocalDate) {
  const month = Number(date.slice(5, 7)) as Month;
  return {
    year: date.slice(0, 4),
    monthName: t(`date.months.${month}`),
    day: Number(date.slice(8, 10)),
  };
}

/** "星期一". */
export function weekday(t: TFunction, date: LocalDate): string {
  return t(`date.weekdays.${weekdayOf(date) as Weekday}`);
}

/** "09:00–17:30", kept from left to right inside text that runs from right to left (by the isolates of Unicode). */
export function timeRange(from: LocalTime, to: LocalTime): string {
  return `\u2066${from}–${to}\u2069`;
}
