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
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { unpackBackup } from '../backup/restore-backup.ts';
import { copyOpenFile, flushFolder, writeWhole } from '../store/flushed-files.ts';
import { clearCopyMark } from '../store/restored-mark.ts';
import { asOwnerOf } from './as-owner-of.ts';
import {
  abandon,
  type BeforeStep,
  commit,
  type Journal,
  type Preparation,
  prepare,
} from './journal.ts';
import type { MoveInOrder } from './move-order.ts';
import { MOVED_FILES, MOVED_FOLDERS, type MovedFile, type MoveManifest } from './move-package.ts';
import { MOVED_MARK } from './moved-mark.ts';
import { asMoveError, assertSame } from './proven-package.ts';
import { isHarmless } from './settings-parts.ts';

/** Lays everything beside what is there and then decides the move. Returns whether `machine.conf` is laid aside. */
export async function stage(
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
