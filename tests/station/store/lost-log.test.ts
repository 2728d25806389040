import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { readSetting, writeSetting } from '#station/store/settings.ts';
import { transaction, type WritableDb } from '#station/store/sql.ts';

let folder: string;
let path: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lost-log-'));
  path = join(folder, 'station.sqlite');
  db = openDatabase(path, 'station');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string) => transaction(db, () => writeSetting(db, name, 'written', 0));

/** What the next start finds after a power cut: only what has a name in the folder. */
function afterPowerCut<Found>(read: (db: WritableDb) => Found): Found {
  const left = mkdtempSync(join(folder, 'left-'));
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(path + end)) cpSync(path + end, join(left, `station.sqlite${end}`));
  const again = openDatabase(join(left, 'station.sqlite'), 'station');
  const found = read(again);
  closeDatabase(again);
  return found;
}

test.each([
  ['the write-ahead log', ['-wal']],
  ['the write-ahead log and its index', ['-wal', '-shm']],
])(
  'whoever deletes %s under the running program takes nothing that is acknowledged from now on, nor what was before',
  (_, ends) => {
    write('before');
    for (const end of ends) rmSync(path + end);
    write('after');
    write('later');
    const names = ['before', 'after', 'later'];
    const found = afterPowerCut((again) => names.map((name) => readSetting(again, name)));
    expect(found).toEqual(['written', 'written', 'written']);
  },
);

test('a transaction inside another one folds nothing before the outer one is kept', () => {
  write('before');
  rmSync(`${path}-wal`);
  transaction(db, () => write('inner'));
  expect(afterPowerCut((again) => readSetting(again, 'inner'))).toBe('written');
});
