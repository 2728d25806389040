import { z } from 'zod';
import { localDateSchema, localTimeSchema, monthDaySchema } from '../../time/date-schemas.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

const periodSchema = z
  .strictObject({ from: localTimeSchema, to: localTimeSchema })
  .refine((period) => period.from < period.to, { error: '开门时间要早于关门时间', path: ['to'] });

const seasonSchema = z.strictObject({
  id: itemId,
  /** Months and days between which it holds, both included, as MM-DD; Xinjiang keeps summer and winter hours. */
  from: monthDaySchema,
  to: monthDaySchema,
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  periods: z.array(periodSchema).min(1),
});

export const hoursBodySchema = z.strictObject({
  /** Code of the outlet it is for. */
  station: z.string(),
  title: z.string().min(2).max(30),
  seasons: z.array(seasonSchema).min(1),
  /** Closed on public holidays, open on make-up working days (调休) as on a Monday. */
  followsCalendar: z.boolean(),
  /** Days on which it is different; no periods means closed. */
  exceptions: z
    .array(
      z.strictObject({
        id: itemId,
        date: localDateSchema,
        periods: z.array(periodSchema).default([]),
        reason: z.string().max(30),
      }),
    )
    .default([]),
  note: z.string().max(80).default(''),
});
export type HoursBody = z.infer<typeof hoursBodySchema>;

export const hoursKind = defineKind<HoursBody>({
  kind: 'hours',
  label: '服务时间',
  body: hoursBodySchema as z.ZodType<HoursBody>,
  scopeRule: 'station',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [{ id: 'seasons', label: '开门时间', isPresent: (body) => body.seasons.length > 0 }],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: ['几点上班', '周末开门吗'], text: body.note }),
  references: () => [],
});
