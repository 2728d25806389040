import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { StationLog } from '../log/station-log.ts';
import { isUnreadable } from './damage.ts';
import { NewerDatabaseError } from './migrate.ts';
import { closeDatabase, DamagedDatabaseError, openDatabase } from './open-database.ts';
import type { WritableDb } from './sql.ts';

/**
 * Opens `cache.sqlite`. It only holds what can be had again, so a damaged or foreign one is thrown away and an empty one
 * takes its place; the caller fills it (invariant 2).
 */
export function openCacheDatabase(path: string, log: StationLog): WritableDb {
  try {
    return openDatabase(path, 'cache');
  } catch (error) {
    const isLost =
      error instanceof DamagedDatabaseError ||
      error instanceof NewerDatabaseError ||
      isUnreadable(error);
    if (!isLost) throw error;
    dropCache(path, log, error instanceof Error ? error.name : 'unknown');
    return openDatabase(path, 'cache');
  }
}

/** The mark beside a cache that says to make it anew: in the cache it would be in what cannot be trusted. */
function doubtMark(path: string): string {
  return `${path}.doubtful`;
}

/** Marks a cache that failed while it was read, for the next start. On a full disk there is no mark; the start looks anyway. */
export function markDoubtful(path: string, reason: string): void {
  try {
    writeFileSync(doubtMark(path), reason);
  } catch {
    // nothing can be written: what is damaged beyond reading is found at the start all the same
  }
}

/** Whether a host found that a cache cannot be read. */
export function isDoubtful(path: string): boolean {
  return existsSync(doubtMark(path));
}

/** Drops a cache that was marked. For who holds the lock of the data folder: nobody else may have it open. */
export function dropDoubtful(path: string, log: StationLog): void {
  if (!isDoubtful(path)) return;
  dropCache(path, log, 'doubtful');
  // Last: a power cut in between drops once more.
  rmSync(doubtMark(path), { force: true });
}

/** Closes a cache as `closeDatabase` does; a damaged one without a word, because it is made anew. */
export function closeCache(db: WritableDb): void {
  try {
    closeDatabase(db);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
}

function dropCache(path: string, log: StationLog, reason: string): void {
  log.event('cache-dropped', { reason });
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(`${path}${suffix}`, { force: true });
}
