import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { createZstdDecompress } from 'node:zlib';
import Database from 'better-sqlite3';
import { StartError } from '../start-error.ts';
import { type InstanceLock, lockDataFolder } from '../store/instance-lock.ts';
import { knownVersion } from '../store/open-database.ts';
import { markFile } from '../store/station-database.ts';
import {
  BACKUP_FORMAT,
  BackupError,
  type BackupManifest,
  backupManifestSchema,
  readSeal,
  SEAL_BYTES,
} from './backup-file.ts';
import { censusOf } from './make-backup.ts';

export interface RestoreOrder {
  readonly dataDir: string;
  readonly file: string;
  readonly now: number;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** Files that were replaced, under their new names beside the restored ones. */
  readonly kept: readonly string[];
}

/**
 * Puts a backup in the place of a terminal's own data. Everything is unpacked and proven beside it first; what is replaced is
 * kept. Throws `BackupError` with nothing changed.
 */
export async function restoreBackup({ dataDir, file, now }: RestoreOrder): Promise<Restored> {
  mkdirSync(dataDir, { recursive: true });
  const lock = lockedFolder(dataDir);
  const unpacked = join(dataDir, `restore-${now}.part`);
  try {
    const manifest = await unpackBackup(file, unpacked);
    // One that an older program made has no mark yet.
    markFile(join(unpacked, 'station.sqlite'));
    const kept = manifest.files.flatMap(({ name }) =>
      putInPlace(join(unpacked, name), join(dataDir, name), now),
    );
    return { manifest, kept };
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
    lock.release();
  }
}

/** Unpacks a backup into a folder of its own and proves all of it. Throws `BackupError`. */
export async function unpackBackup(file: string, folder: string): Promise<BackupManifest> {
  const { manifest, start } = await provenManifest(file);
  await unpack(file, start, manifest, folder);
  proveDatabase(join(folder, 'station.sqlite'), manifest);
  return manifest;
}

/** Locks a data folder for work on its files. Throws `BackupError` while a host runs. */
export function lockedFolder(dataDir: string): InstanceLock {
  try {
    return lockDataFolder(dataDir);
  } catch (error) {
    throw error instanceof StartError ? new BackupError('running', { cause: error }) : error;
  }
}

/** The manifest of a file whose checksum is right, and where the compressed bytes begin. */
export async function provenManifest(
  file: string,
): Promise<{ manifest: BackupManifest; start: number }> {
  const seal = readSeal(firstBytes(file, SEAL_BYTES));
  if (seal === undefined) throw new BackupError('no-backup');
  if (seal.format > BACKUP_FORMAT) throw new BackupError('newer');
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { start: SEAL_BYTES }), hash);
  if (hash.digest('hex') !== seal.sha256) throw new BackupError('damaged');
  const line = await firstLine(file);
  const manifest = backupManifestSchema.safeParse(JSON.parse(line));
  if (!manifest.success) throw new BackupError('damaged', { cause: manifest.error });
  if (manifest.data.databaseVersion > knownVersion('station')) throw new BackupError('newer');
  return { manifest: manifest.data, start: SEAL_BYTES + Buffer.byteLength(line) + 1 };
}

function firstBytes(file: string, count: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, count, 0));
  } finally {
    closeSync(descriptor);
  }
}

async function firstLine(file: string): Promise<string> {
  const input = createReadStream(file, { start: SEAL_BYTES });
  try {
    for await (const line of createInterface({ input })) return line;
  } finally {
    input.destroy();
  }
  throw new BackupError('damaged');
}

async function unpack(
  file: string,
  start: number,
  { files }: BackupManifest,
  folder: string,
): Promise<void> {
  mkdirSync(join(folder, 'lan'), { recursive: true, mode: 0o700 });
  const whole = join(folder, 'whole');
  try {
    await pipeline(
      createReadStream(file, { start }),
      createZstdDecompress(),
      createWriteStream(whole, { mode: 0o600 }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ZSTD') !== true) throw error;
    throw new BackupError('damaged', { cause: error });
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (statSync(whole).size !== total) throw new BackupError('damaged');
  let from = 0;
  for (const { name, bytes } of files) {
    const out = createWriteStream(join(folder, name), { mode: 0o600, flush: true });
    await pipeline(createReadStream(whole, { start: from, end: from + bytes - 1 }), out);
    from += bytes;
  }
  rmSync(whole);
}

function proveDatabase(path: string, { databaseVersion, counts }: BackupManifest): void {
  const database = new Database(path, { readonly: true });
  try {
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new BackupError('damaged');
  } finally {
    database.close();
  }
  if (!isDeepStrictEqual(censusOf(path), { databaseVersion, counts }))
    throw new BackupError('damaged');
}

/** Puts a file in another's place; the other stays under a new name, and at no moment is there none. */
function putInPlace(from: string, to: string, now: number): string[] {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const kept = `${to}.replaced-${now}`;
  const had = existsSync(to);
  if (had) {
    foldLog(to);
    linkSync(to, kept);
  }
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(`${to}${suffix}`)) renameSync(`${to}${suffix}`, `${kept}${suffix}`);
  renameSync(from, to);
  return had ? [basename(kept)] : [];
}

/** Folds the write-ahead log into a database; a damaged one keeps its log, which is moved with it. */
export function foldLog(path: string): void {
  if (!path.endsWith('.sqlite')) return;
  try {
    const database = new Database(path);
    try {
      database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}
