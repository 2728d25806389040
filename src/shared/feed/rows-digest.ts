/** Gives the SHA-256 of a text as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

interface DigestedRecord {
  readonly id: string;
  readonly scope: string;
  readonly version: number;
}

const MODULUS = 2n ** 256n;

/** The digest of no rows at all. */
export const EMPTY_DIGEST = '0'.repeat(64);

/**
 * The digest of rows after one was added or taken away. It is the sum of the rows' hashes modulo 2^256, so that the order
 * does not matter and a change costs one hash. A row stands in it by id, scope and version: a version is never given twice.
 */
export function changedDigest(
  digest: string,
  change: 'add' | 'remove',
  { id, scope, version }: DigestedRecord,
  sha256: Sha256,
): string {
  const hash = hashOf({ id, scope, version }, sha256);
  return written(BigInt(`0x${digest}`) + (change === 'add' ? hash : MODULUS - hash));
}

/** The digest of rows that are all there. */
export function digestOf(rows: Iterable<DigestedRecord>, sha256: Sha256): string {
  return addedDigest(EMPTY_DIGEST, rows, sha256);
}

/** The digest of rows after these were added. */
export function addedDigest(
  digest: string,
  rows: Iterable<DigestedRecord>,
  sha256: Sha256,
): string {
  let sum = BigInt(`0x${digest}`);
  for (const row of rows) sum += hashOf(row, sha256);
  return written(sum);
}

function hashOf({ id, scope, version }: DigestedRecord, sha256: Sha256): bigint {
  return BigInt(`0x${sha256(`${id}\n${scope}\n${version}`)}`);
}

function written(sum: bigint): string {
  return (sum % MODULUS).toString(16).padStart(64, '0');
}
