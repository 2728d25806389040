import { z } from 'zod';
import { scopeSchema } from '../content/scope.ts';
import { PROTOCOL, terminalIdSchema } from './operation.ts';
import { sealingKeySchema } from './sealed.ts';

/** Letters and digits that cannot be taken for each other; shown as `XXXX-XXXX-XXXX`. */
export const ENROLMENT_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A one-time code as somebody types it: hyphens, spaces and small letters do not matter. */
export const enrolmentCodeSchema = z
  .string()
  .max(40)
  .transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[2-9A-HJKMNP-TV-Z]{12}$/));

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);

/** Trades a one-time code for a place in the district. The same code with the same key is answered the same for 30 minutes. */
export const enrolmentRequestSchema = z.strictObject({
  protocol: z.literal(PROTOCOL),
  code: enrolmentCodeSchema,
  /** The terminal's Ed25519 key, 32 bytes; its private half never leaves the terminal. */
  publicKey: hexKey,
  /** How staff know the terminal: "大厅东侧". */
  name: z.string().trim().min(1).max(40),
  /** Ed25519 signature by that key over `enrolmentProof`. */
  proof: z.string().regex(/^[0-9a-f]{128}$/),
  /** The outlet that the terminal serves: a code for another is refused before it is spent. Programs of old did not say. */
  outlet: scopeSchema.optional(),
});
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;

/** The text by which a terminal proves that it holds the key which it enrols. The code is without hyphens. */
export function enrolmentProof(code: string, publicKey: string): string {
  return `legal-kiosk enrolment 1\n${code}\n${publicKey}`;
}

/** What every terminal of a district knows of it. */
export const districtIdentitySchema = z.strictObject({
  /** How people know the district: "昆明市五华区司法局". */
  name: z.string(),
  /** Address of the server, without a path. */
  api: z.url(),
  /** Address under which the feed's `metadata` and `targets` lie. */
  feed: z.url(),
  /** The newest root of the feed, as its file has it, in base64. */
  root: z.base64().max(700_000),
  sealingKey: sealingKeySchema,
  /** Ed25519 key that signs receipts and provisioning files. */
  receiptKey: hexKey,
});
export type DistrictIdentity = z.infer<typeof districtIdentitySchema>;

/** What a terminal has become. */
export const enrolmentAnswerSchema = z.strictObject({
  terminal: terminalIdSchema,
  /** The outlet where it stands. */
  outlet: scopeSchema,
  /** The divisions whose content it reads, widest first. */
  chain: z.array(scopeSchema),
  district: districtIdentitySchema,
  now: z.iso.datetime({ offset: true }),
  /** Whom the answer is for; given to terminals that named their outlet. */
  publicKey: hexKey.optional(),
});
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;

/** A provisioning file on a stick: what a terminal needs to enrol without a network. Its payload is signed by the receipt key. */
export const provisioningSchema = z.strictObject({
  format: z.literal(1),
  code: enrolmentCodeSchema,
  outlet: scopeSchema,
  district: districtIdentitySchema,
});
export type Provisioning = z.infer<typeof provisioningSchema>;
