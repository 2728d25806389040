import { z } from 'zod';
import { localDateSchema } from '../../time/date-schemas.ts';
import { weekdayOf } from '../../time/local-date.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

/** One year's public holidays and make-up working days as the State Council announces them. */
export const calendarBodySchema = z
  .strictObject({
    year: z.int().min(2020).max(2100),
    holidays: z
      .array(
        z
          .strictObject({
            id: itemId,
            name: z.string().min(1).max(12),
            from: localDateSchema,
            to: localDateSchema,
          })
          .refine((holiday) => holiday.from <= holiday.to, {
            error: '放假的第一天晚于最后一天',
            path: ['to'],
          }),
      )
      .min(1),
    /** Saturdays and Sundays that are working days (调休). */
    workingDays: z.array(localDateSchema).default([]),
  })
  .superRefine((calendar, context) => {
    for (const { at, fault } of workingDayFaults(calendar))
      context.addIssue({ code: 'custom', message: fault, path: ['workingDays', at] });
  });
export type CalendarBody = z.infer<typeof calendarBodySchema>;

export const calendarKind = defineKind<CalendarBody>({
  kind: 'calendar',
  label: '放假调休安排',
  body: calendarBodySchema as z.ZodType<CalendarBody>,
  scopeRule: 'wide',
  reviewEveryDays: 400,
  mustEnd: false,
  particulars: [
    { id: 'holidays', label: '放假日期', isPresent: (body) => body.holidays.length >= 7 },
  ],
  title: (body) => `${body.year}年放假调休安排`,
  search: (body) => ({
    title: `${body.year}年放假调休安排`,
    words: ['放假', '调休'],
    text: body.holidays.map((day) => day.name).join(' '),
  }),
  references: () => [],
});

type Days = Pick<CalendarBody, 'holidays' | 'workingDays'>;

function workingDayFaults({ holidays, workingDays }: Days): { at: number; fault: string }[] {
  return workingDays.flatMap((date, at) => [
    ...(weekdayOf(date) <= 5
      ? [{ at, fault: `${date} 不是星期六或星期日，不用写成调休上班` }]
      : []),
    ...(holidays.some((holiday) => holiday.from <= date && date <= holiday.to)
      ? [{ at, fault: `${date} 同时写成了放假和调休上班` }]
      : []),
  ]);
}
