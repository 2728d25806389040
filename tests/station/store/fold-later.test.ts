import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foldLater } from '#station/store/fold-later.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { run, sql, transaction, type WritableDb } from '#station/store/sql.ts';

let folder: string;
let db: WritableDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fold-'));
  db = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  db.write.pragma('wal_checkpoint(TRUNCATE)');
});
afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

/** More pages than SQLite leaves in the log. */
const MASS = 2_000;
const TEXT = 'x'.repeat(4_000);

const fill = () =>
  transaction(db, () => {
    for (let at = 0; at < MASS; at += 1)
      run(db, sql`insert into law_segment (name) values (${`${at}${TEXT}`})`);
  });
const one = () =>
  transaction(db, () => run(db, sql`insert into law_segment (name) values (${'one'})`));
const sizeOf = (name: string) => statSync(join(folder, name)).size;
const rows = (database: WritableDb) =>
  database.read.prepare('select count(*) from law_segment').pluck().get();

describe('a mass of rows that is folded later', () => {
  test('is read by everybody at once and lies in the log until the next commit folds it', () => {
    const before = sizeOf('cache.sqlite');
    foldLater(db, fill);
    expect(sizeOf('cache.sqlite')).toBe(before);
    expect(sizeOf('cache.sqlite-wal')).toBeGreaterThan(MASS * TEXT.length);
    const other = openDatabase(join(folder, 'cache.sqlite'), 'cache');
    expect(rows(other)).toBe(MASS);
    other.read.close();
    one();
    expect(sizeOf('cache.sqlite')).toBeGreaterThan(MASS * TEXT.length);
  });

  test('is folded at a close, when nothing was written after it', () => {
    foldLater(db, fill);
    closeDatabase(db);
    expect(sizeOf('cache.sqlite')).toBeGreaterThan(MASS * TEXT.length);
    db = openDatabase(join(folder, 'cache.sqlite'), 'cache');
    expect(rows(db)).toBe(MASS);
  });

  test('breaks off as a whole, and commits after it are folded as ever', () => {
    const before = sizeOf('cache.sqlite');
    const broken = () =>
      foldLater(db, () =>
        transaction(db, () => {
          one();
          throw new Error('the end');
        }),
      );
    expect(broken).toThrow('the end');
    expect(rows(db)).toBe(0);
    fill();
    expect(sizeOf('cache.sqlite')).toBeGreaterThan(before);
  });
});
