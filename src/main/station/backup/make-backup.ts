import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import Database from 'better-sqlite3';
import { markFile } from '../store/station-database.ts';
import { type BackupManifest, sealOf } from './backup-file.ts';
import { giveName } from './give-name.ts';

const NAMES = ['station.sqlite', 'lan/key.pem', 'lan/certificate.pem'] as const;

/** What to back up, and where to. */
export interface BackupOrder {
  readonly dataDir: string;
  readonly file: string;
  readonly programVersion: string;
  readonly now: number;
}

/**
 * Writes one file with all that exists only on this terminal, also while a host runs: SQLite's own backup makes a
 * consistent copy. The file appears whole or not at all; one that is there is never replaced (`EEXIST`).
 */
export async function makeBackup({
  dataDir,
  file,
  programVersion,
  now,
}: BackupOrder): Promise<BackupManifest> {
  const copy = `${file}.copy.part`;
  const unfinished = `${file}.part`;
  try {
    const { databaseVersion, counts } = await copyDatabase(join(dataDir, NAMES[0]), copy);
    const paths = NAMES.map((name, at) => ({ name, path: at === 0 ? copy : join(dataDir, name) }));
    const there = paths.filter(({ path }) => existsSync(path));
    const files = there.map(({ name, path }) => ({ name, bytes: statSync(path).size }));
    const manifest = { programVersion, at: now, databaseVersion, counts, files };
    await writeSealed(
      unfinished,
      manifest,
      there.map(({ path }) => path),
    );
    giveName(unfinished, file);
    return manifest;
  } finally {
    for (const part of [copy, `${copy}-wal`, `${copy}-shm`, `${copy}-journal`, unfinished])
      rmSync(part, { force: true });
  }
}

async function copyDatabase(from: string, to: string) {
  const source = new Database(from, { readonly: true, timeout: 5000 });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  markFile(to);
  return censusOf(to);
}

/** Version and number of rows of each table of a database that nobody else has open. */
export function censusOf(path: string): Pick<BackupManifest, 'databaseVersion' | 'counts'> {
  const database = new Database(path);
  try {
    // One file, without a log beside it, is what is packed.
    database.pragma('journal_mode = DELETE');
    const tables = database
      .prepare<[], string>(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all();
    const count = (table: string) =>
      Number(database.prepare(`select count(*) from "${table}"`).pluck().get());
    return {
      databaseVersion: Number(database.pragma('user_version', { simple: true })),
      counts: Object.fromEntries(tables.map((table) => [table, count(table)])),
    };
  } finally {
    database.close();
  }
}

async function writeSealed(
  file: string,
  manifest: BackupManifest,
  paths: readonly string[],
): Promise<void> {
  const head = `${JSON.stringify(manifest)}\n`;
  const hash = createHash('sha256').update(head);
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  out.write(sealOf('0'.repeat(64)));
  out.write(head);
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(contents(paths), createZstdCompress(), hashed, out);
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, sealOf(hash.digest('hex')), 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function* contents(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) for await (const chunk of createReadStream(path)) yield chunk as Buffer;
}
