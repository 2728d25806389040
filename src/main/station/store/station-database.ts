import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { StationLog } from '../log/station-log.ts';
import { StartError } from '../start-error.ts';
import { NewerDatabaseError } from './migrate.ts';
import { DamagedDatabaseError, openDatabase } from './open-database.ts';
import { markCopy } from './restored-mark.ts';
import type { WritableDb } from './sql.ts';

/** How many backups stay: the last clean closes and nights. */
const BACKUPS_KEPT = 7;
const BACKUP_NAME = /^station-\d{13}\.sqlite$/;

/**
 * Opens `station.sqlite`, which exists only here and is never deleted by the program. A damaged file is moved aside and
 * the newest sound backup takes its place (invariant 2). Throws `StartError` for a database from a newer program.
 */
export function openStationDatabase(path: string, now: number, log: StationLog): WritableDb {
  try {
    return openDatabase(path, 'station');
  } catch (error) {
    if (error instanceof NewerDatabaseError) {
      throw new StartError(
        'newer-database',
        `数据文件 ${basename(path)} 是更新版本的程序写的，请安装新版本后再启动；数据没有改动。`,
        { cause: error },
      );
    }
    if (!(error instanceof DamagedDatabaseError)) throw error;
    moveAside(path, now, log);
    const db = restoreNewest(path, log) ?? openDatabase(path, 'station');
    markCopy(db.write);
    return db;
  }
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

function moveAside(path: string, now: number, log: StationLog): void {
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${path}${suffix}`))
      renameSync(`${path}${suffix}`, `${path}.damaged-${now}${suffix}`);
  }
  log.event('station-database-damaged', { kept: `station.sqlite.damaged-${now}` });
}

function restoreNewest(path: string, log: StationLog): WritableDb | undefined {
  for (const backup of backupsOf(path)) {
    copyFileSync(backup, path);
    try {
      const db = openDatabase(path, 'station');
      log.event('station-database-restored', { from: basename(backup) });
      return db;
    } catch (error) {
      if (!(error instanceof DamagedDatabaseError)) throw error;
      rmSync(path);
    }
  }
  log.event('station-database-empty', {});
  return undefined;
}
