import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDayDetail } from 'chinese-days';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type CalendarBody, calendarBodySchema } from '#shared/content/kinds/calendar.ts';
import { addDays, weekdayOf } from '#shared/time/local-date.ts';

const fileSchema = z.object({ records: z.array(z.object({ body: calendarBodySchema })) });
const path = join(import.meta.dirname, '..', '..', 'assets', 'starter', 'calendar.yaml');
const calendars = fileSchema
  .parse(parse(readFileSync(path, 'utf8')))
  .records.map((record) => record.body);

test.each(calendars)(
  'the calendar of $year has just the days off and make-up days that were announced',
  (calendar) => {
    const differing = daysOf(calendar.year).filter(
      (date) => isWorkingDay(calendar, date) !== getDayDetail(date).work,
    );
    expect(differing).toEqual([]);
  },
);

function isWorkingDay(calendar: CalendarBody, date: string): boolean {
  if (calendar.workingDays.includes(date)) return true;
  const isHoliday = calendar.holidays.some((day) => day.from <= date && date <= day.to);
  return !isHoliday && weekdayOf(date) <= 5;
}

function daysOf(year: number): string[] {
  const all = Array.from({ length: 366 }, (_unused, offset) => addDays(`${year}-01-01`, offset));
  return all.filter((date) => date.startsWith(String(year)));
}
