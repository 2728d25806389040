import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { NoticeBody } from '#shared/content/kinds/notice.ts';
import { scopeChain } from '#shared/content/scope.ts';
import { addDays } from '#shared/time/local-date.ts';
import {
  appliedCursor,
  newestPublication,
  replaceContent,
  visibleRecord,
  visibleRecords,
} from '#station/content/content-store.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { anyScope } from '../../shared/content/any-scope.ts';

let db: WritableDb;
beforeEach(() => {
  db = openDatabase(':memory:', 'cache');
});
afterEach(() => db.write.close());

function notice(change: Partial<ContentRecord> = {}): ContentRecord<NoticeBody> {
  return {
    id: 'notice.one',
    kind: 'notice',
    scope: '00',
    version: 1,
    effectiveFrom: '2026-11-01',
    source: '测试',
    responsibleBody: '测试',
    editor: '甲',
    reviewer: '乙',
    publishedAt: '2026-11-01T09:00:00+08:00',
    confirm: [],
    translations: {},
    ...change,
    body: { title: '国庆值班', text: '国庆期间有人值班。', group: 'station', important: false },
  };
}

const put = (...records: ContentRecord[]) => replaceContent(db, 'pack:test', 'cursor', records, 0);
const scopesSeen = (station: string, today: string) =>
  visibleRecords(db, 'notice', { station, today }).map((record) => record.scope);

describe('a notice', () => {
  test('of tomorrow is not shown yet, one of yesterday no more', () => {
    put(notice({ effectiveFrom: '2026-11-24', validUntil: '2026-11-25' }));
    const seen = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'].map(
      (today) => scopesSeen('530102001', today).length,
    );
    expect(seen).toEqual([0, 1, 1, 0]);
  });

  test('of the province stands in place of the country’s, though their codes are as long', () => {
    put(notice({ scope: '53' }), notice({ scope: '00' }));
    expect(scopesSeen('530102001', '2026-11-23')).toEqual(['53']);
    put(notice({ scope: '00' }), notice({ scope: '53' }));
    expect(scopesSeen('530102001', '2026-11-23')).toEqual(['53']);
    expect(
      visibleRecord(db, 'notice', 'notice.one', { station: '530102001', today: '2026-11-23' })
        ?.scope,
    ).toBe('53');
  });

  test('of the province gives way to the country’s again when it is over', () => {
    put(notice({ scope: '53', validUntil: '2026-11-22' }), notice());
    expect(scopesSeen('530102001', '2026-11-22')).toEqual(['53']);
    expect(scopesSeen('530102001', '2026-11-23')).toEqual(['00']);
  });
});

test('a station sees what a person with the whole list and the rules would pick', () => {
  const day = fc.integer({ min: -3, max: 3 }).map((days) => addDays('2026-12-31', days));
  const record = fc
    .record({
      id: fc.constantFrom('notice.a', 'notice.b', 'notice.c'),
      scope: anyScope,
      effectiveFrom: day,
      validUntil: fc.option(day, { nil: undefined }),
    })
    .map(notice);
  const records = fc.uniqueArray(record, {
    maxLength: 30,
    selector: ({ id, scope }) => `${id} ${scope}`,
  });
  fc.assert(
    fc.property(records, anyScope, day, (all, station, today) => {
      put(...all);
      const expected = pick(all, station, today);
      expect(visibleRecords(db, 'notice', { station, today })).toEqual(expected);
      for (const id of ['notice.a', 'notice.b', 'notice.c'])
        expect(visibleRecord(db, 'notice', id, { station, today })).toEqual(
          expected.find((one) => one.id === id),
        );
      expect(visibleRecords(db, 'faq', { station, today })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('content is replaced whole, with its cursor', () => {
  put(notice(), notice({ id: 'notice.two', publishedAt: '2026-11-02T09:00:00+08:00' }));
  expect(appliedCursor(db, 'pack:test')).toBe('cursor');
  expect(newestPublication(db)).toBe('2026-11-02T09:00:00+08:00');
  replaceContent(db, 'pack:other', 'next', [notice()], 1);
  expect(appliedCursor(db, 'pack:test')).toBeUndefined();
  expect(appliedCursor(db, 'pack:other')).toBe('next');
  expect(newestPublication(db)).toBe('2026-11-01T09:00:00+08:00');
});

test('content that fails half way leaves the old content and its cursor', () => {
  put(notice());
  const power = () => {
    throw new Error('the power went');
  };
  expect(() =>
    replaceContent(db, 'pack:test', 'broken', [notice({ id: 'notice.new' })], 1, power),
  ).toThrow('the power went');
  expect(appliedCursor(db, 'pack:test')).toBe('cursor');
  expect(
    visibleRecords(db, 'notice', { station: '530102001', today: '2026-11-23' }).map(
      (one) => one.id,
    ),
  ).toEqual(['notice.one']);
});

test('content that has a record twice is refused as a whole', () => {
  put(notice());
  const twice = [notice({ id: 'notice.new' }), notice({ id: 'notice.new' })];
  expect(() => replaceContent(db, 'pack:test', 'broken', twice, 1)).toThrow('twice');
  expect(appliedCursor(db, 'pack:test')).toBe('cursor');
});

/** In dates, in the chain, the last of the chain for each id, by id; JSON keeps no undefined. */
function pick(all: ContentRecord[], station: string, today: string): ContentRecord[] {
  const chosen = new Map<string, ContentRecord>();
  for (const scope of scopeChain(station))
    for (const record of all)
      if (
        record.scope === scope &&
        record.effectiveFrom <= today &&
        today <= (record.validUntil ?? '9999-12-31')
      )
        chosen.set(record.id, record);
  return [...chosen.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((record) => JSON.parse(JSON.stringify(record)) as ContentRecord);
}
