import { z } from 'zod';
import { fieldConflictSchema } from './field-change.ts';
import { recordRefSchema } from './operation.ts';

/** How a person decided: the published values stay, the edit's are taken, or something else was written. */
export const conflictOutcomeSchema = z.enum(['published', 'wanted', 'other']);
export type ConflictOutcome = z.infer<typeof conflictOutcomeSchema>;

/** An edit that met another one in the same field. */
export const conflictSchema = z.strictObject({
  conflict: z.uuid(),
  operation: z.uuid(),
  record: recordRefSchema,
  fields: z.array(fieldConflictSchema),
  editor: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
  /** Absent while it is open. */
  outcome: conflictOutcomeSchema.optional(),
  decidedAt: z.iso.datetime({ offset: true }).optional(),
  /** Who decided, as the terminal may show it. */
  decidedBy: z.string().optional(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** A terminal's open conflicts, and those decided in the last 90 days. */
export const conflictListSchema = z.strictObject({ conflicts: z.array(conflictSchema).max(1_000) });
