import { describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { KindName } from '#shared/content/kinds/index.ts';
import { kindNamed } from '#shared/content/kinds/index.ts';
import { checkRecords, reviewRecords } from '#station/packs/check-records.ts';
import { KIND_CASES } from '../../shared/content/kind-cases.ts';

function entry(kind: KindName, change: Partial<ContentRecord> = {}, body: object = {}) {
  return {
    file: `${kind}.yaml`,
    line: 7,
    record: {
      id: `${kind}.one`,
      kind,
      scope: '530102',
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
      body: kindNamed(kind).body.parse({ ...KIND_CASES[kind].whole, ...body }),
    },
  };
}

const told = (...entries: ReturnType<typeof entry>[]) =>
  checkRecords(entries).map(({ field, fault }) => `${field}: ${fault}`);

describe('records among each other', () => {
  test('sound ones have no fault', () => expect(told(entry('hotline'))).toEqual([]));

  test('an id of another kind', () => {
    expect(told(entry('hotline', { id: 'faq.one' }))).toEqual(['faq.one: id: 编号和种类不一致']);
  });

  test('an id twice in one scope, but not in two', () => {
    expect(told(entry('hotline'), entry('hotline'))).toEqual([
      'hotline.one: id: 同一范围里已有这个编号（hotline.yaml）',
    ]);
    expect(told(entry('hotline'), entry('hotline', { scope: '00' }))).toEqual([]);
  });

  test('a notice without a last day, and one that ends before it begins', () => {
    expect(told(entry('notice'))).toEqual(['notice.one: validUntil: 这类内容必须有截止日期']);
    expect(told(entry('notice', { validUntil: '2026-10-31' }))).toEqual([
      'notice.one: validUntil: 截止日期早于生效日期',
    ]);
  });

  test('a reference to a record that is not there, or not for all that see it', () => {
    const article = entry('article');
    const cover = (scope: string) => entry('media', { id: 'media.cover', scope });
    expect(told(article)).toEqual(['article.one: body.cover: 指向了不存在的记录 media.cover']);
    expect(told(article, cover('530102001'))).toEqual([
      'article.one: body.cover: 指向的 media.cover 范围更窄，有的网点看不到',
    ]);
    expect(told(article, cover('530103'))).toHaveLength(1);
    expect(told(article, cover('53'))).toEqual([]);
    expect(told(article, cover('00'), cover('530103'))).toEqual([]);
  });

  test('a scope that the kind does not allow', () => {
    expect(told(entry('hours', { scope: '00' }))).toEqual([
      'hours.one: scope: 服务时间只是一个网点的，不能发给全省或全国',
    ]);
    expect(told(entry('calendar', { scope: '530102001' }))).toEqual([
      'calendar.one: scope: 放假调休安排要发给整个区县或更大的范围',
    ]);
  });

  test('two items of a list under one id, however deep', () => {
    const item = { id: 'one', text: '一视同仁' };
    const person = (change: object) => entry('person', {}, change);
    expect(told(person({ duties: [item, item, item] }))).toEqual([
      'person.one: body.duties: 列表里有两项用了同一个编号"one"',
    ]);
    const period = { from: '09:00', to: '17:00' };
    const season = { id: 'a', from: '01-01', to: '12-31', weekdays: [1], periods: [period] };
    expect(
      told(entry('hours', { scope: '530102001' }, { seasons: [season, season] })),
    ).toHaveLength(1);
  });
});

describe('what a publisher should look at', () => {
  const review = (today: string, ...entries: ReturnType<typeof entry>[]) =>
    reviewRecords(entries, today).map(({ field, fault }) => `${field}: ${fault}`);

  test('is nothing while records are whole, fresh and in force', () => {
    expect(review('2026-11-23', entry('hotline'))).toEqual([]);
  });

  test('incomplete records, with what they lack', () => {
    expect(review('2026-11-23', entry('pledge', {}, { remedy: '' }))).toEqual([
      'pledge.one: body: 不完整：1/2，缺没做到怎么办',
    ]);
  });

  test('a roster without a leader, but not where nobody leads', () => {
    const staff = { id: 'a', person: 'person.li', duty: 'adviser', from: '09:00', to: '17:00' };
    const roster = entry(
      'roster',
      { scope: '530102001-A01' },
      { station: '530102001-A01', shifts: [{ ...staff, weekdays: [1] }] },
    );
    const outlet = (level: string) => entry('station', {}, { code: '530102001-A01', level });
    const lacksLeader = ['roster.one: body: 不完整：1/2，缺带班领导'];
    expect(review('2026-11-23', roster)).toEqual(lacksLeader);
    for (const level of ['city-centre', 'centre', 'station'])
      expect(review('2026-11-23', roster, outlet(level))).toEqual(lacksLeader);
    for (const level of ['workroom', 'point', 'police-post', 'notary-office'])
      expect(review('2026-11-23', roster, outlet(level))).toEqual([]);
  });

  test('a centre under the bare code of its division, but no street station: that speaks for its communities', () => {
    const outlet = (code: string, level: string) => entry('station', {}, { code, level });
    for (const bare of [outlet('530102', 'centre'), outlet('5301', 'city-centre')])
      expect(reviewRecords([bare], '2026-11-23')).toMatchObject([
        {
          file: 'station.yaml',
          line: 7,
          field: 'station.one: body.code',
          fault: expect.stringContaining('中心用的是整个区划的代码') as unknown,
          remedy: expect.stringContaining('-A01') as unknown,
        },
      ]);
    const sound = [outlet('530102-A01', 'centre'), outlet('530102001', 'station')];
    expect(review('2026-11-23', ...sound)).toEqual([]);
  });

  test('records that nobody has looked at since their day', () => {
    expect(review('2027-04-30', entry('hotline'))).toEqual([]);
    expect(review('2027-05-01', entry('hotline'))).toEqual([
      'hotline.one: publishedAt: 该在 2027-04-30 前复核',
    ]);
  });

  test('records that are over, but not those still to come', () => {
    const notice = (from: string, until: string) =>
      entry('notice', { effectiveFrom: from, validUntil: until });
    expect(review('2026-11-23', notice('2026-11-01', '2026-11-22'))).toEqual([
      'notice.one: validUntil: 已经过期，不再显示',
    ]);
    expect(review('2026-11-23', notice('2026-11-24', '2026-11-30'))).toEqual([]);
    expect(review('2026-11-23', notice('2026-11-23', '2026-11-23'))).toEqual([]);
  });
});
