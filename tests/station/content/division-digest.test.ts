import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  layLocal,
  putRecord,
  recordsOfDivision,
  removeRecord,
  sourceRecord,
} from '#station/content/content-store.ts';
import { proveDivision, reckonedDigest, standingDigest } from '#station/content/division-digest.ts';
import { noteApplied } from '#station/content/feed-divisions.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW, notice } from '../../district/feed/sample-feed.ts';

const DIVISION = '530102';
const HALL = '530102-001';

let db: WritableDb;
beforeEach(() => {
  db = openDatabase(':memory:', 'cache');
  for (const name of ['a', 'b', 'c']) putRecord(db, notice(name));
  noteRows();
});
afterEach(() => db.write.close());

/** As after a look at the feed. */
function noteRows(): void {
  const digest = reckonedDigest(db, DIVISION);
  noteApplied(db, DIVISION, { epoch: 'epochone', sequence: 3, digest }, NOW);
}

const changes = () => db.read.prepare('select count(*) from digest_change').pluck().get();
const noPause = () => Promise.resolve();

/** A row goes without a trace, as when the file is damaged. */
function loseBeneath(name: string): void {
  db.write.exec(`delete from record where id = 'notice.${name}'; delete from digest_change`);
}

const NAME = fc.constantFrom('a', 'b', 'd');
const SCOPE = fc.constantFrom(DIVISION, HALL, '530103', '5301021');
const VERSION = fc.integer({ min: 1, max: 3 });
const changeOf = (record: fc.Arbitrary<ReturnType<typeof notice>>) =>
  fc.oneof(
    fc.record({ do: fc.constantFrom('put', 'remove', 'edit', 'withdraw', 'raw-replace'), record }),
    fc.record({ do: fc.constantFrom('release', 'raw-delete', 'raw-update', 'note'), record }),
  );
const steps = fc.array(changeOf(fc.tuple(NAME, VERSION, SCOPE).map((all) => notice(...all))), {
  maxLength: 12,
});

function take(what: string, record: ReturnType<typeof notice>): void {
  const { id, scope, version } = record;
  const rows = db.write;
  if (what === 'put') putRecord(db, record);
  if (what === 'remove') removeRecord(db, record);
  if (what === 'edit') layLocal(db, [{ id, scope, shown: { ...record, version: 90 } }]);
  if (what === 'withdraw') layLocal(db, [{ id, scope, shown: undefined }]);
  if (what === 'release') layLocal(db, []);
  if (what === 'raw-delete') rows.prepare('delete from record where id = ?').run(id);
  if (what === 'raw-update')
    rows
      .prepare(
        `update record set version = @version, envelope = json_set(envelope, '$.version', @version)`,
      )
      .run({ version });
  if (what === 'raw-replace')
    rows
      .prepare(
        `insert or replace into record values (?, ?, 'notice', ?, '2026-11-01', null, '', ?)`,
      )
      .run(id, scope, version, JSON.stringify(record));
  if (what === 'note') noteRows();
}

describe('the standing digest', () => {
  test('is that of all rows, whoever changed them, beneath edits of the station too', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        db.write.exec('delete from local_record; delete from record');
        for (const { do: what, record } of taken) {
          take(what, record);
          expect(standingDigest(db, DIVISION)).toBe(reckonedDigest(db, DIVISION));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('tells that a row is missing', () => {
    const before = standingDigest(db, DIVISION);
    db.write.exec(`delete from record where id = 'notice.b'`);
    expect(standingDigest(db, DIVISION)).not.toBe(before);
  });

  test('is none where the feed gave nothing, and changes there are not noted', () => {
    putRecord(db, notice('a', 1, '530103'));
    putRecord(db, notice('a', 1, '53010'));
    expect(standingDigest(db, '530103')).toBeUndefined();
    expect(changes()).toBe(0);
  });

  test('goes with the change: what was rolled back was never noted', () => {
    const change = db.write.transaction(() => {
      putRecord(db, notice('a', 2));
      throw new Error('power cut');
    });
    expect(change).toThrow('power cut');
    expect(changes()).toBe(0);
  });

  test('has no more to go through than changed since it was noted', () => {
    for (const version of [2, 3, 4]) putRecord(db, notice('a', version));
    expect(changes()).toBe(1);
    noteRows();
    expect(changes()).toBe(0);
  });
});

describe('a proof', () => {
  test('finds a row that went without a trace, and notes what is there', async () => {
    loseBeneath('b');
    const digest = standingDigest(db, DIVISION);
    expect(await proveDivision(db, DIVISION, noPause)).toBe(false);
    expect(standingDigest(db, DIVISION)).not.toBe(digest);
    expect(standingDigest(db, DIVISION)).toBe(reckonedDigest(db, DIVISION));
    expect(await proveDivision(db, DIVISION, noPause)).toBe(true);
  });

  test('reads every row once, in steps, those beneath edits too', async () => {
    for (let at = 0; at < 1_200; at += 1)
      putRecord(db, notice(`n${at}`, 1, at % 2 ? DIVISION : HALL));
    putRecord(db, notice('elsewhere', 1, '530103'));
    layLocal(db, [{ id: 'notice.n7', scope: DIVISION, shown: undefined }]);
    noteRows();
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    expect(await proveDivision(db, DIVISION, pause)).toBe(true);
    expect(recordsOfDivision(db, DIVISION)).toHaveLength(1_203);
    expect(pauses).toBe(4);
  });

  test('takes no change between two steps for damage', async () => {
    const change = async () => {
      const { version = 0 } = sourceRecord(db, { id: 'notice.a', scope: DIVISION }) ?? {};
      putRecord(db, notice('a', version + 1));
    };
    expect(await proveDivision(db, DIVISION, change)).toBe(true);
  });
});
