import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allRecords, layLocal, putRecord, removeRecord } from '#station/content/content-store.ts';
import { proveRecords, rottenRecords } from '#station/content/record-sums.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { notice } from '../../district/feed/sample-feed.ts';
import { flipBytes } from './flip-bytes.ts';

let folder: string;
let db: WritableDb;
const path = () => join(folder, 'cache.sqlite');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sums-'));
  db = openDatabase(path(), 'cache');
  for (let n = 0; n < 250; n++) putRecord(db, notice(`number-${n}`));
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

const prove = () => [...proveRecords(db)].flat();
const rotten = () => [...rottenRecords(db)].flat();
const sums = () => db.read.prepare('select count(*) from record_sum').pluck().get();

function flip(from: string, to: string): void {
  closeDatabase(db);
  flipBytes(path(), { from, to });
  db = openDatabase(path(), 'cache');
}

test('what was written is proven, in steps, and noted for the next time', () => {
  expect([...proveRecords(db)].map((step) => step.length)).toEqual([0, 0, 0]);
  expect(sums()).toBe(250);
  expect(prove()).toEqual([]);
});

test('a text that cannot be read any more is found, noted before or not', () => {
  flip('"id":"notice.number-7"', '"id":"notice.number-7\\');
  expect(rotten()).toMatchObject([{ id: 'notice.number-7' }]);
});

test('a text that can be read and says something else is found when it was noted', () => {
  prove();
  flip('"id":"notice.number-7"', '"id":"notice.number-x"');
  expect(prove()).toMatchObject([{ id: 'notice.number-7' }]);
});

test('what changes through SQLite is never taken for damage', () => {
  prove();
  putRecord(db, notice('number-1', 2));
  removeRecord(db, notice('number-2'));
  const { id, scope } = notice('number-3');
  layLocal(db, [{ id, scope, shown: { ...notice('number-3'), version: 9 } }]);
  db.write.exec(`update record set published_at = '2026-11-21' where id = 'notice.number-4'`);
  expect(prove()).toEqual([]);
  expect(sums()).toBe(249);
  layLocal(db, []);
  expect(prove()).toEqual([]);
});

test('a list is not lost for a record', () => {
  flip('"id":"notice.number-7"', '"id":"notice.number-7\\');
  expect(allRecords(db, 'notice')).toHaveLength(249);
});
