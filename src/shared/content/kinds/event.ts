import { z } from 'zod';
import { localDateSchema, localTimeSchema } from '../../time/date-schemas.ts';
import { defineKind } from '../kind.ts';

/** A lecture or open day; at least one lecture a quarter (requirements JL). */
export const eventBodySchema = z
  .strictObject({
    title: z.string().min(2).max(40),
    about: z.string().min(6).max(300),
    speaker: z.string().max(30).default(''),
    place: z.string().min(2).max(40),
    date: localDateSchema,
    from: localTimeSchema,
    to: localTimeSchema,
    seats: z.int().min(1).max(5000).optional(),
  })
  .refine((event) => event.from < event.to, { error: '开始时间要早于结束时间', path: ['to'] });
export type EventBody = z.infer<typeof eventBodySchema>;

export const eventKind = defineKind<EventBody>({
  kind: 'event',
  label: '讲座活动',
  body: eventBodySchema as z.ZodType<EventBody>,
  scopeRule: 'any',
  reviewEveryDays: 90,
  mustEnd: true,
  particulars: [
    { id: 'speaker', label: '主讲人', isPresent: (body) => body.speaker !== '' },
    { id: 'seats', label: '座位数', isPresent: (body) => body.seats !== undefined },
  ],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: ['讲座'], text: `${body.about} ${body.place}` }),
  references: () => [],
});
