import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate as otherWork } from 'node:timers/promises';
import { createZstdDecompress } from 'node:zlib';
import Database from 'better-sqlite3';
import type { FeedSegment } from '#shared/feed/feed-index.ts';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { readRecord } from '#shared/feed/feed-row.ts';
import { READY_APPLICATION, READY_TABLE, READY_VERSION } from '#shared/feed/ready-file.ts';
import { FeedRefusal } from './feed-refusal.ts';

const PIECE_BYTES = 1_000_000;

/** So many records are read at a time: some milliseconds, after which the host answers whoever asks meanwhile. */
const AT_A_TIME = 500;

/**
 * Unpacks the ready-made file of a base segment, which lies at `packed`, into `file` and proves it: it is bounded, sound, holds the one table and nothing
 * else, and each text is just what this program would write of a sound record of the division. Throws `FeedRefusal`.
 */
export async function layOutReadyFile(
  packed: string,
  { path, rows }: FeedSegment,
  division: string,
  file: string,
): Promise<void> {
  try {
    // In pieces, and not in memory as a whole: it is the largest thing that a terminal ever fetches.
    await pipeline(
      createReadStream(packed),
      createZstdDecompress({ chunkSize: PIECE_BYTES }),
      withinLimit,
      createWriteStream(file),
    );
    await assertQuiet(file);
    await proveFile(file, rows, division);
  } catch (error) {
    throw new FeedRefusal('unreadable', `no ready-made file for ${path}`, { cause: error });
  }
}

/** Where the head of a database says how it is written and read; 1 is without a log beside it (SQLite's file format, 1.3). */
const WAYS_OF_WRITING = [18, 19];
const HEAD_BYTES = 100;

/** A file in WAL mode would be written to as soon as it is opened. */
async function assertQuiet(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (WAYS_OF_WRITING.some((at) => buffer[at] !== 1)) throw new Error('not at rest');
  } finally {
    await file.close();
  }
}

async function* withinLimit(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > FEED_LIMITS.segmentBytes) throw new Error('more than is allowed');
    yield piece;
  }
}

async function proveFile(file: string, rows: number, division: string): Promise<void> {
  const database = new Database(file, { readonly: true });
  try {
    proveShape(database, rows);
    const texts = database
      .prepare<[number, number], Buffer | null>(
        'select cast(group_concat(envelope, char(10)) as blob) from record where rowid between ? and ?',
      )
      .pluck();
    for (let at = 1; at <= rows; at += AT_A_TIME) {
      const last = Math.min(at + AT_A_TIME - 1, rows);
      proveTexts(texts.get(at, last), last - at + 1, division);
      await otherWork();
    }
  } finally {
    database.close();
  }
}

function proveShape(database: Database.Database, rows: number): void {
  database.pragma('trusted_schema = off');
  database.pragma('cell_size_check = on');
  const said = {
    application: database.pragma('application_id', { simple: true }),
    version: database.pragma('user_version', { simple: true }),
    encoding: database.pragma('encoding', { simple: true }),
    schema: database.prepare('select name, sql from sqlite_schema').raw().all(),
    check: database.pragma('quick_check(1)', { simple: true }),
    rows: database.prepare('select count(*), min(rowid), max(rowid) from record').raw().get(),
  };
  const wanted = {
    application: READY_APPLICATION,
    version: READY_VERSION,
    encoding: 'UTF-8',
    schema: [['record', READY_TABLE]],
    check: 'ok',
    rows: rows === 0 ? [0, null, null] : [rows, 1, rows],
  };
  if (JSON.stringify(said) !== JSON.stringify(wanted)) throw new Error('not of this protocol');
}

/** A text that this program would write otherwise is of another version of it; a line end within one shows in their number. */
function proveTexts(bytes: Buffer | null | undefined, count: number, division: string): void {
  const texts = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    .decode(bytes ?? Buffer.from(''))
    .split('\n');
  if (texts.length !== count) throw new Error('not one record a row');
  for (const text of texts) {
    const record = readRecord(text, division);
    if (record === undefined || JSON.stringify(record) !== text)
      throw new Error('not the text of a record');
  }
}
