import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allRecords, putRecord } from '#station/content/content-store.ts';
import { standingDigest } from '#station/content/division-digest.ts';
import { noteApplied } from '#station/content/feed-divisions.ts';
import { silentLog } from '#station/log/station-log.ts';
import { assureIndexRules } from '#station/search/search-index.ts';
import { isDoubtful, markDoubtful, openCacheDatabase } from '#station/store/cache-database.ts';
import { closeDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { notice } from '../../district/feed/sample-feed.ts';

const DIGEST = 'a'.repeat(64);
const COUNT = 400;

let folder: string;
const path = () => join(folder, 'cache.sqlite');

/** A terminal whose district gave it all that it has. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doubtful-'));
  inCache((db) => {
    for (let at = 0; at < COUNT; at += 1) putRecord(db, notice(`n-${at}`));
    noteApplied(db, '530102', { epoch: 'epochone', sequence: 7, digest: DIGEST }, 1);
    assureIndexRules(db);
    db.write.exec('delete from search_pending');
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

function inCache<Result>(work: (db: WritableDb) => Result): Result {
  const db = openCacheDatabase(path(), silentLog);
  try {
    return work(db);
  } finally {
    closeDatabase(db);
  }
}
const count = () => inCache((db) => allRecords(db, 'notice').length);
const waiting = () =>
  inCache((db) => {
    assureIndexRules(db);
    return db.read.prepare('select count(*) from search_pending').pluck().get();
  });

test('a marked cache that can be read is kept whole, and its index is made anew', () => {
  markDoubtful(path(), ['SQLITE_IOERR_READ']);
  expect(count()).toBe(COUNT);
  expect(isDoubtful(path())).toBe(false);
  expect(existsSync(`${path()}.damaged`)).toBe(false);
  expect(waiting()).toBe(COUNT);
  expect(inCache((db) => standingDigest(db, '530102'))).toBe(DIGEST);
});

test('of one that SQLite cannot read comes over what can be read; the feed brings the rest, and the file stays', () => {
  const file = readFileSync(path());
  // Noise in the midst of the records: some of the pages that hold them are no pages any more.
  const at = Math.floor(file.indexOf('"id":"notice.n-200"') / 4096) * 4096;
  file.fill('noise ', at, at + 4096);
  writeFileSync(path(), file);
  markDoubtful(path(), ['SQLITE_CORRUPT']);
  const kept = count();
  expect(kept).toBeGreaterThan(COUNT * 0.9);
  expect(kept).toBeLessThan(COUNT);
  expect(isDoubtful(path())).toBe(false);
  expect(readFileSync(`${path()}.damaged`).equals(file)).toBe(true);
  inCache((db) => {
    expect(standingDigest(db, '530102')).not.toBe(DIGEST);
    expect(db.read.prepare('select sequence from feed_division').pluck().get()).toBe(7);
  });
});

test('one that is no database any more is made anew, and the last damaged file stays', () => {
  for (const text of ['first', 'second']) {
    writeFileSync(path(), text.repeat(2000));
    expect(count()).toBe(0);
    expect(readFileSync(`${path()}.damaged`, 'utf8')).toBe(text.repeat(2000));
  }
});
