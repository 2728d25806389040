import { expect, test } from 'vitest';
import { countTokens, isCountingDue } from '#station/search/frequent-tokens.ts';
import { openIndexReader } from '#station/search/index-reader.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { transaction } from '#station/store/sql.ts';

const DOCUMENTS = 6000;

/** So many documents more that all speak of wages, every sixtieth of a dog. */
function fill(db: ReturnType<typeof openDatabase>, from: number, to: number): void {
  const shown = db.write.prepare(`insert into search_shown values (?, '00', '2026-01-01', null)`);
  const head = db.write.prepare('insert into search_head (rowid, tokens) values (?, ?)');
  const body = db.write.prepare('insert into search_body (rowid, tokens) values (?, ?)');
  transaction(db, () => {
    for (let doc = from; doc < to; doc += 1) {
      shown.run(doc);
      head.run(doc, doc % 60 === 0 ? '被狗' : '工资');
      body.run(doc, '工资 合同');
    }
  });
}

function countAll(db: ReturnType<typeof openDatabase>): void {
  const count = countTokens(db, 2);
  while (!count());
}

test('tokens that many documents have are known by their counts, rare ones are counted when asked for', () => {
  const db = openDatabase(':memory:', 'cache');
  fill(db, 1, DOCUMENTS + 1);
  const { frequency } = openIndexReader(db, '530102001');
  const counted = () => ['工资', '合同', '被狗', '没有'].map(frequency);
  const before = counted();
  expect(before).toEqual([DOCUMENTS - 100 + DOCUMENTS, DOCUMENTS, 100, 0]);
  countAll(db);
  expect(counted()).toEqual(before);
  const kept = db.read.prepare('select token from search_frequent order by token').pluck().all();
  expect(kept).toEqual(['合同', '工资']);
});

test('they are counted again when there are many more documents, not for a few', () => {
  const db = openDatabase(':memory:', 'cache');
  fill(db, 1, 100);
  expect(isCountingDue(db)).toBe(false);
  fill(db, 100, DOCUMENTS + 1);
  expect(isCountingDue(db)).toBe(true);
  countAll(db);
  expect(isCountingDue(db)).toBe(false);
  fill(db, DOCUMENTS + 1, DOCUMENTS + 200);
  expect(isCountingDue(db)).toBe(false);
  fill(db, DOCUMENTS + 200, 2 * DOCUMENTS);
  expect(isCountingDue(db)).toBe(true);
  countAll(db);
  const { frequency } = openIndexReader(db, '530102001');
  expect(frequency('合同')).toBe(2 * DOCUMENTS - 1);
});

test('of what was counted when there were many nothing is kept when a few are left', () => {
  const db = openDatabase(':memory:', 'cache');
  fill(db, 1, DOCUMENTS + 1);
  countAll(db);
  for (const table of ['search_shown', 'search_head', 'search_body'])
    db.write.exec(`delete from ${table} where ${table === 'search_shown' ? 'doc' : 'rowid'} > 100`);
  expect(isCountingDue(db)).toBe(true);
  countAll(db);
  expect(isCountingDue(db)).toBe(false);
  expect(openIndexReader(db, '530102001').frequency('合同')).toBe(100);
});
