import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';

/** A file of law text as it was handed in; `path` is relative to the folder that was imported, with `/`. */
export interface LawFile {
  readonly path: string;
  readonly text: string;
}

/** A segment that cannot be read any more, on a damaged disk say; importing again replaces it. */
export class DamagedSegmentError extends Error {}

/** `ndjson` is how earlier programs wrote one: a line of JSON for each file. */
const NAME = /^\d{6}-[0-9a-f]{16}\.(?:texts|ndjson)\.zst$/;
const lineSchema = z.object({ path: z.string(), text: z.string() });
const headSchema = z.object({ path: z.string(), bytes: z.int().nonnegative() });

/** The folder of a data folder in which imported law texts live. */
export function lawFolder(dataDir: string): string {
  return join(dataDir, 'laws');
}

/** A fast one: a tenth more bytes for half the time. */
const LEVEL = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Names of the segments, oldest first. */
export function segmentNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();
}

/** Whether all texts could be read anew from a folder, which takes seconds for all of the country's. */
export function areSegmentsSound(folder: string): boolean {
  try {
    for (const name of segmentNames(folder)) readSegment(folder, name);
    return true;
  } catch (error) {
    if (error instanceof DamagedSegmentError) return false;
    throw error;
  }
}

/** Files of a segment. Throws `DamagedSegmentError` when it is not what was written. */
export function readSegment(folder: string, name: string): LawFile[] {
  try {
    const packed = readFileSync(join(folder, name));
    if (hashOf(packed) !== name.slice(7, 23)) throw new DamagedSegmentError(name);
    const unpacked = zstdDecompressSync(packed);
    return name.endsWith('.texts.zst') ? filesIn(unpacked) : filesInLines(unpacked);
  } catch (error) {
    if (error instanceof DamagedSegmentError) throw error;
    throw new DamagedSegmentError(name, { cause: error });
  }
}

/** The line before a file's text in a segment; the text follows in UTF-8, and behind it the next file's line. */
export function headOf(path: string, bytes: number): Buffer {
  return Buffer.from(`${JSON.stringify({ path, bytes })}\n`);
}

function filesIn(unpacked: Buffer): LawFile[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const files: LawFile[] = [];
  for (let at = 0; at < unpacked.length; ) {
    const start = unpacked.indexOf('\n', at) + 1;
    const { path, bytes } = headSchema.parse(JSON.parse(unpacked.toString('utf8', at, start)));
    at = start + bytes;
    files.push({ path, text: decoder.decode(unpacked.subarray(start, at)) });
  }
  return files;
}

function filesInLines(unpacked: Buffer): LawFile[] {
  return unpacked
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

const compress = promisify(zstdCompress);

/** The number of the next segment. */
export function nextSegment(folder: string): number {
  return Number(segmentNames(folder).at(-1)?.slice(0, 6) ?? 0) + 1;
}

/**
 * Writes files, each behind its `headOf`, as a segment: whole or not at all, and on disk before its name appears, so that a
 * cut of power at any moment leaves only whole segments. Returns its name. The work is done beside the caller's.
 */
export async function writeSegment(folder: string, number: number, files: Buffer): Promise<string> {
  // Room for all of it at once: otherwise it is handed out in small pieces, and each waits for the program's next turn.
  const chunkSize = files.length + CHUNK_SPARE;
  const packed = await compress(files, { params: LEVEL, chunkSize });
  const name = `${String(number).padStart(6, '0')}-${hashOf(packed)}.texts.zst`;
  const unfinished = join(folder, `${name}.part`);
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(packed);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  return name;
}

const CHUNK_SPARE = 65_536;

/** Keeps a damaged segment under a name that is not read, so that its texts can be imported again. */
export function setSegmentAside(folder: string, name: string): void {
  renameSync(join(folder, name), join(folder, `${name}.damaged`));
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
