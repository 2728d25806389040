import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CacheCare, careForCache } from '#station/content/cache-care.ts';
import { allRecords, layLocal, putRecord } from '#station/content/content-store.ts';
import { proveRecords } from '#station/content/record-sums.ts';
import { startProof } from '#station/content/start-proof.ts';
import { isDoubtful } from '#station/store/cache-database.ts';
import { telling } from '#station/store/damage.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { notice } from '../../district/feed/sample-feed.ts';
import { flipBytes } from './flip-bytes.ts';

const TEXT = '"id":"notice.two"';
const UNREADABLE = '"id":"notice.two\\';
const ANOTHER = '"id":"notice.six"';

let folder: string;
let db: WritableDb;
let care: CacheCare;
let events: string[];
const path = () => join(folder, 'cache.sqlite');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'care-'));
  db = openDatabase(path(), 'cache');
  events = [];
  for (const name of ['one', 'two']) putRecord(db, notice(name));
});
afterEach(() => {
  care.stop();
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

/** The disk gives back something else; a program starts on it. */
function startOn(to: string): void {
  closeDatabase(db);
  flipBytes(path(), { from: TEXT, to });
  db = openDatabase(path(), 'cache');
  const event = (name: string) => events.push(name);
  care = careForCache(db, path(), { event, close: async () => {} }, 1);
}

const names = () => allRecords(db, 'notice').map(({ id }) => id);

/** Begins to mend with what the sources have; resolves when that was asked for. */
function mended(refill: () => unknown): Promise<void> {
  return new Promise((resolve) =>
    care.begin(() => {
      refill();
      setImmediate(resolve);
    }),
  );
}
const putBack = () => putRecord(db, notice('two'));

test('a record that cannot be read is left out, told once, and brought anew', async () => {
  startOn(UNREADABLE);
  db.write.exec(`insert into applied values ('pack:x', 'cursor', 1)`);
  expect(names()).toEqual(['notice.one']);
  expect(names()).toEqual(['notice.one']);
  await mended(putBack);
  expect(names()).toEqual(['notice.one', 'notice.two']);
  // By this the deployment's files are read anew.
  expect(db.read.prepare('select * from applied').all()).toEqual([]);
  expect(events).toEqual(['record-unreadable']);
  expect(isDoubtful(path())).toBe(false);
});

test('a record that says something else is found once after a start', async () => {
  expect([...proveRecords(db)].flat()).toEqual([]);
  startOn(ANOTHER);
  const isMended = mended(putBack);
  const proof = startProof(db, (error) => expect.unreachable(String(error)), 0);
  await isMended;
  await proof.stop();
  expect(names()).toEqual(['notice.one', 'notice.two']);
  expect(events).toEqual(['record-unreadable']);
});

test('what the station itself shows in its place is laid anew', async () => {
  const { id, scope } = notice('two');
  const shown = { ...notice('two'), version: 7 };
  layLocal(db, [{ id, scope, shown }]);
  startOn(UNREADABLE);
  expect(names()).toEqual(['notice.one']);
  await mended(() => {
    putBack();
    return layLocal(db, [{ id, scope, shown }]);
  });
  expect(allRecords(db, 'notice').map(({ version }) => version)).toEqual([1, 7]);
});

test('one that cannot be read again after it was mended stays left out, and the cache is kept', async () => {
  startOn(UNREADABLE);
  names();
  await mended(() =>
    db.write.exec(
      `insert into record select id, scope, kind, version, effective_from, valid_until, published_at, '{' from
        (select 'notice.two' as id, scope, kind, version, effective_from, valid_until, published_at from record)`,
    ),
  );
  expect(names()).toEqual(['notice.one']);
  expect(events).toEqual(['record-unreadable']);
  expect(isDoubtful(path())).toBe(false);
});

test('what fails while it is brought is tried again later, and the cache is kept', async () => {
  startOn(UNREADABLE);
  names();
  let tries = 0;
  await mended(() => {
    tries += 1;
    if (tries < 3) throw new Error('somebody else is writing');
    putBack();
  });
  expect(names()).toEqual(['notice.one', 'notice.two']);
  expect(events).toEqual(['record-unreadable', 'mending-failed', 'mending-failed']);
  expect(isDoubtful(path())).toBe(false);
});

describe('when SQLite cannot read', () => {
  const failToRead = () => {
    const fault = new Database.SqliteError('disk image is malformed', 'SQLITE_CORRUPT');
    expect(() =>
      telling(db.read, () => {
        throw fault;
      }),
    ).toThrow(fault);
  };
  const hasEnded = () => Promise.race([care.mustEnd.then(() => true), Promise.resolve(false)]);

  test('the cache is marked, and the host ends when a call fails', async () => {
    startOn(UNREADABLE);
    care.callFailed();
    expect(await hasEnded()).toBe(false);
    failToRead();
    expect(isDoubtful(path())).toBe(true);
    care.callFailed();
    await care.mustEnd;
  });

  test('but no mark can be written, the host goes on: the next would meet the same', async () => {
    startOn(UNREADABLE);
    mkdirSync(`${path()}.doubtful`);
    failToRead();
    care.callFailed();
    expect(await hasEnded()).toBe(false);
  });

  test.each(['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'])(
    '%s is no reason for a mark',
    (code) => {
      startOn(UNREADABLE);
      expect(() =>
        telling(db.read, () => {
          throw new Database.SqliteError('not now', code);
        }),
      ).toThrow();
      expect(isDoubtful(path())).toBe(false);
    },
  );
});
