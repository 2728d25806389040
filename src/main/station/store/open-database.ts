import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isDamage } from './damage.ts';
import { isDiskFull } from './disk-full.ts';
import { assertKnownVersion, migrate, migrationsIn } from './migrate.ts';
import type { WritableDb } from './sql.ts';

/** Beside this file in the sources, beside the program when built. */
const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** Older SQLite can lose a committed write when a WAL is reset (sync-and-search.md, "Traps"). */
const OLDEST_SQLITE = [3, 51, 3] as const;

export type DatabaseName = 'cache' | 'station';

/** The version of a database that this program writes. */
export function knownVersion(name: DatabaseName): number {
  return migrationsIn(`${MIGRATIONS}/${name}`).length;
}

/** The file is not a sound database. */
export class DamagedDatabaseError extends Error {}

/**
 * Opens a database, proves it sound and migrates it. `station` is flushed to disk at every commit (invariant 2), `cache`
 * may lose its last moments in a power cut, because it can be made again.
 * Throws `DamagedDatabaseError`, `NewerDatabaseError`, or SQLite's own error (disk full, no permission).
 */
export function openDatabase(
  path: string,
  name: DatabaseName,
  migrations = MIGRATIONS,
): WritableDb {
  const database = new Database(path, { timeout: 5000 });
  try {
    assertSqliteVersion(database);
    proveSound(database);
    assertKnownVersion(database, `${migrations}/${name}`);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${name === 'station' ? 'FULL' : 'NORMAL'}`);
    database.pragma('foreign_keys = ON');
    migrate(database, `${migrations}/${name}`);
    return { read: database, write: database };
  } catch (error) {
    database.close();
    throw isDamage(error) || error instanceof DamagedDatabaseError
      ? new DamagedDatabaseError(path, { cause: error })
      : error;
  }
}

/**
 * Closes a database after folding its write-ahead log into the file. On a full disk the log stays beside the file; the
 * next start reads both, so nothing is lost.
 */
export function closeDatabase(db: WritableDb): void {
  try {
    db.write.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  } finally {
    db.write.close();
  }
}

function proveSound(database: Database.Database): void {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new DamagedDatabaseError(String(verdict));
}

function assertSqliteVersion(database: Database.Database): void {
  const version = String(database.prepare('select sqlite_version()').pluck().get());
  const numbers = version.split('.').map(Number);
  const at = OLDEST_SQLITE.findIndex((wanted, index) => numbers[index] !== wanted);
  if (at >= 0 && (numbers[at] ?? 0) < (OLDEST_SQLITE[at] ?? 0))
    throw new Error(`SQLite ${version} is too old`);
}
