import { constants, zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { readRow } from '#shared/feed/feed-row.ts';
import {
  READY_APPLICATION,
  READY_PAGE_BYTES,
  READY_TABLE,
  READY_VERSION,
} from '#shared/feed/ready-file.ts';
import type { SegmentText } from './division-log.ts';

/** Nearly as tight as segments in a third of the time: such files are fetched once in a terminal's life. */
const PACKING = { [constants.ZSTD_c_compressionLevel]: 9 };

/**
 * Packs a base segment's records as a ready-made file; undefined when it would exceed a limit, so that terminals take the segment.
 * The same segment gives the same bytes.
 */
export function readyFile(segment: SegmentText, division: string): Buffer | undefined {
  const database = readyDatabase(segment, division);
  if (database.length > FEED_LIMITS.segmentBytes) return undefined;
  const file = zstdCompressSync(database, { params: PACKING });
  return file.length > FEED_LIMITS.packedBytes ? undefined : file;
}

/** As a terminal would keep them. Should a row not be readable, terminals see by the number that the file lacks it. */
function recordTexts({ text }: SegmentText, division: string): string[] {
  return text
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const row = readRow(line, division);
      return row?.op === 'put' ? [JSON.stringify(row.record)] : [];
    });
}

/** The same before it is packed. */
export function readyDatabase(segment: SegmentText, division: string): Buffer {
  const database = new Database(':memory:');
  try {
    database.pragma(`page_size = ${READY_PAGE_BYTES}`);
    database.pragma(`application_id = ${READY_APPLICATION}`);
    database.pragma(`user_version = ${READY_VERSION}`);
    database.exec(READY_TABLE);
    const insert = database.prepare('insert into record (envelope) values (?)');
    database.transaction(() => {
      for (const text of recordTexts(segment, division)) insert.run(text);
    })();
    return database.serialize();
  } finally {
    database.close();
  }
}
