import { z } from 'zod';
import { translationLanguageSchema } from './envelope.ts';

/** In a file of content, the body that answers may be left to the place that uses it. */
export const LOCAL_BODY = 'local';

/** A file of records of one kind, with what they have in common. */
export const contentFileSchema = z.strictObject({
  kind: z.string(),
  defaults: z.record(z.string(), z.unknown()).default({}),
  records: z.array(z.record(z.string(), z.unknown())),
});

/** A file of texts in another language, by record and field. */
export const translationFileSchema = z.strictObject({
  kind: z.literal('translations'),
  language: translationLanguageSchema,
  reviewed: z.boolean().default(false),
  records: z.record(z.string(), z.record(z.string(), z.string())),
});
