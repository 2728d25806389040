import type nodeFs from 'node:fs';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sealOf } from '#station/backup/backup-file.ts';
import { censusOf, makeBackup } from '#station/backup/make-backup.ts';
import { restoreBackup } from '#station/backup/restore-backup.ts';
import { lockDataFolder } from '#station/store/instance-lock.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

const noLinks = vi.hoisted(() => ({ on: false }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof nodeFs>();
  const linkSync: typeof real.linkSync = (...args) => {
    if (noLinks.on) throw Object.assign(new Error('no links'), { code: 'EPERM' });
    real.linkSync(...args);
  };
  return { ...real, linkSync };
});

const NOW = 1_795_310_000_000;
let old: TemporaryHost;
let fresh: TemporaryHost;
let file: string;
const fill = (folder: string, settings: number) => {
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  for (let at = 0; at < settings; at += 1) writeSetting(db, `setting-${at}`, { at }, NOW);
  return db;
};
const back = (folder: string) =>
  makeBackup({ dataDir: folder, file, programVersion: '1.2.3', now: NOW });
const countIn = (folder: string) => censusOf(join(folder, 'station.sqlite')).counts.station_setting;

beforeEach(() => {
  old = temporaryHost();
  fresh = temporaryHost();
  file = join(old.options.dataDir, 'b.kioskbackup');
});
afterEach(() => {
  old.remove();
  fresh.remove();
});

test('a backup taken while the database is in use comes back whole on another computer, and keeps what it replaces', async () => {
  const db = fill(old.options.dataDir, 500);
  const { counts } = await back(old.options.dataDir);
  closeDatabase(db);
  closeDatabase(fill(fresh.options.dataDir, 3));
  const { dataDir } = fresh.options;
  const { kept } = await restoreBackup({ dataDir, file, now: NOW });
  expect(censusOf(join(dataDir, 'station.sqlite')).counts).toEqual(counts);
  expect(counts.station_setting).toBe(500);
  expect(kept).toEqual([`station.sqlite.replaced-${NOW}`]);
  cpSync(join(dataDir, kept[0] ?? ''), join(dataDir, 'kept.sqlite'));
  expect(censusOf(join(dataDir, 'kept.sqlite')).counts.station_setting).toBe(3);
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a running host is left alone', async () => {
  closeDatabase(fill(old.options.dataDir, 5));
  await back(old.options.dataDir);
  const { dataDir } = fresh.options;
  const lock = lockDataFolder(dataDir);
  await expect(restoreBackup({ dataDir, file, now: NOW })).rejects.toMatchObject({
    flaw: 'running',
  });
  lock.release();
  expect(existsSync(join(dataDir, 'station.sqlite'))).toBe(false);
});

const spoil = (change: (bytes: Buffer) => Buffer) => () =>
  writeFileSync(file, change(readFileSync(file)));
test.each([
  ['cut off', 'damaged', () => truncateSync(file, 300)],
  [
    'changed in one bit',
    'damaged',
    spoil((bytes) => bytes.fill((bytes.at(-9) ?? 0) ^ 1, bytes.length - 9, bytes.length - 8)),
  ],
  ['something else', 'no-backup', () => writeFileSync(file, 'a letter')],
  ['empty', 'no-backup', () => writeFileSync(file, '')],
  [
    'of a newer format',
    'newer',
    spoil((bytes) => Buffer.from(bytes.toString('latin1').replace('/0001', '/0002'), 'latin1')),
  ],
] as const)('a file that is %s is refused and nothing changes', async (_, flaw, change) => {
  closeDatabase(fill(old.options.dataDir, 5));
  await back(old.options.dataDir);
  change();
  const { dataDir } = fresh.options;
  closeDatabase(fill(dataDir, 3));
  const before = readdirSync(dataDir);
  await expect(restoreBackup({ dataDir, file, now: NOW })).rejects.toMatchObject({ flaw });
  expect(readdirSync(dataDir).filter((name) => name !== 'instance.lock')).toEqual(before);
  expect(countIn(dataDir)).toBe(3);
});

test('a backup of a newer program is refused', async () => {
  closeDatabase(fill(old.options.dataDir, 5));
  const database = new Database(join(old.options.dataDir, 'station.sqlite'));
  database.pragma('user_version = 999');
  database.close();
  await back(old.options.dataDir);
  const { dataDir } = fresh.options;
  await expect(restoreBackup({ dataDir, file, now: NOW })).rejects.toMatchObject({ flaw: 'newer' });
});

test('a backup never replaces a file', async () => {
  closeDatabase(fill(old.options.dataDir, 5));
  writeFileSync(file, sealOf('0'.repeat(64)));
  await expect(back(old.options.dataDir)).rejects.toMatchObject({ code: 'EEXIST' });
  rmSync(file);
  await back(old.options.dataDir);
  expect(existsSync(`${file}.part`)).toBe(false);
});

test('a stick that knows no links (FAT) takes a backup, too, and keeps what it has', async () => {
  closeDatabase(fill(old.options.dataDir, 5));
  noLinks.on = true;
  try {
    writeFileSync(file, 'mine');
    await expect(back(old.options.dataDir)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    rmSync(file);
    await back(old.options.dataDir);
  } finally {
    noLinks.on = false;
  }
  expect(existsSync(`${file}.part`)).toBe(false);
  const { dataDir } = fresh.options;
  await restoreBackup({ dataDir, file, now: NOW });
  expect(countIn(dataDir)).toBe(5);
});
