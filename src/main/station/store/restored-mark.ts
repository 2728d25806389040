import type Database from 'better-sqlite3';
import type { ReadableDb, WritableDb } from './sql.ts';

/** In the header of every copy of `station.sqlite`, never of the one that is in use: "copy" in ASCII. */
const COPY = 0x636f7079;

/** Marks a copy, so that a program which opens it as its own data knows that it lacks what came after. */
export function markCopy(database: Database.Database): void {
  database.pragma(`application_id = ${COPY}`);
}

/** Whether a database is a copy whose loss nobody has dealt with yet. */
export function isCopy({ read }: ReadableDb): boolean {
  return read.pragma('application_id', { simple: true }) === COPY;
}

/** The loss was dealt with; in the transaction that does it. */
export function clearCopyMark({ write }: WritableDb): void {
  write.pragma('application_id = 0');
}
