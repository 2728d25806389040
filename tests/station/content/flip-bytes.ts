import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';

/** A text somewhere in a file, and what the disk gives back in its place, of the same length. */
export interface Flip {
  readonly from: string;
  readonly to: string;
}

/**
 * Damages a closed database as a disk does, beneath SQLite: every place where a text stands in the file. The pages stay in order.
 * Throws when the text is nowhere, or its replacement longer or shorter.
 */
export function flipBytes(path: string, { from, to }: Flip): void {
  const database = new Database(path);
  database.pragma('journal_mode = DELETE');
  database.close();
  const file = readFileSync(path);
  const [old, put] = [Buffer.from(from), Buffer.from(to)];
  if (old.length !== put.length) throw new Error('a flip keeps the length');
  if (!file.includes(old)) throw new Error(`${from} is not in the file`);
  for (let at = file.indexOf(old); at >= 0; at = file.indexOf(old, at + 1)) put.copy(file, at);
  writeFileSync(path, file);
}
