import type { HoursBody } from '../content/kinds/hours.ts';
import { addDays, type LocalDate } from '../time/local-date.ts';

/** So many days ahead the public holidays have to be known: the State Council names those of a year in the autumn before it. */
const DAYS_AHEAD = 35;

/** What to do where one is missing. */
export const MISSING_CALENDAR_REMEDY = '照国务院办公厅公布的放假安排补一条（calendar）';

/** The year, if any, of which outlets that follow the public holidays will soon need the calendar and have none. */
export function missingCalendar(
  hours: readonly Pick<HoursBody, 'followsCalendar'>[],
  years: readonly number[],
  today: LocalDate,
): number | undefined {
  if (!hours.some(({ followsCalendar }) => followsCalendar)) return undefined;
  return [today, addDays(today, DAYS_AHEAD)]
    .map((day) => Number(day.slice(0, 4)))
    .find((year) => !years.includes(year));
}

/** What is wrong where one is missing. */
export function missingCalendarSentence(year: number): string {
  return `还没有 ${year} 年的放假调休安排，节假日开不开门说不准`;
}
