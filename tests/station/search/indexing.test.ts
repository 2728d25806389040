import { afterEach, beforeEach, expect, test } from 'vitest';
import { putRecord } from '#station/content/content-store.ts';
import { type Indexing, startIndexing } from '#station/search/indexing.ts';
import { countPending } from '#station/search/search-index.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { notice } from '../../district/feed/sample-feed.ts';
import { shippedPack } from '../../real-content.ts';

/** The timer, moved on by hand. */
let waiting: { readonly work: () => void; readonly ms: number } | undefined;
const pack = shippedPack('wuhua');
let db: WritableDb;
let indexing: Indexing;
let faults: number;

beforeEach(() => {
  db = openDatabase(':memory:', 'cache');
  faults = 0;
  putRecord(db, notice('one'));
  indexing = startIndexing(
    db,
    pack,
    () => {
      faults += 1;
    },
    (work, ms) => {
      waiting = { work, ms };
      return () => {
        waiting = undefined;
      };
    },
  );
});
afterEach(() => db.write.close());

/** Lets the time pass until the next step; gives how long that was. */
function pass(): number {
  const next = waiting ?? expect.unreachable('nothing is planned');
  waiting = undefined;
  next.work();
  return next.ms;
}
function passUntilDone(): void {
  while (waiting !== undefined) pass();
}

/** As a full disk does. */
const fillDisk = () =>
  db.write.exec(
    `create trigger full before insert on search_doc begin select raise(abort, 'full'); end`,
  );
const freeDisk = () => db.write.exec('drop trigger full');

test('what could not be indexed is tried again with a growing pause, until it can', () => {
  fillDisk();
  pass();
  const pauses = Array.from({ length: 9 }, pass);
  expect(pauses.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
  expect(pauses.at(-1)).toBe(600_000);
  expect(faults).toBe(10);
  expect(countPending(db)).toBe(1);
  freeDisk();
  passUntilDone();
  expect(countPending(db)).toBe(0);
});

test('after a success the pauses are short again', () => {
  fillDisk();
  for (let n = 0; n < 5; n++) pass();
  freeDisk();
  passUntilDone();
  fillDisk();
  putRecord(db, notice('two'));
  indexing.wake();
  pass();
  expect(pass()).toBe(5000);
});

test('nothing is planned after the end', () => {
  fillDisk();
  pass();
  indexing.stop();
  expect(waiting).toBeUndefined();
});
