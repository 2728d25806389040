import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changesFromElsewhere } from '#station/store/changes-from-elsewhere.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { readSetting, writeSetting } from '#station/store/settings.ts';
import { transaction, type WritableDb } from '#station/store/sql.ts';

let folder: string;
let host: WritableDb;
let command: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  host = openDatabase(join(folder, 'station.sqlite'), 'station');
  command = openDatabase(join(folder, 'station.sqlite'), 'station');
});
afterEach(() => {
  closeDatabase(command);
  closeDatabase(host);
  rmSync(folder, { recursive: true, force: true });
});

const write = (db: WritableDb, value: number) =>
  transaction(db, () => writeSetting(db, 'sample', value, 0));

test('what a command wrote beside a running host is noticed once, however much it was', () => {
  const changed = changesFromElsewhere(host);
  expect(changed()).toBe(false);
  write(command, 1);
  write(command, 2);
  expect(changed()).toBe(true);
  expect(readSetting(host, 'sample')).toBe(2);
  expect(changed()).toBe(false);
});

test('what the host wrote itself is no news, also between two changes from elsewhere', () => {
  const changed = changesFromElsewhere(host);
  write(host, 1);
  expect(changed()).toBe(false);
  write(command, 2);
  write(host, 3);
  expect(changed()).toBe(true);
  write(host, 4);
  expect(changed()).toBe(false);
});
