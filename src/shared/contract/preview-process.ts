import { z } from 'zod';
import { envelopeSchema } from '../content/envelope.ts';
import { scopeSchema } from '../content/scope.ts';
import { localDateSchema } from '../time/date-schemas.ts';

/** What a terminal would have to show on a day, with a draft published. */
export const previewSceneSchema = z.strictObject({
  outlet: scopeSchema,
  day: localDateSchema,
  /** Divisions whose content comes from the district; all other content is the deployment's own. */
  divisions: z.array(scopeSchema),
  records: z.array(envelopeSchema),
  draft: z.strictObject({
    id: z.string(),
    scope: scopeSchema,
    /** Null: withdrawn. */
    record: envelopeSchema.nullable(),
  }),
});
export type PreviewScene = z.infer<typeof previewSceneSchema>;

/** What the district asks of the program that draws previews, over the channel between two processes. */
export const previewAskSchema = z.strictObject({
  ask: z.int(),
  /** Names a scene; it is sent along once. */
  key: z.string(),
  scene: previewSceneSchema.optional(),
  method: z.string().max(40),
  input: z.unknown().optional(),
});

export const previewAnswerSchema = z.strictObject({
  ask: z.int(),
  answer: z.unknown(),
  /** `no-profile`: no deployment is known for the outlet; `unknown-scene`: send it along. */
  fault: z.enum(['no-profile', 'unknown-scene', 'bad-input', 'not-found', 'internal']).optional(),
});
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>;
