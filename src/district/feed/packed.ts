import { constants, zstdCompressSync } from 'node:zlib';

/** What is small is packed as tightly as can be: every terminal of the district fetches each delta. */
const TIGHTLY_PACKED_CHARACTERS = 1_000_000;

/** A segment as it is sent. */
export function packed(text: string): Buffer {
  const level = text.length <= TIGHTLY_PACKED_CHARACTERS ? 19 : 12;
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}
