import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { areSegmentsSound, lawFolder } from '../laws/law-segments.ts';
import type { StationLog } from '../log/station-log.ts';
import { isUnreadable } from './damage.ts';
import { NewerDatabaseError } from './migrate.ts';
import { closeDatabase, DamagedDatabaseError, openDatabase } from './open-database.ts';
import { salvageCache } from './salvage-cache.ts';
import type { WritableDb } from './sql.ts';

/**
 * Opens `cache.sqlite`, for who holds the lock of the data folder. A mark beside it is a reason to look closely, not to drop: what
 * SQLite can read whole is kept. In the place of a damaged one comes what could still be read of it, in that of a newer program's an
 * empty one; the caller fills it (invariant 2). The file itself stays as `cache.sqlite.damaged` until the next.
 */
export function openCacheDatabase(path: string, log: StationLog): WritableDb {
  try {
    const db = openDatabase(path, 'cache');
    if (isDoubtful(path)) lookClosely(db, path, log);
    return db;
  } catch (error) {
    const isDamaged = error instanceof DamagedDatabaseError || isUnreadable(error);
    if (!isDamaged && !(error instanceof NewerDatabaseError)) throw error;
    log.event('cache-dropped', { reason: error.name });
    replaceCache(path, isDamaged);
    return openDatabase(path, 'cache');
  }
}

/** The mark beside a cache that says to look at it: in the cache it would be in what cannot be trusted. */
function doubtMark(path: string): string {
  return `${path}.doubtful`;
}

/** Marks a cache that failed while it was read, for the next start. False when no mark can be written, as on a full disk. */
export function markDoubtful(path: string, reasons: Iterable<string>): boolean {
  try {
    writeFileSync(doubtMark(path), [...reasons].join(' '));
    return true;
  } catch {
    return false;
  }
}

/** Whether a host found that something in a cache cannot be read. */
export function isDoubtful(path: string): boolean {
  return existsSync(doubtMark(path));
}

/** Closes a cache as `closeDatabase` does; a damaged one without a word, because the next start sees to it. */
export function closeCache(db: WritableDb): void {
  try {
    closeDatabase(db);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
}

/** Keeps a cache that is sound. Its index is made anew from what it holds, its laws, if they are in doubt, from their folder. */
function lookClosely(db: WritableDb, path: string, log: StationLog): void {
  try {
    // The full check reads every page and compares the indexes, too.
    const verdict = db.read.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok') throw new DamagedDatabaseError(String(verdict));
    db.write.exec('delete from search_rules');
    const isOfLaws = readFileSync(doubtMark(path), 'utf8').includes('law-text');
    if (isOfLaws && areSegmentsSound(lawFolder(dirname(path))))
      db.write.exec('delete from law_segment');
    rmSync(doubtMark(path), { force: true });
    log.event('cache-sound-again');
  } catch (error) {
    db.write.close();
    throw error;
  }
}

const PARTS = ['-shm', '-wal', '-journal', ''] as const;

/** What takes the place is whole before anything moves; the log goes first, or it would be taken for that of the new file. */
function replaceCache(path: string, isDamaged: boolean): void {
  const [laid, aside] = [`${path}.salvaged`, `${path}.damaged`];
  for (const part of PARTS)
    for (const old of [laid, aside]) rmSync(`${old}${part}`, { force: true });
  const fresh = openDatabase(laid, 'cache');
  try {
    if (isDamaged) salvageCache(path, fresh);
  } finally {
    closeDatabase(fresh);
  }
  for (const part of PARTS)
    if (existsSync(`${path}${part}`)) renameSync(`${path}${part}`, `${aside}${part}`);
  renameSync(laid, path);
  // Last: a power cut in between looks once more.
  rmSync(doubtMark(path), { force: true });
}
