import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepReadings } from '#station/content/kept-readings.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { run, sql, type WritableDb } from '#station/store/sql.ts';

let folder: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-kept-'));
  db = openDatabase(join(folder, 'cache.sqlite'), 'cache');
});
afterEach(() => {
  db.read.close();
  if (db.write.open) db.write.close();
  rmSync(folder, { recursive: true });
});

test('reads once while nothing changes, and each name for itself', () => {
  let reads = 0;
  const keep = keepReadings(db, () => '2026-11-23');
  const read = () => ++reads;
  expect([keep('a', read), keep('a', read), keep('b', read), keep('a', read)]).toEqual([
    1, 1, 2, 1,
  ]);
});

test('reads again when the day has changed', () => {
  let day = '2026-11-23';
  let reads = 0;
  const keep = keepReadings(db, () => day);
  keep('a', () => ++reads);
  day = '2026-11-24';
  expect(keep('a', () => ++reads)).toBe(2);
});

test('reads again when content was written', () => {
  let reads = 0;
  const keep = keepReadings(db, () => '');
  keep('a', () => ++reads);
  run(db, sql`insert into applied (source, cursor, applied_at) values ('x', 'y', 1)`);
  expect(keep('a', () => ++reads)).toBe(2);
  expect(keep('a', () => ++reads)).toBe(2);
});

test('keeps also that there is nothing', () => {
  let reads = 0;
  const keep = keepReadings(db, () => '');
  const nothing = () => {
    reads += 1;
    return undefined;
  };
  keep('a', nothing);
  keep('a', nothing);
  expect(reads).toBe(1);
});
