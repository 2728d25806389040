import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { BackupError } from '../backup/backup-file.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { lockedFolder } from '../backup/restore-backup.ts';
import { readLanSettings } from '../lan/lan-settings.ts';
import { writeAudit } from '../store/audit.ts';
import { copyFile, flushFolder, measure, writeWhole } from '../store/flushed-files.ts';
import { readSetting } from '../store/settings.ts';
import { markFile } from '../store/station-database.ts';
import { asOwnerOf } from './as-owner-of.ts';
import { explanation } from './explanation.ts';
import { type BeforeStep, isMoveUnfinished } from './journal.ts';
import {
  BACKUP,
  CACHE,
  EXPLANATION,
  MANIFEST,
  MOVE_FORMAT,
  MOVED_FILES,
  MOVED_FOLDERS,
  type MovedFile,
  MoveError,
  type MoveManifest,
  moveIdIn,
  moveManifestSchema,
  SEAL,
  USED,
} from './move-package.ts';
import { markMoved, movedMark, unmarkMoved } from './moved-mark.ts';
import { filesAt, profileName, type SettingsPlace, settingsParts } from './settings-parts.ts';

/** What moves, and where to. */
export interface MoveOutOrder extends SettingsPlace {
  readonly dataDir: string;
  /** The folder to be made on the stick. */
  readonly folder: string;
  /** The deployment that the terminal runs with. */
  readonly profileDir: string | undefined;
  readonly programVersion: string;
  readonly now: number;
  /** How commands are called here, for the explanation. */
  readonly call: string;
  /** Options by which the new computer finds its data folder, for the explanation. */
  readonly where: readonly string[];
  /** Addresses of this computer, for the explanation. */
  readonly addresses: readonly string[];
  /** Options of `provision` that were given here. */
  readonly provision: readonly string[];
  readonly beforeStep?: BeforeStep | undefined;
}

export interface MovedOut {
  readonly manifest: MoveManifest;
  /** Files outside of data folder and settings that this terminal uses: they are taken along by hand. */
  readonly byHand: readonly string[];
}

/**
 * Writes a terminal into one folder and takes it out of service here, in this order: all files, the mark by which nothing starts
 * here any more, the seal without which the folder is worth nothing. So there is never a moment at which both would work. Throws
 * `MoveError`, or the disk's own error; then nothing has changed here and the folder is gone.
 */
export async function moveOut(order: MoveOutOrder): Promise<MovedOut> {
  const { dataDir, folder, now, beforeStep = () => {} } = order;
  const lock = await locked(dataDir);
  try {
    if (movedMark(dataDir) !== undefined) throw new MoveError('moved-before');
    if (isMoveUnfinished(dataDir)) throw new MoveError('unfinished');
    mkdirSync(folder, { mode: 0o700 });
    let isMarked = false;
    try {
      await asOwnerOf(dataDir, () => note(dataDir, now, 'move-out-begun', basename(folder)));
      const { manifest, byHand } = await writeFolder(order);
      beforeStep();
      isMarked = true;
      await asOwnerOf(dataDir, () => markMoved(dataDir, { id: manifest.id, at: now }));
      beforeStep();
      writeWhole(join(folder, SEAL), `${measure(join(folder, MANIFEST)).sha256}\n`);
      return { manifest, byHand };
    } catch (error) {
      const isGone = isRemoved(folder);
      // The seal may have reached a stick that was pulled out: then this one stays out of service until somebody looks.
      if (isMarked && !isGone) throw new MoveError('unsure', folder, { cause: error });
      if (isMarked) await asOwnerOf(dataDir, () => unmarkMoved(dataDir));
      throw error;
    }
  } finally {
    lock.release();
  }
}

/** A folder that is not to be seen is not removed: it went with its stick. */
function isRemoved(folder: string): boolean {
  try {
    const wasThere = existsSync(join(folder, MANIFEST));
    rmSync(folder, { recursive: true, force: true });
    flushFolder(dirname(folder));
    return wasThere && !existsSync(folder);
  } catch {
    return false;
  }
}

async function locked(dataDir: string) {
  try {
    return await asOwnerOf(dataDir, () => lockedFolder(dataDir));
  } catch (error) {
    throw error instanceof BackupError && error.flaw === 'running'
      ? new MoveError('running', '', { cause: error })
      : error;
  }
}

async function writeFolder(order: MoveOutOrder): Promise<MovedOut> {
  const { dataDir, folder, programVersion, now, profileDir } = order;
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  const path = (name: string) => join(folder, name);
  const { databaseVersion, counts } = await makeBackup({
    ...{ dataDir, programVersion, now },
    file: path(BACKUP),
  });
  const files: MovedFile[] = [{ name: BACKUP, ...measure(path(BACKUP)), modifiedAt: now }];
  if (await copyCache(join(dataDir, 'cache.sqlite'), path(CACHE)))
    files.push({ name: CACHE, ...measure(path(CACHE)), modifiedAt: now });
  const parts = settingsParts(order, profileDir);
  for (const { name, path: from } of [...dataFiles(dataDir), ...settingsFiles(parts)])
    files.push({ name, ...copyFile(from, path(name)) });
  const facts = factsIn(join(dataDir, 'station.sqlite'));
  const id = randomUUID();
  const profile = profileDir === undefined ? undefined : profileName(profileDir);
  // For people, who may write in it: not among the files that are proven.
  writeWhole(path(EXPLANATION), explanation({ ...order, ...facts, profile }));
  const manifest: MoveManifest = moveManifestSchema.parse({
    ...{ format: MOVE_FORMAT, id, at: now, programVersion, station: facts.station, profile },
    ...{ databaseVersion, counts, files },
    links: parts.filter((part) => 'to' in part),
  });
  writeWhole(path(MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`);
  flushFolder(path('data'));
  return { manifest, byHand: facts.byHand };
}

function dataFiles(dataDir: string) {
  return [...MOVED_FILES, ...MOVED_FOLDERS]
    .filter((name) => existsSync(join(dataDir, name)))
    .flatMap((name) => filesAt(join(dataDir, name), `data/${name}`));
}

function settingsFiles(parts: ReturnType<typeof settingsParts>) {
  return parts.flatMap((part) => ('path' in part ? filesAt(part.path, part.name) : []));
}

/**
 * Content of the district, so that the new computer shows it without a network. A cache that cannot be read is left behind: it is
 * made anew.
 */
async function copyCache(from: string, to: string): Promise<boolean> {
  if (!existsSync(from)) return false;
  let source: Database.Database | undefined;
  try {
    source = new Database(from, { readonly: true });
    if (source.pragma('quick_check(1)', { simple: true }) !== 'ok') return false;
  } catch (error) {
    source?.close();
    if (error instanceof Database.SqliteError) return false;
    throw error;
  }
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  keepPrivate(to);
  return true;
}

/** The folder around it is private already; sticks (FAT) have no permissions to set. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function factsIn(path: string): { station: string | undefined; byHand: string[] } {
  const read = new Database(path, { readonly: true });
  try {
    const { certificate } = readLanSettings({ read });
    return {
      station: z.string().safeParse(readSetting({ read }, 'station')).data,
      byHand: certificate === undefined ? [] : [certificate.certificate, certificate.key],
    };
  } finally {
    read.close();
  }
}

/** What became of an undone move. */
export type Undone = 'as-before' | 'with-room';

/**
 * Puts a terminal that has moved back into service here. With the folder of the move that folder is made void first and everything
 * goes on as before. Without it nobody knows whether it was used: numbers then go on with the next hundred, as after a backup.
 * Throws `MoveError` with nothing changed.
 */
export async function undoMove(
  dataDir: string,
  folder: string | undefined,
  now: number,
): Promise<Undone> {
  const lock = await locked(dataDir);
  try {
    const mark = movedMark(dataDir);
    if (mark === undefined) throw new MoveError('not-moved');
    if (folder === undefined) await asOwnerOf(dataDir, () => leaveRoom(dataDir, now));
    else makeVoid(folder, mark.id);
    await asOwnerOf(dataDir, () => {
      note(dataDir, now, 'move-out-undone', mark.id);
      unmarkMoved(dataDir);
    });
    return folder === undefined ? 'with-room' : 'as-before';
  } finally {
    lock.release();
  }
}

function makeVoid(folder: string, id: string): void {
  if (!existsSync(join(folder, MANIFEST))) throw new MoveError('no-move');
  if (moveIdIn(folder) !== id) throw new MoveError('other-move');
  if (existsSync(join(folder, USED))) throw new MoveError('used');
  rmSync(join(folder, SEAL), { force: true });
  flushFolder(folder);
}

/** Into the audit trail, which moves along. */
function note(dataDir: string, at: number, action: string, subject: string): void {
  const write = new Database(join(dataDir, 'station.sqlite'), { timeout: 5000 });
  try {
    writeAudit({ read: write, write }, { at, actor: 'technician', action, subject });
  } finally {
    write.close();
  }
}

/** As if a backup had been restored of which nobody knows how old it is. */
function leaveRoom(dataDir: string, now: number): void {
  markFile(join(dataDir, 'station.sqlite'));
  const reserve = join(dataDir, 'queue-numbers.json');
  if (existsSync(reserve)) renameSync(reserve, `${reserve}.replaced-${now}`);
}
