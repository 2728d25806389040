import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { scopeSchema } from '../scope.ts';
import { itemId } from './parts.ts';

/** What somebody does for a grid. */
export const gridDutySchema = z.enum([
  'mediator',
  'lawyer',
  'publicist',
  'notary',
  'legal-aid-contact',
  'grid-head',
]);
export type GridDuty = z.infer<typeof gridDutySchema>;

/** A grid (网格) of a community with the people who serve it (requirements, place CZ). */
export const gridBodySchema = z.strictObject({
  /** Community's division code with the grid's suffix: 320402001001-G01. */
  code: scopeSchema,
  name: z.string().min(2).max(24),
  area: z.string().max(80).default(''),
  /** Who does what here; persons are records of their own. */
  contacts: z
    .array(
      z.strictObject({
        id: itemId,
        person: z.string().startsWith('person.'),
        duty: gridDutySchema,
      }),
    )
    .min(1),
});
export type GridBody = z.infer<typeof gridBodySchema>;

/** The five whom a grid's card shows (requirements, place CZ), in its order. */
export const EXPECTED_DUTIES: readonly (readonly [GridDuty, string])[] = [
  ['mediator', '调解员'],
  ['lawyer', '律师'],
  ['publicist', '宣传员'],
  ['notary', '公证员'],
  ['legal-aid-contact', '法律援助联络员'],
];

export const gridKind = defineKind<GridBody>({
  kind: 'grid',
  label: '网格',
  body: gridBodySchema as z.ZodType<GridBody>,
  scopeRule: 'any',
  reviewEveryDays: 180,
  mustEnd: false,
  particulars: EXPECTED_DUTIES.map(([duty, label]) => ({
    id: duty,
    label,
    isPresent: (body: GridBody) => body.contacts.some((contact) => contact.duty === duty),
  })),
  title: (body) => body.name,
  search: (body) => ({ title: body.name, words: [], text: body.area }),
  references: (body) => body.contacts.map((contact) => contact.person),
});
