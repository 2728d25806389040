import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  DEFLATED,
  LOCAL_BYTES,
  listOf,
  localHead,
  readEnd,
  readList,
  readLocal,
  STORED,
  type ZipEntry,
  ZipFault,
} from './zip-format.ts';

const MOST_FILES = 200;

/**
 * The files of a small archive by name, which together are no longer than `limit` bytes, whatever the archive says of itself. Throws
 * `ZipFault`.
 */
export function unzip(bytes: Buffer, limit: number): Map<string, Buffer> {
  try {
    const { count, at } = readEnd(bytes);
    if (count > MOST_FILES) throw new ZipFault('too many files');
    const files = new Map<string, Buffer>();
    let left = limit;
    for (const entry of readList(bytes.subarray(at), count)) {
      const content = readEntry(bytes, entry, left);
      left -= content.length;
      if (!entry.name.endsWith('/')) files.set(entry.name, content);
    }
    return files;
  } catch (error) {
    throw new ZipFault('no sound archive', { cause: error });
  }
}

function readEntry(bytes: Buffer, { local, packed, method }: ZipEntry, limit: number): Buffer {
  const start = local + LOCAL_BYTES + readLocal(bytes.subarray(local));
  const content = bytes.subarray(start, start + packed);
  if (content.length !== packed) throw new ZipFault('cut off');
  if (method === STORED && packed <= limit) return content;
  if (method !== DEFLATED || limit <= 0) throw new ZipFault('too long, or packed otherwise');
  return inflateRawSync(content, { maxOutputLength: limit });
}

/** Files as an archive. */
export function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Parameters<typeof listOf>[0][number][] = [];
  let local = 0;
  for (const [name, content] of files) {
    const body = deflateRawSync(content);
    const entry = { name, method: DEFLATED, crc: crc32(content), packed: body.length };
    const described = { ...entry, length: content.length, local };
    const head = localHead(described);
    bodies.push(head, body);
    entries.push(described);
    local += head.length + body.length;
  }
  return Buffer.concat([...bodies, listOf(entries, local)]);
}
