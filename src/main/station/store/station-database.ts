import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { StationLog } from '../log/station-log.ts';
import { StartError } from '../start-error.ts';
import { copyFile, renameFlushed } from './flushed-files.ts';
import { NewerDatabaseError } from './migrate.ts';
import { closeDatabase, DamagedDatabaseError, openDatabase } from './open-database.ts';
import { markCopy } from './restored-mark.ts';
import type { WritableDb } from './sql.ts';

/** How many backups stay: the last clean closes and nights. */
const BACKUPS_KEPT = 7;
const BACKUP_NAME = /^station-\d{13}\.sqlite$/;

/**
 * Opens `station.sqlite`, which exists only here and is never deleted by the program. Of a damaged or lost one the newest sound
 * backup takes the place; a damaged file is moved aside (invariant 2). Throws `StartError` for a database from a newer program.
 */
export function openStationDatabase(path: string, now: number, log: StationLog): WritableDb {
  try {
    return openOrRecover(path, now, log);
  } catch (error) {
    if (!(error instanceof NewerDatabaseError)) throw error;
    throw new StartError(
      'newer-database',
      `数据文件 ${basename(path)} 是更新版本的程序写的，请安装新版本后再启动；数据没有改动。`,
      { cause: error },
    );
  }
}

function openOrRecover(path: string, now: number, log: StationLog): WritableDb {
  try {
    assertNotLost(path);
    return openDatabase(path, 'station');
  } catch (error) {
    if (!(error instanceof DamagedDatabaseError)) throw error;
    // The order is what makes a power cut or a full disk harmless: what takes the place is whole on the disk before anything moves.
    const laid = layRecovered(path, log);
    moveAside(path, now, log);
    renameFlushed(laid, path);
    return openDatabase(path, 'station');
  }
}

/** SQLite makes a database where there is none, and takes an empty file for one: beside backups that is a loss, no first start. */
function assertNotLost(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const isFirstStart =
    backupsOf(path).length === 0 &&
    !readdirSync(dirname(path)).some((name) => name.startsWith(`${basename(path)}.damaged-`));
  if (!isFirstStart) throw new DamagedDatabaseError(`${path} is gone`);
}

/** Lays the newest sound backup, or an empty database when none is, beside the place, marked as a copy; its path. */
function layRecovered(path: string, log: StationLog): string {
  const laid = `${path}.restoring`;
  removeDatabase(laid);
  const from = backupsOf(path).find((backup) => isLaid(backup, laid));
  if (from === undefined) {
    prove(laid);
    log.event('station-database-empty', {});
  } else log.event('station-database-restored', { from: basename(from) });
  return laid;
}

/** Whether a backup is sound, now that it lies there. A disk without room for it leaves nothing and throws. */
function isLaid(backup: string, laid: string): boolean {
  try {
    copyFile(backup, laid);
    prove(laid);
    return true;
  } catch (error) {
    removeDatabase(laid);
    if (error instanceof DamagedDatabaseError) return false;
    throw error;
  }
}

function prove(path: string): void {
  const db = openDatabase(path, 'station');
  try {
    markCopy(db.write);
  } finally {
    closeDatabase(db);
  }
}

const PARTS = ['', '-wal', '-shm'] as const;

function removeDatabase(path: string): void {
  for (const part of PARTS) rmSync(`${path}${part}`, { force: true });
}

function moveAside(path: string, now: number, log: StationLog): void {
  const there = PARTS.filter((part) => existsSync(`${path}${part}`));
  for (const part of there) renameFlushed(`${path}${part}`, `${path}.damaged-${now}${part}`);
  if (there.length === 0) log.event('station-database-missing', {});
  else log.event('station-database-damaged', { kept: `${basename(path)}.damaged-${now}` });
}

/**
 * Later than any other, whatever the clock says: after days with a clock that ran ahead, new backups must not count as the
 * oldest and be removed.
 */
function backupName(path: string, now: number): string {
  return `station-${String(Math.max(now, (lastBackupAt(path) ?? 0) + 1)).padStart(13, '0')}.sqlite`;
}

/** When the newest backup was made, by its name; epoch milliseconds. */
export function lastBackupAt(path: string): number | undefined {
  const [newest] = backupsOf(path);
  return newest === undefined ? undefined : Number(/\d{13}/.exec(basename(newest))?.[0]);
}

/**
 * Writes a backup beside the database and removes the oldest beyond the number kept. Safe while the database is in use. One
 * that cannot be finished leaves nothing behind; an old one that cannot be removed is left to the next time.
 */
export async function backUpStation(db: WritableDb, path: string, now: number): Promise<void> {
  const target = join(dirname(path), backupName(path, now));
  const unfinished = `${target}.part`;
  try {
    await db.write.backup(unfinished);
    markFile(unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    removeIfPossible(unfinished);
    throw error;
  }
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) removeIfPossible(old);
}

function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // the disk does not let it go; what was written counts all the same
  }
}

/** Marks a copy that nobody has open, as one file without a log beside it. */
export function markFile(path: string): void {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = DELETE');
    markCopy(database);
  } finally {
    database.close();
  }
}

/** Backups beside a database, newest first. */
export function backupsOf(path: string): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => BACKUP_NAME.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}
