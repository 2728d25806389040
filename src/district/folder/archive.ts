import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, deflateRawSync } from 'node:zlib';
import { scopeSchema } from '#shared/content/scope.ts';
import {
  DEFLATED,
  END_BYTES,
  LOCAL_BYTES,
  listOf,
  localHead,
  readEnd,
  readList,
  readLocal,
  STORED,
  TooManyFiles,
  type ZipEntry,
  ZipFault,
} from '../tables/zip-format.ts';

/** What an archive may hold: the disk, not the memory, has to take it. */
export interface ArchiveLimits {
  /** Bytes of all its files, unpacked. */
  readonly bytes: number;
  readonly files: number;
}

/** A file that goes into an archive: a text, or what lies at a path. */
export type Packed =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly path: string };

/** Bytes at the end of an archive in which its own end lies: programs may put a comment behind it. */
const TAIL_BYTES = 65_536 + END_BYTES;
/** Names, places and lengths of as many files as there may be take less. */
const LIST_BYTES = 4_000_000;
const NAME_CHARACTERS = 200;

/** Writes files as an archive to a path. Files on the disk, which are packed already, go in as they are. */
export async function writeArchive(path: string, files: readonly Packed[]): Promise<void> {
  const out = await open(path, 'w');
  try {
    const entries: Parameters<typeof listOf>[0][number][] = [];
    let local = 0;
    for (const file of files) {
      const { body, ...described } = await packed(file);
      const entry = { ...described, local };
      entries.push(entry);
      local += await append(out, [localHead(entry)]);
      local += await append(out, body);
    }
    await append(out, [listOf(entries, local)]);
  } finally {
    await out.close();
  }
}

/** How a file stands in an archive, and its bytes there. */
async function packed(file: Packed) {
  const { name } = file;
  if ('text' in file) {
    const content = Buffer.from(file.text);
    const body = deflateRawSync(content);
    const lengths = { packed: body.length, length: content.length };
    return { name, method: DEFLATED, crc: crc32(content), ...lengths, body: [body] };
  }
  let crc = 0;
  for await (const piece of createReadStream(file.path)) crc = crc32(piece as Buffer, crc);
  const { size } = await stat(file.path);
  const body = createReadStream(file.path);
  return { name, method: STORED, crc, packed: size, length: size, body };
}

async function append(out: FileHandle, pieces: Iterable<Buffer> | AsyncIterable<Buffer>) {
  let bytes = 0;
  for await (const piece of pieces) {
    await out.write(piece);
    bytes += piece.length;
  }
  return bytes;
}

/**
 * Unpacks an archive into an empty folder: never outside of it, no links, no more files and bytes than the limits say, whatever the
 * archive says of itself. A folder around everything, as programs that pack a folder make one, falls away, and so does what they put
 * beside it. `assertRoom` is told how many bytes there will be before the first is written. Throws `ZipFault`, and what `assertRoom` throws.
 */
export async function unpackArchive(
  path: string,
  folder: string,
  limits: ArchiveLimits,
  assertRoom: (bytes: number) => Promise<void> = async () => {},
): Promise<void> {
  const archive = await open(path, 'r');
  try {
    const entries = await readEntries(archive, limits.files);
    assertFits(entries, limits);
    await assertRoom(bytesOf(entries));
    const around = folderAround(entries);
    for (const entry of entries) {
      const to = join(folder, ...entry.name.slice(around.length).split('/'));
      await mkdir(dirname(to), { recursive: true });
      await unpack(archive, path, entry, to);
    }
  } catch (error) {
    if (error instanceof ZipFault || !isOfArchive(error)) throw error;
    throw new ZipFault('no sound archive', { cause: error });
  } finally {
    await archive.close();
  }
}

async function readEntries(archive: FileHandle, most: number): Promise<ZipEntry[]> {
  const { size } = await archive.stat();
  const { count, bytes, at } = readEnd(
    await piece(archive, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES)),
  );
  if (bytes > LIST_BYTES) throw new TooManyFiles();
  const entries = readList(await piece(archive, at, bytes), count).filter(isWanted);
  if (entries.length > most) throw new TooManyFiles();
  return entries;
}

async function piece(archive: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await archive.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead !== length) throw new ZipFault('cut off');
  return buffer;
}

/** Folders come with their files; a Mac lays files of its own beside everything. */
function isWanted({ name }: ZipEntry): boolean {
  const steps = name.split('/');
  return !name.endsWith('/') && steps[0] !== '__MACOSX' && !(steps.at(-1) ?? '').startsWith('.');
}

function assertFits(entries: readonly ZipEntry[], limits: ArchiveLimits): void {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size < entries.length) throw new ZipFault('a name stands twice');
  for (const { name, isLink, isEncrypted, method } of entries) {
    if (isLink || isEncrypted || ![STORED, DEFLATED].includes(method))
      throw new ZipFault('a link, or packed otherwise');
    if (!isPlain(name)) throw new ZipFault('a name that leads elsewhere');
  }
  if (bytesOf(entries) > limits.bytes) throw new ZipFault('too long');
}

function bytesOf(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, { length }) => sum + length, 0);
}

/** A path within the folder on every system: no step up, no drive, no letters that a system takes for something else. */
function isPlain(name: string): boolean {
  return (
    name.length <= NAME_CHARACTERS &&
    !/[\\:\p{Cc}]/u.test(name) &&
    name.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
  );
}

/** A place's own folder stays; what is around all places is the folder that somebody packed. */
function folderAround(entries: readonly ZipEntry[]): string {
  const tops = new Set(entries.map(({ name }) => name.split('/', 1)[0] ?? ''));
  const [top = ''] = tops;
  const isAround = tops.size === 1 && entries.some(({ name }) => name.split('/').length > 2);
  return isAround && !scopeSchema.safeParse(top).success && top !== 'media' ? `${top}/` : '';
}

/** Writes one file, and no byte more than the archive said that it has. */
async function unpack(
  archive: FileHandle,
  path: string,
  { local, packed, length, method, crc }: ZipEntry,
  to: string,
): Promise<void> {
  const start = local + LOCAL_BYTES + readLocal(await piece(archive, local, LOCAL_BYTES));
  let bytes = 0;
  let sum = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      if (bytes > length) done(new ZipFault('longer than it says'));
      else done(null, chunk);
    },
  });
  const out = createWriteStream(to, { flags: 'wx' });
  // A stream of no bytes has no last one.
  const from = packed === 0 ? [] : createReadStream(path, { start, end: start + packed - 1 });
  if (method === DEFLATED) await pipeline(from, createInflateRaw(), bounded, out);
  else await pipeline(from, bounded, out);
  if (bytes !== length || sum !== crc) throw new ZipFault('damaged');
}

/** What an archive is to blame for; a full disk is not its fault. */
function isOfArchive(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    error instanceof RangeError ||
    code === undefined ||
    /^(?:Z_|ERR_|EEXIST|ENOTDIR|EISDIR|ENAMETOOLONG)/.test(code)
  );
}
