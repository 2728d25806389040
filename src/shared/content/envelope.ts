import { z } from 'zod';
import { localDateSchema } from '../time/date-schemas.ts';
import type { LocalDate } from '../time/local-date.ts';
import { TRANSLATION_LANGUAGES } from './languages.ts';
import { scopeSchema } from './scope.ts';

export const translationLanguageSchema = z.enum(TRANSLATION_LANGUAGES);

/**
 * One language's texts for a record: path of the field to its translation. List items are named by their `id`:
 * `materials.id-card.name`. `reviewed` is set by a person who knows the language; until then pages say "draft".
 */
export const translationSchema = z.strictObject({
  reviewed: z.boolean().default(false),
  fields: z.record(z.string(), z.string().min(1)),
});

/** What every record carries, whatever its kind. */
export const envelopeSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/,
      '编号写成 kind.some-name，小写英文、数字和短横线',
    ),
  kind: z.string(),
  scope: scopeSchema,
  version: z.int().min(1).default(1),
  /** First day on which it is shown. */
  effectiveFrom: localDateSchema,
  /** Last day on which it is shown; absent when it has no end. */
  validUntil: localDateSchema.optional(),
  /** Where the facts come from: a statute, a notice, an office's own record. */
  source: z.string().min(2),
  /** The body that answers for it (政府信息公开条例 art. 10). */
  responsibleBody: z.string().min(2),
  editor: z.string().min(1),
  /** Who answers for the publication; the editor where no second person looked at it, as at a station. */
  reviewer: z.string().min(1),
  publishedAt: z.iso.datetime({
    offset: true,
    error: '要写成带时区的时间，例如 2026-11-01T09:00:00+08:00',
  }),
  /** Points that the publisher has to confirm before this goes to the public. */
  confirm: z.array(z.string().min(2)).default([]),
  translations: z.partialRecord(translationLanguageSchema, translationSchema).default({}),
  body: z.unknown(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** A record with its body already checked against its kind's schema. */
export type ContentRecord<Body = unknown> = Omit<Envelope, 'body'> & { readonly body: Body };

/** Whether a record is to be shown on a day (invariant 6: within its dates). */
export function isInForce(
  record: Pick<Envelope, 'effectiveFrom' | 'validUntil'>,
  today: LocalDate,
): boolean {
  return (
    record.effectiveFrom <= today && (record.validUntil === undefined || today <= record.validUntil)
  );
}
