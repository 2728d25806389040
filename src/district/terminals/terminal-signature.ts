import { createHash, createPublicKey, verify } from 'node:crypto';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import {
  contentDigestHeader,
  readSignature,
  readSignatureInput,
  signatureBase,
} from '#shared/operations/request-signature.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { type Terminal, terminalOf } from './terminals.ts';

/** A request as it came in. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly header: (name: string) => string | undefined;
}

/** Nonces that were seen lately; a request that comes again is refused. */
export interface SeenNonces {
  /** False when this one was seen before. */
  readonly take: (nonce: string, now: number) => boolean;
}

/** Remembers nonces for as long as a request could be believed. */
export function openNonces(): SeenNonces {
  let older = new Set<string>();
  let newer = new Set<string>();
  let turnedAt = 0;
  return {
    take: (nonce, now) => {
      if (now - turnedAt > 2 * OPERATION_LIMITS.skewSeconds * 1000) {
        older = newer;
        newer = new Set();
        turnedAt = now;
      }
      if (older.has(nonce) || newer.has(nonce)) return false;
      newer.add(nonce);
      return true;
    },
  };
}

/**
 * The terminal that signed a request. Throws `signature`, `clock` or `revoked`; a terminal that is not known is answered as
 * one whose signature does not fit.
 */
export async function signingTerminal(
  district: District,
  nonces: SeenNonces,
  request: ReceivedRequest,
): Promise<Terminal> {
  const input = readSignatureInput(request.header('signature-input') ?? '');
  const signature = readSignature(request.header('signature') ?? '');
  const contentDigest = digestOf(request.body);
  if (input === undefined || signature === undefined) throw new DistrictFault('signature');
  if (request.header('content-digest') !== contentDigest) throw new DistrictFault('signature');
  const terminal = await terminalOf(district.database, input.keyid);
  if (terminal === undefined) throw new DistrictFault('signature');
  const { method, path } = request;
  const base = signatureBase({ method, path, contentDigest }, input);
  if (!isSignedBy(terminal.publicKey, base, Buffer.from(signature, 'base64')))
    throw new DistrictFault('signature');
  if (terminal.state === 'revoked') throw new DistrictFault('revoked');
  const now = district.now();
  if (Math.abs(now / 1000 - input.created) > OPERATION_LIMITS.skewSeconds)
    throw new DistrictFault('clock');
  if (!nonces.take(`${terminal.id} ${input.nonce}`, now)) throw new DistrictFault('signature');
  return terminal;
}

/** The header that a body must have had. */
export function digestOf(body: Buffer): string {
  return contentDigestHeader(createHash('sha256').update(body).digest('base64'));
}

/** The same fixed bytes stand before every Ed25519 key in SPKI (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a text was signed by the Ed25519 key with this public half in hexadecimal. */
export function isSignedBy(publicKey: string, text: string, signature: Buffer): boolean {
  const der = Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, 'hex')]);
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, signature);
  } catch {
    return false;
  }
}
