import { z } from 'zod';
import { enrolmentAnswerSchema, enrolmentRequestSchema } from './enrolment.ts';
import { terminalIdSchema } from './operation.ts';
import { OPERATION_LIMITS } from './operation-limits.ts';
import { operationResultSchema } from './operation-result.ts';
import { sealedSchema } from './sealed.ts';

/**
 * The file `outbox-<terminal>-<n>.bundle`. `sealed` holds the JSON of `bundleContentSchema`; its `aad` is `bundleAad` of
 * `terminal`, which is `new` for a terminal that enrols by this bundle.
 */
export const bundleSchema = z.strictObject({
  format: z.literal(1),
  terminal: z.union([terminalIdSchema, z.literal('new')]),
  sealed: sealedSchema,
});
export type Bundle = z.infer<typeof bundleSchema>;

/** A request as it would have been sent to `/v1/operations`, with its signature; `created` may be long ago. */
const carriedBatchSchema = z.strictObject({
  created: z.int().min(0),
  nonce: z.string().regex(/^[\w-]{16,64}$/),
  /** 64 bytes in base64, over `signatureBase` of POST `/v1/operations`. */
  signature: z.base64().length(88),
  /** The body, byte for byte. */
  body: z.string().max(OPERATION_LIMITS.batchBytes),
});
export type CarriedBatch = z.infer<typeof carriedBatchSchema>;

export const bundleContentSchema = z.strictObject({
  enrolment: enrolmentRequestSchema.optional(),
  batches: z.array(carriedBatchSchema).max(OPERATION_LIMITS.bundleBatches),
  /** Conflicts that are open at the terminal: whether the office has decided them comes with the receipts. */
  conflicts: z.array(z.uuid()).max(1_000).optional(),
});
export type BundleContent = z.infer<typeof bundleContentSchema>;

/** What the district answers to a bundle: the file `receipts-<terminal>.json`, `payload` signed by the receipt key. */
export const receiptsSchema = z.strictObject({
  format: z.literal(1),
  terminal: terminalIdSchema,
  now: z.iso.datetime({ offset: true }),
  enrolment: enrolmentAnswerSchema.optional(),
  results: z.array(operationResultSchema),
  /** Of the conflicts that the bundle asked about those that are decided; given to whoever asked. */
  decided: z.array(z.uuid()).optional(),
  /** The terminal was taken out of service: nothing of its bundle was taken. Absent otherwise. */
  revoked: z.literal(true).optional(),
});
export type Receipts = z.infer<typeof receiptsSchema>;

/** A JSON text signed by the district's receipt key (Ed25519, over `signedFileText`). */
export const signedFileSchema = z.strictObject({
  purpose: z.enum(['receipts', 'provisioning']),
  payload: z.string().max(OPERATION_LIMITS.bundleBytes),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type SignedFile = z.infer<typeof signedFileSchema>;

/** The text that is signed: a file of one purpose cannot be passed off as one of another. */
export function signedFileText({ purpose, payload }: Omit<SignedFile, 'signature'>): string {
  return `legal-kiosk ${purpose} 1\n${payload}`;
}
