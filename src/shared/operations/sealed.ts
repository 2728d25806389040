import { z } from 'zod';

const base64Schema = z.base64().max(22_000_000);

/**
 * What only the district can read: HPKE (RFC 9180), mode base, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. `key`
 * names the district's sealing key; `enc` is the encapsulated key.
 */
export const sealedSchema = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{16}$/),
  enc: z.base64().max(64),
  ciphertext: base64Schema,
});
export type Sealed = z.infer<typeof sealedSchema>;

/** A district's key to which terminals seal. Its id is the first 16 hexadecimal digits of the SHA-256 of the raw key. */
export const sealingKeySchema = z.strictObject({
  id: sealedSchema.shape.key,
  /** 32 bytes of X25519. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SealingKey = z.infer<typeof sealingKeySchema>;

/** HPKE's `info` for a purpose; what was sealed for one cannot be opened for another. */
export function sealingInfo(purpose: 'submission' | 'bundle'): string {
  return `legal-kiosk ${purpose} 1`;
}

/** HPKE's `aad` of a submission: a sealed text cannot be moved to another operation. */
export function submissionAad(operationId: string): string {
  return `operation ${operationId}`;
}

/** HPKE's `aad` of a bundle. */
export function bundleAad(terminal: string): string {
  return `terminal ${terminal}`;
}
