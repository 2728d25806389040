import { z } from 'zod';
import { fieldConflictSchema } from './field-change.ts';
import { epochSchema } from './protocol-minor.ts';

/** Why an operation was refused. The terminal keeps it and shows it to staff. */
export const refusalCodeSchema = z.enum([
  /** The district's program does not know this type; it can be sent again after an update. */
  'unknown-type',
  /** The body does not fit its type. */
  'bad-body',
  /** The record lies outside the station's own scope. */
  'foreign-scope',
  /** A field, or the kind, is the district's alone. */
  'locked-field',
  /** The edit would leave a record that breaks its kind's rules. */
  'unsound',
  /** There is no such record, or no such conflict, any more. */
  'not-there',
  /** Sealed to a key that the district does not hold. */
  'unknown-key',
  /** The id was used before for something else. */
  'reused-id',
]);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;

const id = z.uuid();

/** What became of an operation. The same id gets the same answer for as long as the district keeps it. */
export const operationResultSchema = z.discriminatedUnion('status', [
  z.strictObject({
    id,
    status: z.literal('applied'),
    /** Of the record, when it was an edit. */
    version: z.int().optional(),
  }),
  z.strictObject({ id, status: z.literal('merged'), version: z.int() }),
  z.strictObject({
    id,
    status: z.literal('conflict'),
    /** Names it for the edit that decides it. */
    conflict: z.uuid(),
    /** The published version, which stays; 0 when the record is not there any more. */
    version: z.int(),
    fields: z.array(fieldConflictSchema),
  }),
  z.strictObject({
    id,
    status: z.literal('refused'),
    code: refusalCodeSchema,
    /** One sentence for staff. */
    message: z.string(),
  }),
]);
export type OperationResult = z.infer<typeof operationResultSchema>;

/** The answer to a batch: one result for each operation, in any order. */
export const operationAnswerSchema = z.strictObject({
  /** The server's clock. */
  now: z.iso.datetime({ offset: true }),
  results: z.array(operationResultSchema),
  /** Seconds that the terminal is asked to wait before its next batch, beyond its own pauses. */
  waitSeconds: z.int().min(0).optional(),
  /** For terminals of `minor` 2 and more. */
  epoch: epochSchema.optional(),
});
export type OperationAnswer = z.infer<typeof operationAnswerSchema>;
