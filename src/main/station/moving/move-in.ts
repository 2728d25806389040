import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { BackupError } from '../backup/backup-file.ts';
import { censusOf } from '../backup/make-backup.ts';
import { foldLog, lockedFolder, provenManifest, unpackBackup } from '../backup/restore-backup.ts';
import { copyOpenFile, flushFolder, measure, writeWhole } from '../store/flushed-files.ts';
import { knownVersion } from '../store/open-database.ts';
import { clearCopyMark } from '../store/restored-mark.ts';
import { readSetting } from '../store/settings.ts';
import { asOwnerOf } from './as-owner-of.ts';
import {
  abandon,
  type BeforeStep,
  commit,
  finishMove,
  finishSettings,
  isMoveUnfinished,
  type Journal,
  lastMoveIn,
  type Preparation,
  prepare,
  unfinishedMove,
} from './journal.ts';
import {
  BACKUP,
  EXPLANATION,
  MANIFEST,
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
import { MOVED_MARK, movedMark } from './moved-mark.ts';
import { isHarmless, type SettingsPlace } from './settings-parts.ts';

/** What moves in, and where to. */
export interface MoveInOrder extends SettingsPlace {
  readonly dataDir: string;
  /** The folder on the stick. */
  readonly folder: string;
  readonly programVersion: string;
  readonly now: number;
  /** Data of its own that this computer has is kept beside what moves in; without it nothing is done. */
  readonly replace: boolean;
  /** Somebody named this data folder, so that its data are replaced also when they are another station's. */
  readonly isFolderNamed: boolean;
  readonly beforeStep?: BeforeStep | undefined;
}

export interface MovedIn {
  readonly manifest: MoveManifest;
  /** Rows of each table here, after the move. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was replaced, under its new names. */
  readonly kept: readonly string[];
  /** Whether the folder was marked as used, so that no second computer takes it. */
  readonly isMarkedUsed: boolean;
  /** `machine.conf` sets more than a terminal's settings, and lies beside as `machine.conf.moved` for somebody to look at. */
  readonly isConfAside: boolean;
  /** The data were in place before and may have gone on since, so their counts say nothing: only settings were left to do. */
  readonly isSettingsOnly: boolean;
}

/** What a host wrote only because it was started once is no data of its own. */
const OWN_DATA = [
  ...['staff_person', 'queue_ticket', 'edit_version', 'edit_draft', 'outbox', 'print_job'],
  ...['lan_device', 'queue_terminal'],
] as const;
const SETTING_OF_DISTRICT = 'district';

/**
 * Puts a terminal that was written into a folder in its place on this computer. Every file is proven before and after it is copied;
 * then the move is decided in one step and carried out by the journal, so that a power cut at any moment leaves the computer as it
 * was, or with a move that the next try finishes. Throws `MoveError`, or the disk's own error, with nothing changed.
 */
export async function moveIn(order: MoveInOrder): Promise<MovedIn> {
  const { dataDir, folder, beforeStep = () => {} } = order;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await locked(dataDir);
  try {
    const unfinished = unfinishedMove(dataDir);
    const before = await finishMove(dataDir, beforeStep);
    // The same folder once more after a power cut: it is in place now.
    if (unfinished !== undefined && moveIdIn(folder) === unfinished)
      return await inPlace(order, sealedManifest(folder), before, {});
    if (moveIdIn(folder) !== undefined && moveIdIn(folder) === lastMoveIn(dataDir)) {
      const left = leftSettings(order, beforeStep);
      if (left !== undefined)
        return await inPlace(order, sealedManifest(folder), left, { isSettingsOnly: true });
      markUsed(folder, order.now);
      throw new MoveError('in-place');
    }
    const manifest = await provenFolder(order);
    await asOwnerOf(dataDir, () => assertFree(order, manifest));
    const isConfAside = await stage(order, manifest, beforeStep);
    const kept = await finishMove(dataDir, beforeStep);
    return await inPlace(order, manifest, kept, { isConfAside });
  } finally {
    lock.release();
  }
}

async function inPlace(
  { dataDir, folder, now }: MoveInOrder,
  manifest: MoveManifest,
  kept: readonly string[],
  more: Partial<MovedIn>,
): Promise<MovedIn> {
  const { counts } = await asOwnerOf(dataDir, () => censusOf(join(dataDir, 'station.sqlite')));
  const isMarkedUsed = markUsed(folder, now);
  return {
    ...{ manifest, counts, kept, isMarkedUsed, isConfAside: false, isSettingsOnly: false },
    ...more,
  };
}

type Place = Pick<MoveInOrder, 'dataDir' | 'settingsDir'>;

/** Settings of the move that is in place, which somebody who may not see them left behind. Returns what was kept, when there were any. */
function leftSettings({ dataDir, settingsDir }: Place, beforeStep?: BeforeStep) {
  const id = lastMoveIn(dataDir);
  return id === undefined || settingsDir === undefined
    ? undefined
    : finishSettings(settingsDir, id, beforeStep);
}

/** Finishes a move that was broken off, without its stick. Returns whether there was one. Throws `MoveError` while a host runs. */
export async function finishMoveIn(place: Place): Promise<boolean> {
  const { dataDir } = place;
  if (!existsSync(dataDir)) return false;
  const lock = await locked(dataDir);
  try {
    if (!isMoveUnfinished(dataDir)) return leftSettings(place) !== undefined;
    await finishMove(dataDir);
    return true;
  } finally {
    lock.release();
  }
}

async function locked(dataDir: string) {
  try {
    return await asOwnerOf(dataDir, () => lockedFolder(dataDir));
  } catch (error) {
    throw asMoveError(error);
  }
}

function asMoveError(error: unknown): unknown {
  if (!(error instanceof BackupError)) return error;
  const flaw = error.flaw === 'no-backup' ? 'damaged' : error.flaw;
  return new MoveError(flaw, BACKUP, { cause: error });
}

/** The manifest of a folder of which every file is as it was written. Throws `MoveError`. */
async function provenFolder({
  folder,
  settingsDir,
  programVersion,
}: MoveInOrder): Promise<MoveManifest> {
  const manifest = sealedManifest(folder);
  if (
    isNewer(manifest.programVersion, programVersion) ||
    manifest.databaseVersion > knownVersion('station')
  )
    throw new MoveError('newer', manifest.programVersion);
  if (existsSync(join(folder, USED))) throw new MoveError('used');
  for (const file of manifest.files) {
    // Programs before listed it. It is for people, who write in it, and zip programs garble its name.
    if (file.name === EXPLANATION) continue;
    const path = join(folder, file.name);
    if (!existsSync(path)) throw new MoveError('incomplete', file.name);
    assertSame(file, measure(path));
  }
  if (!manifest.files.some(({ name }) => name === BACKUP))
    throw new MoveError('incomplete', BACKUP);
  await provenManifest(join(folder, BACKUP)).catch((error: unknown) => {
    throw asMoveError(error);
  });
  const hasSettings =
    manifest.links.length > 0 || manifest.files.some(({ name }) => name.startsWith('settings/'));
  if (hasSettings && settingsDir === undefined) throw new MoveError('no-settings-folder');
  return manifest;
}

function sealedManifest(folder: string): MoveManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new MoveError('no-move');
  if (!existsSync(join(folder, SEAL))) throw new MoveError('incomplete', SEAL);
  const text = readFileSync(path);
  const seal = readFileSync(join(folder, SEAL), 'utf8').trim();
  if (createHash('sha256').update(text).digest('hex') !== seal)
    throw new MoveError('damaged', MANIFEST);
  const body: unknown = JSON.parse(text.toString('utf8'));
  const manifest = moveManifestSchema.safeParse(body);
  if (manifest.success) return manifest.data;
  // The seal is right, so it was written like this: by a program that writes otherwise.
  const by = z.object({ programVersion: z.string() }).safeParse(body).data?.programVersion;
  throw new MoveError('newer', by, { cause: manifest.error });
}

function assertSame(
  file: MovedFile,
  found: { readonly bytes: number; readonly sha256: string },
): void {
  if (file.bytes !== found.bytes || file.sha256 !== found.sha256)
    throw new MoveError('damaged', file.name);
}

/** Whether a version `1.2.3` is newer than another. What comes after the numbers does not count. */
function isNewer(one: string, other: string): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [mine, theirs] = [numbers(one), numbers(other)];
  const at = [0, 1, 2].find((index) => (mine[index] ?? 0) !== (theirs[index] ?? 0));
  return at !== undefined && (mine[at] ?? 0) > (theirs[at] ?? 0);
}

/** Data that have moved away from here, or that a start alone wrote, may be replaced by anything. */
function assertFree({ dataDir, replace, isFolderNamed }: MoveInOrder, manifest: MoveManifest) {
  const path = join(dataDir, 'station.sqlite');
  if (!existsSync(path)) return;
  foldLog(path);
  if (movedMark(dataDir) !== undefined || !hasOwnData(path)) return;
  const here = stationIn(path);
  const isOther = here !== undefined && manifest.station !== undefined && here !== manifest.station;
  if (isOther && !(replace && isFolderNamed))
    throw new MoveError(
      'other-station',
      `U 盘上是网点 ${manifest.station}，${dataDir} 里是 ${here}`,
    );
  if (!replace) throw new MoveError('own-data', dataDir);
}

/** The station of a database; undefined when it does not say, or cannot be read. */
function stationIn(path: string): string | undefined {
  const read = new Database(path, { readonly: true });
  try {
    return z.string().safeParse(readSetting({ read }, 'station')).data;
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return undefined;
  } finally {
    read.close();
  }
}

/** A database that cannot be read may have held anything. */
function hasOwnData(path: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true });
    const tables = database
      .prepare<[], string>("select name from sqlite_master where type = 'table'")
      .pluck()
      .all();
    const has = (query: string) => database?.prepare(query).get() !== undefined;
    return (
      OWN_DATA.some((table) => tables.includes(table) && has(`select 1 from ${table} limit 1`)) ||
      (tables.includes('station_setting') &&
        has(`select 1 from station_setting where name = '${SETTING_OF_DISTRICT}'`))
    );
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return true;
  } finally {
    database?.close();
  }
}

/** Lays everything beside what is there and then decides the move. Returns whether `machine.conf` is laid aside. */
async function stage(
  order: MoveInOrder,
  manifest: MoveManifest,
  beforeStep: BeforeStep,
): Promise<boolean> {
  const { dataDir, now } = order;
  const hasSettings = order.settingsDir !== undefined;
  try {
    const isConfAside =
      order.settingsDir === undefined
        ? false
        : stageSettings(order, order.settingsDir, manifest, beforeStep);
    const place = await asOwnerOf(dataDir, () => prepare(dataDir));
    await stageData(order, manifest, place, beforeStep);
    const journal: Journal = {
      ...{ id: manifest.id, at: now, settingsDir: order.settingsDir },
      steps: dataSteps(dataDir, place.brought),
    };
    if (hasSettings) {
      beforeStep();
      commit(order.settingsDir ?? '', true);
    }
    beforeStep();
    await asOwnerOf(dataDir, () => {
      writeWhole(place.journal, JSON.stringify(journal));
      beforeStep();
      commit(dataDir);
    });
    return isConfAside;
  } catch (error) {
    await asOwnerOf(dataDir, () => abandon(dataDir));
    if (order.settingsDir !== undefined) abandon(order.settingsDir, true);
    throw error;
  }
}

/** Copies a file of the folder, as the owner of the data where root works, and proves the copy. */
async function bring(order: MoveInOrder, file: MovedFile, to: string): Promise<void> {
  const from = openSync(join(order.folder, file.name), 'r');
  assertSame(file, await asOwnerOf(order.dataDir, () => copyOpenFile(from, to, file.modifiedAt)));
}

async function stageData(
  order: MoveInOrder,
  manifest: MoveManifest,
  { brought }: Preparation,
  beforeStep: BeforeStep,
): Promise<void> {
  for (const file of manifest.files.filter(({ name }) => name.startsWith('data/'))) {
    beforeStep();
    await bring(order, file, join(brought, file.name.slice('data/'.length)));
  }
  beforeStep();
  await asOwnerOf(order.dataDir, async () => {
    const backup = join(brought, 'station.kioskbackup');
    const unpacked = join(brought, '..', 'unpacked');
    await unpackBackup(backup, unpacked).catch((error: unknown) => {
      throw asMoveError(error);
    });
    rmSync(backup);
    const database = new Database(join(unpacked, 'station.sqlite'));
    try {
      // Nothing was done after this copy was taken: it is the terminal's own data and no older state of it.
      clearCopyMark({ read: database, write: database });
    } finally {
      database.close();
    }
    for (const name of ['station.sqlite', 'lan'])
      if (hasFiles(join(unpacked, name))) renameSync(join(unpacked, name), join(brought, name));
    rmSync(unpacked, { recursive: true });
    for (const name of readdirSync(brought)) flushBelow(join(brought, name));
    flushFolder(brought);
  });
}

const hasFiles = (path: string) =>
  existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0);

function flushBelow(path: string): void {
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) flushBelow(join(path, name));
  flushFolder(path);
}

/**
 * All that belongs to a terminal's data goes aside, also where nothing takes its place: keys, reserved numbers and nightly backups
 * of other data must not be taken for this one's.
 */
function dataSteps(dataDir: string, brought: string): Journal['steps'] {
  const here = readdirSync(dataDir);
  const beside = here.filter(
    (name) => /^station-\d{13}\.sqlite$/.test(name) || /^station\.sqlite-(?:wal|shm)$/.test(name),
  );
  const remade = here.filter((name) => /^cache\.sqlite-(?:wal|shm)$|^feed$/.test(name));
  const kept = [...beside, 'station.sqlite', ...MOVED_FILES, 'lan', ...MOVED_FOLDERS, MOVED_MARK];
  const step = (path: string, isKept: boolean) => ({
    ...{ path, isKept },
    isBrought: existsSync(join(brought, path)),
  });
  return [
    ...remade.map((path) => step(path, false)),
    step('cache.sqlite', false),
    ...kept.map((path) => step(path, true)),
  ];
}

/** The part that is root's on a terminal. Each part of a deployment is replaced as a whole. */
function stageSettings(
  { folder, shippedDir, now }: MoveInOrder,
  settingsDir: string,
  { id, files, links }: MoveManifest,
  beforeStep: BeforeStep,
): boolean {
  mkdirSync(settingsDir, { recursive: true });
  const { brought, journal } = prepare(settingsDir, true);
  const parts = new Set<string>();
  let isConfAside = false;
  for (const file of files) {
    if (!file.name.startsWith('settings/')) continue;
    beforeStep();
    let name = file.name.slice('settings/'.length);
    if (name === 'machine.conf' && !isHarmless(readFileSync(join(folder, file.name), 'utf8'))) {
      name = 'machine.conf.moved';
      isConfAside = true;
    }
    const to = join(brought, name);
    assertSame(file, copyOpenFile(openSync(join(folder, file.name), 'r'), to, file.modifiedAt));
    parts.add(partOf(name));
  }
  for (const { name, to } of links) {
    const path = name.slice('settings/'.length);
    const target = join(shippedDir, to);
    // What this program brings under the same name is there already, as a link; a deployment of the station's own needs its own.
    if (!existsSync(target) || existsSync(join(settingsDir, path))) continue;
    mkdirSync(dirname(join(brought, path)), { recursive: true });
    symlinkSync(target, join(brought, path));
    parts.add(path);
  }
  readable(brought);
  for (const name of readdirSync(brought)) flushBelow(join(brought, name));
  const steps = [...parts].map((path) => ({ path, isBrought: true, isKept: true }));
  writeWhole(journal, JSON.stringify({ id, at: now, steps } satisfies Journal));
  return isConfAside;
}

/** `machine.conf`, `starter`, or `profiles/NAME/profile.yaml`. */
const partOf = (name: string) =>
  name.startsWith('profiles/')
    ? name.split('/').slice(0, 3).join('/')
    : (name.split('/')[0] ?? name);

/** Settings are root's and read by the terminal's user. */
function readable(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) continue;
    chmodSync(path, entry.isDirectory() ? 0o755 : 0o644);
    if (entry.isDirectory()) readable(path);
  }
}

/** A stick that is read only cannot be marked; the technician is told. */
function markUsed(folder: string, now: number): boolean {
  try {
    writeWhole(join(folder, USED), JSON.stringify({ at: now, computer: hostname() }));
    return true;
  } catch {
    return false;
  }
}
