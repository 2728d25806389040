import { z } from 'zod';
import { localDateSchema, localTimeSchema } from '../../time/date-schemas.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

/** What a person does on duty; `leader` heads the station that day (带班领导). */
export const dutySchema = z.enum([
  'leader',
  'reception',
  'legal-aid',
  'mediation',
  'advice',
  'lawyer',
  'adviser',
  'notary',
  'police',
  'volunteer',
]);
export type Duty = z.infer<typeof dutySchema>;

const shiftSchema = z
  .strictObject({
    id: itemId,
    person: z.string().startsWith('person.'),
    duty: dutySchema,
    /** Id of a window of the station. */
    window: z.string().optional(),
    from: localTimeSchema,
    to: localTimeSchema,
    /** Every week on these days (1 = Monday)… */
    weekdays: z.array(z.int().min(1).max(7)).default([]),
    /** …or on the nth such weekdays of a month… */
    monthly: z
      .strictObject({ nth: z.array(z.int().min(1).max(5)).min(1), weekday: z.int().min(1).max(7) })
      .optional(),
    /** …or on just these days. */
    dates: z.array(localDateSchema).default([]),
    /** Whether it also holds on days when the station is closed, as on-call duty does. */
    whenClosed: z.boolean().default(false),
  })
  .refine((shift) => shift.from < shift.to, { error: '开始时间要早于结束时间', path: ['to'] })
  .refine((shift) => shift.weekdays.length + shift.dates.length + (shift.monthly ? 1 : 0) > 0, {
    error: '要写明哪几天值班：weekdays、monthly 或 dates',
    path: ['weekdays'],
  });
export type Shift = z.infer<typeof shiftSchema>;

export const rosterBodySchema = z.strictObject({
  /** Code of the outlet it is for. */
  station: z.string(),
  title: z.string().min(2).max(30),
  shifts: z.array(shiftSchema).min(1),
  /** Days on which someone else stands in: replaces the person of a shift. */
  changes: z
    .array(
      z.strictObject({
        id: itemId,
        date: localDateSchema,
        shift: itemId,
        person: z.string().startsWith('person.').nullable(),
      }),
    )
    .default([]),
});
export type RosterBody = z.infer<typeof rosterBodySchema>;

/** A duty roster. It must end: after its last day the card turns to "ask at the window", never to an old name. */
export const rosterKind = defineKind<RosterBody>({
  kind: 'roster',
  label: '值班表',
  body: rosterBodySchema as z.ZodType<RosterBody>,
  scopeRule: 'station',
  reviewEveryDays: 92,
  mustEnd: true,
  particulars: [
    {
      id: 'leader',
      label: '带班领导',
      isPresent: (body) => body.shifts.some((shift) => shift.duty === 'leader'),
    },
    {
      id: 'staff',
      label: '值班人员',
      isPresent: (body) => body.shifts.some((shift) => shift.duty !== 'leader'),
    },
  ],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: [], text: '' }),
  references: (body) => [
    ...body.shifts.map((shift) => shift.person),
    ...body.changes.flatMap((change) => change.person ?? []),
  ],
});
