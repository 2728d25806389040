import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type MediaBody, mediaTypeSchema } from '../content/kinds/media.ts';
import { pageLanguageSchema, provenanceSchema, shownBody } from './views.ts';

export const mediaSummarySchema = z.object({
  id: z.string(),
  type: mediaTypeSchema,
  title: z.string(),
  description: z.string(),
  seconds: z.number().optional(),
  language: provenanceSchema.shape.language,
});
export type MediaSummary = z.infer<typeof mediaSummarySchema>;

const language = z.object({ language: pageLanguageSchema });
const byId = language.extend({ id: z.string().min(1).max(80) });

/** The part of the contract for films, pamphlets and sounds (V11). */
export const mediaContract = {
  /** What is there to be looked at by itself; pictures belong to what shows them. */
  list: oc.input(language).output(z.array(mediaSummarySchema)),
  get: oc.input(byId).output(
    z.object({
      body: shownBody<MediaBody>(),
      provenance: provenanceSchema,
      /** Path of the file on this terminal; undefined when it is not here or is not what it should be. */
      path: z.string().optional(),
    }),
  ),
  /** What a visitor takes along of it, as text for a QR code (decision 008). */
  takeaway: oc.input(byId.omit({ language: true })).output(z.object({ text: z.string() })),
};
