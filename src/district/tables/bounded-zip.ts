import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file that is no archive, or one that is made to fill the memory. */
export class ZipFault extends Error {}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const MOST_FILES = 200;

/**
 * The files of an archive by name, which together are no longer than `limit` bytes, whatever the archive says of itself. Throws
 * `ZipFault`.
 */
export function unzip(bytes: Buffer, limit: number): Map<string, Buffer> {
  try {
    return readEntries(bytes, limit);
  } catch (error) {
    throw new ZipFault('no sound archive', { cause: error });
  }
}

function readEntries(bytes: Buffer, limit: number): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new ZipFault('no end');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_FILES) throw new ZipFault('too many files');
  const files = new Map<string, Buffer>();
  let left = limit;
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new ZipFault('no entry');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const content = readEntry(bytes, at, left);
    left -= content.length;
    if (!name.endsWith('/')) files.set(name, content);
    at += ENTRY_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function readEntry(bytes: Buffer, at: number, limit: number): Buffer {
  const method = bytes.readUInt16LE(at + 10);
  const length = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  if (bytes.readUInt32LE(local) !== LOCAL) throw new ZipFault('no local entry');
  const start =
    local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + length);
  if (packed.length !== length) throw new ZipFault('cut off');
  if (method === STORED && length <= limit) return packed;
  if (method !== DEFLATED || limit <= 0) throw new ZipFault('too long, or packed otherwise');
  return inflateRawSync(packed, { maxOutputLength: limit });
}

/** Files as an archive. */
export function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // Names are UTF-8.
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(DEFLATED, 4);
    // 1980-01-01: archives have no day before.
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    bodies.push(word(LOCAL), common, nameBytes, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(word(ENTRY), Buffer.from([20, 0]), common, tail, nameBytes);
    offset += LOCAL_BYTES + nameBytes.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
