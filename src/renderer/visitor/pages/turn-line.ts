import type { TFunction } from 'i18next';
import type { Turn } from '#shared/contract/people.ts';
import { monthDay, timeRange, weekday } from '../../i18n/dates.ts';

/** "11月25日 星期三 09:00–12:00". */
export function turnLine(t: TFunction, { date, from, to }: Turn): string {
  return `${monthDay(t, date)} ${weekday(t, date)} ${timeRange(from, to)}`;
}
