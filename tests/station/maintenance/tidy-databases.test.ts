import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tidyDatabase } from '#station/maintenance/tidy-databases.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';

let folder: string;
let db: WritableDb;
const path = () => join(folder, 'cache.sqlite');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidy-'));
  db = openDatabase(path(), 'cache');
  db.write.exec('create table filler (id integer primary key, text text)');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

const fill = () =>
  db.write.exec(`insert into filler (text)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000)
    select hex(randomblob(1500)) from n`);

test('a database that is largely empty gives its room back, and its log is folded in', () => {
  fill();
  db.write.exec('delete from filler where id > 10');
  tidyDatabase(db);
  expect(statSync(path()).size).toBeLessThan(4e6);
  expect(statSync(`${path()}-wal`).size).toBe(0);
  expect(db.read.prepare('select count(*) from filler').pluck().get()).toBe(10);
});

test('one that is full is not written anew', () => {
  fill();
  tidyDatabase(db);
  const { ino, size } = statSync(path());
  tidyDatabase(db);
  expect(statSync(path())).toMatchObject({ ino, size });
  expect(size).toBeGreaterThan(15e6);
});

test('one of which much stays is not written anew: the host would be taken for hung', () => {
  fill();
  db.write.exec('delete from filler where id > 800');
  tidyDatabase(db, 2e6);
  expect(statSync(path()).size).toBeGreaterThan(15e6);
  tidyDatabase(db, 4e6);
  expect(statSync(path()).size).toBeLessThan(4e6);
});
