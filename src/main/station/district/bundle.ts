import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import {
  type Bundle,
  type BundleContent,
  type CarriedBatch,
  type Receipts,
  receiptsSchema,
  type SignedFile,
  signedFileSchema,
  signedFileText,
} from '#shared/operations/bundle.ts';
import {
  type EnrolmentRequest,
  type Provisioning,
  provisioningSchema,
} from '#shared/operations/enrolment.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import { bundleAad, type SealingKey, sealingInfo } from '#shared/operations/sealed.ts';
import type { ReadableDb } from '../store/sql.ts';
import { type Signer, signedRequest } from './district-link.ts';
import { openConflicts } from './hear-decisions.ts';
import { waitingOperations } from './outbox.ts';
import { batchBody } from './push-outbox.ts';

/** What goes onto a stick: the outbox as it would have been sent, or the enrolment of a terminal without a network, or both. */
export interface BundleOrder {
  readonly db: ReadableDb;
  readonly signer: Signer | undefined;
  readonly sealingKey: SealingKey;
  readonly enrolment?: EnrolmentRequest | undefined;
}

/**
 * Makes a bundle that only the district can read. Nothing in the outbox changes: its operations go on waiting for the receipts,
 * and may be sent over the network as well, or in another bundle.
 */
export async function makeBundle({
  db,
  signer,
  sealingKey,
  enrolment,
}: BundleOrder): Promise<{ readonly bundle: Bundle; readonly operations: number }> {
  const batches =
    signer === undefined ? { carried: [], operations: 0 } : carriedBatches(db, signer);
  const terminal = signer?.terminal ?? 'new';
  const asked = signer === undefined ? [] : openConflicts(db);
  const content: BundleContent = {
    ...(enrolment && { enrolment }),
    batches: [...batches.carried],
    // Left out when there is none, so that a district of old reads the bundle.
    ...(asked.length > 0 && { conflicts: asked }),
  };
  const sealed = await seal(sealingKey, JSON.stringify(content), bundleAad(terminal));
  return { bundle: { format: 1, terminal, sealed }, operations: batches.operations };
}

/** Base64 makes four bytes of three; the last few are for what surrounds the batches. */
const CARRIED_BYTES = OPERATION_LIMITS.bundleBytes * 0.75 - 100_000;

function carriedBatches(
  db: ReadableDb,
  signer: Signer,
): { readonly carried: readonly CarriedBatch[]; readonly operations: number } {
  const carried: CarriedBatch[] = [];
  let operations = 0;
  let bytes = 0;
  for (let batch = 0; batch < OPERATION_LIMITS.bundleBatches; batch += 1) {
    const next = waitingOperations(db, OPERATION_LIMITS.batch, operations);
    if (next.length === 0) break;
    const body = batchBody(signer.terminal, next);
    const { created, nonce, signature } = signedRequest(
      signer,
      'POST',
      DISTRICT_PATHS.operations,
      body,
    );
    const carry = { created, nonce, signature, body };
    bytes += Buffer.byteLength(JSON.stringify(carry));
    // The rest waits for the next bundle.
    if (bytes > CARRIED_BYTES) break;
    operations += next.length;
    carried.push(carry);
  }
  return { carried, operations };
}

async function seal(key: SealingKey, text: string, aad: string): Promise<Bundle['sealed']> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(
      bytes(Buffer.from(key.publicKey, 'hex')),
    ),
    info: bytes(Buffer.from(sealingInfo('bundle'))),
  });
  const ciphertext = await sender.seal(bytes(Buffer.from(text)), bytes(Buffer.from(aad)));
  return {
    key: key.id,
    enc: Buffer.from(sender.enc).toString('base64'),
    ciphertext: Buffer.from(ciphertext).toString('base64'),
  };
}

function bytes(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

/** SPKI before the 32 bytes of an Ed25519 key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Reads a file that the district signed; undefined when it is none, of another purpose, or not signed by this key. */
function signedPayload(
  text: string,
  purpose: SignedFile['purpose'],
  receiptKey: (payload: unknown) => string | undefined,
): unknown {
  const file = signedFileSchema.safeParse(parsedJson(text));
  if (!file.success || file.data.purpose !== purpose) return undefined;
  const payload = parsedJson(file.data.payload);
  const trusted = receiptKey(payload);
  if (trusted === undefined) return undefined;
  const key = createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(trusted, 'hex')]),
    ...{ format: 'der', type: 'spki' },
  });
  const isSigned = verify(
    null,
    Buffer.from(signedFileText(file.data)),
    key,
    Buffer.from(file.data.signature, 'hex'),
  );
  return isSigned ? payload : undefined;
}

/** The district's answers to a bundle, if they are signed by the receipt key that this terminal knows. */
export function readReceipts(text: string, receiptKey: string): Receipts | undefined {
  return receiptsSchema.safeParse(signedPayload(text, 'receipts', () => receiptKey)).data;
}

/**
 * A provisioning file. The first is trusted because a technician brings it: its own key must have signed it. `known` is the
 * receipt key of the district that this terminal belongs to already; another's file is refused.
 */
export function readProvisioning(
  text: string,
  known: string | undefined,
): Provisioning | undefined {
  const keyOf = (payload: unknown) => {
    const own = provisioningSchema.safeParse(payload).data?.district.receiptKey;
    return known === undefined || known === own ? own : undefined;
  };
  return provisioningSchema.safeParse(signedPayload(text, 'provisioning', keyOf)).data;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file whole or not at all, also onto a stick that is pulled too early. */
export function writeFileWhole(path: string, text: string): void {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}
