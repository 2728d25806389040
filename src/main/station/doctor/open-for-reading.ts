import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { ExaminedDatabase } from './check.ts';

/** Opens a database that is never written. */
export function openForReading(path: string): ExaminedDatabase {
  if (!existsSync(path)) return { path, db: undefined, trouble: 'missing' };
  let read: Database.Database | undefined;
  try {
    read = new Database(path, { readonly: true, timeout: 5000 });
    // The first question shows whether it is a database at all.
    read.pragma('user_version');
    return { path, db: { read } };
  } catch (error) {
    read?.close();
    const isDamage =
      error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code);
    return { path, db: undefined, trouble: isDamage ? 'damaged' : 'unreadable' };
  }
}
