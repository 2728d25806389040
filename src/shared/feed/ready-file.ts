/**
 * The ready-made file of a base segment (docs/protocol.md, 2.5): the same records as an SQLite database, so that a terminal
 * that begins copies them instead of taking each one apart. Whoever changes anything here counts `READY_VERSION` up; terminals
 * that do not know it take the segments.
 */
export const READY_VERSION = 1;

/** What a ready-made file says of itself in the head of its database: "LKfb". */
export const READY_APPLICATION = 0x4c_4b_66_62;

/** Large pages: a record of a few hundred bytes wastes little of them, and one of megabytes needs few. */
export const READY_PAGE_BYTES = 65_536;

/**
 * All that a ready-made file may hold, letter by letter: the records' texts, numbered from 1. What else a terminal keeps of a
 * record it reads out of the text, so that nothing in the file can say something else.
 */
export const READY_TABLE = 'CREATE TABLE record (envelope TEXT NOT NULL) STRICT';

/** Of so many parts a base has ready-made files: SQLite opens no more than ten databases beside each other. */
export const READY_PARTS = 8;

/** The target that holds a base segment's records ready-made. */
export function readyPath(segmentPath: string): string {
  return segmentPath.replace(/\.ndjson\.zst$/, '.sqlite.zst');
}
