import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamage } from '../store/damage.ts';
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
    return { path, db: undefined, trouble: isDamage(error) ? 'damaged' : 'unreadable' };
  }
}
