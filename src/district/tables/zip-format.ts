/** A file that is no archive, or one that is made to fill memory or disk. */
export class ZipFault extends Error {}

/** An archive of more files than it may have. */
export class TooManyFiles extends ZipFault {}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const ENTRY_BYTES = 46;
/** The end of an archive without a comment. */
export const END_BYTES = 22;
/** The head of a file within an archive, without its name. */
export const LOCAL_BYTES = 30;
export const STORED = 0;
export const DEFLATED = 8;
/** Names are UTF-8. */
const UTF8 = 0x800;
const ENCRYPTED = 1;
const LINK = 0o120_000;
const TYPE_OF_FILE = 0o170_000;

/** A file of an archive, as the archive's list describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** Bytes within the archive. */
  readonly packed: number;
  /** Bytes when unpacked, as the archive says. */
  readonly length: number;
  /** Where its own head stands. */
  readonly local: number;
  readonly isLink: boolean;
  readonly isEncrypted: boolean;
}

/** Where an archive's list of files is, by the archive's last bytes. Throws `ZipFault`. */
export function readEnd(tail: Buffer): { count: number; bytes: number; at: number } {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || tail.length < end + END_BYTES) throw new ZipFault('no end');
  return {
    count: tail.readUInt16LE(end + 10),
    bytes: tail.readUInt32LE(end + 12),
    at: tail.readUInt32LE(end + 16),
  };
}

/** The list of an archive's files. Throws `ZipFault`, or `RangeError` where it is cut off. */
export function readList(list: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (list.readUInt32LE(at) !== ENTRY) throw new ZipFault('no entry');
    const nameLength = list.readUInt16LE(at + 28);
    const mode = list.readUInt32LE(at + 38) >>> 16;
    entries.push({
      name: list.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
      method: list.readUInt16LE(at + 10),
      crc: list.readUInt32LE(at + 16),
      packed: list.readUInt32LE(at + 20),
      length: list.readUInt32LE(at + 24),
      local: list.readUInt32LE(at + 42),
      isLink: (mode & TYPE_OF_FILE) === LINK,
      isEncrypted: (list.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
    });
    at += ENTRY_BYTES + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  return entries;
}

/** How many bytes stand between the head of a file within an archive and its content. Throws `ZipFault`. */
export function readLocal(head: Buffer): number {
  if (head.readUInt32LE(0) !== LOCAL) throw new ZipFault('no local entry');
  return head.readUInt16LE(26) + head.readUInt16LE(28);
}

type Described = Omit<ZipEntry, 'isLink' | 'isEncrypted' | 'local'>;

/** The head of a file within an archive. */
export function localHead(entry: Described): Buffer {
  return Buffer.concat([word(LOCAL), common(entry), Buffer.from(entry.name)]);
}

/** The list of an archive's files, and its end; `at` is where the list begins. */
export function listOf(entries: readonly (Described & { local: number })[], at: number): Buffer {
  const list = Buffer.concat(
    entries.flatMap((entry) => {
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(entry.local, 10);
      return [word(ENTRY), Buffer.from([20, 0]), common(entry), tail, Buffer.from(entry.name)];
    }),
  );
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([list, end]);
}

function common({ name, method, crc, packed, length }: Described): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(UTF8, 2);
  bytes.writeUInt16LE(method, 4);
  // 1980-01-01: archives have no day before.
  bytes.writeUInt16LE(0x21, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(length, 18);
  bytes.writeUInt16LE(Buffer.byteLength(name), 22);
  return bytes;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
