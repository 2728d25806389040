import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { closeDatabase } from '#station/store/open-database.ts';
import { isCopy } from '#station/store/restored-mark.ts';
import {
  backUpStation,
  backupsOf,
  lastBackupAt,
  openStationDatabase,
} from '#station/store/station-database.ts';

test('a clock that ran ahead or behind does not make a new backup the oldest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-backups-'));
  const path = join(folder, 'station.sqlite');
  const db = openStationDatabase(path, 0, silentLog);
  try {
    const [future, past, today] = [4_085_000_000_000, -28_800_000, 1_795_310_000_000];
    for (const now of [past, future, future, future, future, future, future, future, today, past])
      await backUpStation(db, path, now);
    const names = backupsOf(path).map((file) => basename(file));
    expect(names).toHaveLength(7);
    expect(names[0]).toBe(`station-${future + 8}.sqlite`);
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true });
  }
});

test('what takes the place of a lost database knows that it is a copy, a first start is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-backups-'));
  const path = join(folder, 'station.sqlite');
  const db = openStationDatabase(path, 1, silentLog);
  expect(isCopy(db)).toBe(false);
  await backUpStation(db, path, 1);
  closeDatabase(db);
  for (const [at, lose] of [
    [2, () => rmSync(path)],
    [3, () => writeFileSync(path, '')],
    [4, () => writeFileSync(path, 'damaged '.repeat(2000))],
    [5, () => rmSync(join(folder, 'station-0000000000001.sqlite')) ?? rmSync(path)],
  ] as const) {
    lose();
    const again = openStationDatabase(path, at, silentLog);
    expect(isCopy(again)).toBe(true);
    closeDatabase(again);
  }
  rmSync(folder, { recursive: true });
});

test('a backup that fails leaves nothing behind; one that was written counts, whatever else cannot be removed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-backups-'));
  const path = join(folder, 'station.sqlite');
  const db = openStationDatabase(path, 0, silentLog);
  try {
    expect(lastBackupAt(path)).toBe(undefined);
    // A folder cannot be replaced by a file, nor be removed as one.
    const inTheWay = join(folder, 'station-0000000000005.sqlite');
    mkdirSync(inTheWay);
    await backUpStation(db, path, 6);
    expect(lastBackupAt(path)).toBe(6);
    for (let now = 7; now < 15; now += 1) await backUpStation(db, path, now);
    expect(lastBackupAt(path)).toBe(14);
    expect(existsSync(inTheWay)).toBe(true);
    vi.spyOn(db.write, 'backup').mockImplementation(async (file) => {
      writeFileSync(file, 'half');
      throw new Error('disk full');
    });
    await expect(backUpStation(db, path, 20)).rejects.toThrow('disk full');
    expect(lastBackupAt(path)).toBe(14);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true });
  }
});
