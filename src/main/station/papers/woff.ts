import { inflateSync } from 'node:zlib';

const WOFF_SIGNATURE = 0x774f4646;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/**
 * Unpacks a WOFF 1.0 font (https://www.w3.org/TR/WOFF/) into the plain TrueType file inside it. fontkit reads WOFF too,
 * but inflates a table anew at every access, which takes seconds for a Chinese font.
 */
export function sfntFromWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== WOFF_SIGNATURE) throw new TypeError('not a WOFF font');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) =>
    tableAt(woff, WOFF_HEADER + at * WOFF_ENTRY),
  );
  const head = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  writeHeader(head, woff.readUInt32BE(4), count);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [at, table] of tables.entries()) {
    const entry = SFNT_HEADER + at * SFNT_ENTRY;
    head.writeUInt32BE(table.tag, entry);
    head.writeUInt32BE(table.checksum, entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(table.data.length, entry + 12);
    const padded = Math.ceil(table.data.length / 4) * 4;
    parts.push(table.data, Buffer.alloc(padded - table.data.length));
    offset += padded;
  }
  return Buffer.concat(parts);
}

function tableAt(woff: Buffer, entry: number): { tag: number; checksum: number; data: Buffer } {
  const offset = woff.readUInt32BE(entry + 4);
  const packedLength = woff.readUInt32BE(entry + 8);
  const length = woff.readUInt32BE(entry + 12);
  const packed = woff.subarray(offset, offset + packedLength);
  return {
    tag: woff.readUInt32BE(entry),
    checksum: woff.readUInt32BE(entry + 16),
    data: packedLength < length ? inflateSync(packed) : packed,
  };
}

/** The header's search fields are powers of two of the number of tables, as the OpenType specification defines them. */
function writeHeader(head: Buffer, flavor: number, count: number): void {
  const selector = Math.floor(Math.log2(count));
  const range = 2 ** selector * SFNT_ENTRY;
  head.writeUInt32BE(flavor, 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(range, 6);
  head.writeUInt16BE(selector, 8);
  head.writeUInt16BE(count * SFNT_ENTRY - range, 10);
}
