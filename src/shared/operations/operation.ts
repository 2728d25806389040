import { z } from 'zod';
import { envelopeSchema } from '../content/envelope.ts';
import { scopeSchema } from '../content/scope.ts';
import { fieldChangesSchema } from './field-change.ts';
import { jsonValueSchema } from './json-value.ts';
import { OPERATION_LIMITS } from './operation-limits.ts';
import { minorSchema } from './protocol-minor.ts';
import { sealedSchema } from './sealed.ts';

/** The version of the operations API that this program speaks. */
export const PROTOCOL = 1;

/** The name of an enrolled terminal; given by the district. */
export const terminalIdSchema = z.string().regex(/^t-[a-z0-9]{10,20}$/);

const personName = z.string().trim().min(1).max(20);

/** Which record an edit speaks of. */
export const recordRefSchema = z.strictObject({
  id: envelopeSchema.shape.id.max(120),
  kind: z.string().max(40),
  scope: scopeSchema,
});
export type RecordRef = z.infer<typeof recordRefSchema>;

/**
 * A change of a record of the station's own scope. Without changes it only decides a conflict: what the district has, or that
 * it has nothing, stays.
 */
export const contentEditSchema = z
  .strictObject({
    record: recordRefSchema,
    /** The version of the feed's record from which the edit started; 0 for a record that was not there. */
    baseVersion: z.int().min(0),
    changes: fieldChangesSchema,
    editor: personName,
    reviewer: personName,
    /** The conflict that a person decides by this edit. */
    resolves: z.uuid().optional(),
  })
  .refine(({ changes, resolves }) => changes.length > 0 || resolves !== undefined, {
    error: 'nothing is changed and nothing decided',
  });
export type ContentEdit = z.infer<typeof contentEditSchema>;

/** Takes a record of the station's own scope back. */
export const contentWithdrawSchema = z.strictObject({
  record: recordRefSchema,
  baseVersion: z.int().min(1),
  editor: personName,
  reviewer: personName,
  /** The conflict that a person decides by this withdrawal. */
  resolves: z.uuid().optional(),
});

/** What a visitor handed in, readable by the district only. `topic` says who is to look at it, `receipt` is on the visitor's slip. */
export const submissionSchema = z.strictObject({
  receipt: z.string().regex(/^[A-Z0-9-]{6,24}$/),
  topic: z.enum([
    'advice',
    'legal-aid',
    'mediation',
    'booking',
    'complaint',
    'suggestion',
    'rating',
  ]),
  sealed: sealedSchema,
});

/** Counts, ledgers and reports: kept as they come. They hold no personal data. */
export const factTypeSchema = z.enum([
  'rating',
  'booking',
  'ledger-entry',
  'queue-day',
  'paper-printed',
  'slip-reprinted',
  'slip-decided',
  'test-page-printed',
  'health',
]);
export type FactType = z.infer<typeof factTypeSchema>;

/** Every type of operation that this protocol knows. */
export const operationTypeSchema = z.enum([
  'content-edit',
  'content-withdraw',
  'submission',
  ...factTypeSchema.options,
]);
export type OperationType = z.infer<typeof operationTypeSchema>;

/**
 * An operation on its way. Type and body are looked at one by one, so that one that the district does not know is refused
 * alone and not with its batch.
 */
export const operationSchema = z.strictObject({
  /** Made where the operation was born, never used again; the district applies it once. */
  id: z.uuid(),
  type: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** By the terminal's clock, which may be wrong. */
  madeAt: z.iso.datetime({ offset: true }),
  body: jsonValueSchema,
});
export type Operation = z.infer<typeof operationSchema>;

/** What a terminal sends: oldest first. */
export const operationBatchSchema = z.strictObject({
  protocol: z.literal(PROTOCOL),
  terminal: terminalIdSchema,
  /** Absent from programs of old and from what goes by stick. */
  minor: minorSchema.optional(),
  operations: z.array(operationSchema).min(1).max(OPERATION_LIMITS.batch),
});
export type OperationBatch = z.infer<typeof operationBatchSchema>;
