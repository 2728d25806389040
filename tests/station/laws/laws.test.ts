import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPack } from '#station/content/load-pack.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import { type Laws, openLaws } from '#station/laws/laws.ts';
import { longLaw, SAMPLE_LAW, writeOlderSegment, writeSampleLaws } from '../../laws/sample-laws.ts';
import { shippedPack, stationOn } from '../../real-content.ts';

const LAW = `${SAMPLE_LAW}@2024-03-01`;
const OLD = `${SAMPLE_LAW}@2019-05-01`;

let folder: string;
let laws: Laws;
let station: ReturnType<typeof stationOn>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'laws-'));
  writeSampleLaws(folder);
  writeOlderSegment(lawFolder(folder), [
    longLaw(500),
    {
      path: '民法典/总则.md',
      text: '# 中华人民共和国民法典\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n第一千零七十九条 示例正文。\n\n第一千二百六十条 本法自2021年1月1日起施行。《中华人民共和国婚姻法》同时废止。',
    },
    {
      path: '司法解释/婚姻法解释三.md',
      text: '# 最高人民法院关于适用《中华人民共和国婚姻法》若干问题的解释（三）\n\n2011年8月9日 公布\n\n<!-- INFO END -->\n\n第一条 示例正文。',
    },
    {
      path: '司法解释/夫妻债务.md',
      text: '# 最高人民法院关于审理涉及夫妻债务纠纷案件适用法律有关问题的解释\n\n2018年1月16日 公布\n\n<!-- INFO END -->\n\n第一条 示例正文。',
    },
    {
      path: '民法商法/仲裁法.md',
      text: '# 中华人民共和国仲裁法\n\n2017年9月1日 修正\n\n<!-- INFO END -->\n\n第一条 示例正文。',
    },
    {
      path: '行政法/治安管理处罚法.md',
      text: '# 中华人民共和国治安管理处罚法\n\n2012年10月26日 修正\n\n<!-- INFO END -->\n\n第一条 示例正文。',
    },
  ]);
  const pack = shippedPack('wuhua');
  station = stationOn(pack, '2026-11-23 10:24');
  fillLawsNow(station.db, lawFolder(folder));
  laws = openLaws(station.db, station.library);
});
afterAll(() => {
  station.db.write.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (law: string, number: number, inserted = 0) =>
  laws.byNumber(law, { number, inserted }).position;

describe('lists', () => {
  test('categories stand in their order, with how many laws they hold', () => {
    const { categories, laws: count } = laws.overview();
    expect(categories.map(({ category, genre, laws: held }) => [category, genre, held])).toEqual([
      ['民法典', 'law', 1],
      ['民法商法', 'law', 3],
      ['社会法', 'law', 2],
      ['行政法', 'law', 1],
      ['司法解释', 'interpretation', 3],
      ['案例', 'case', 1],
    ]);
    expect(count).toBe(11);
  });

  test('laws that guides and questions rest on most are named first', () => {
    expect(laws.overview().often.map(({ id }) => id)).toContain('民法典@2020-05-28');
  });

  test('a law stands once, as the version that holds; what ended stands behind and says so', () => {
    const ask = { from: 0, count: 20 };
    const civil = laws.list({ ...ask, category: '民法商法' }).laws;
    expect(civil.find(({ id }) => id === LAW)).toMatchObject({ state: 'in-force', versions: 2 });
    expect(civil.map(({ id }) => id)).not.toContain(OLD);
    const social = laws.list({ ...ask, category: '社会法' }).laws;
    expect(social.map(({ state }) => state)).toEqual(['in-force', 'repealed']);
  });

  test('are searched by a part of the title, and given in pages', () => {
    const found = laws.list({ title: '《邻里互助》', from: 0, count: 1 });
    expect(found.total).toBe(2);
    expect(found.laws).toHaveLength(1);
    expect(laws.list({ title: '没有这样的法', from: 0, count: 9 })).toEqual({ laws: [], total: 0 });
  });
});

describe('a law', () => {
  test('has its outline, its history, its versions and its text in stretches', () => {
    const law = laws.get(LAW);
    expect(law.outline[2]).toEqual({ level: 2, heading: '第一节 照应', position: 3 });
    expect(law.history).toHaveLength(4);
    expect(law.allVersions.map(({ id, state }) => [id, state])).toEqual([
      [LAW, 'in-force'],
      [OLD, 'amended'],
    ]);
    expect(law.stretches).toEqual([{ from: 0, count: 9, letters: expect.any(Number) as number }]);
  });

  test('of 500 articles is read stretch by stretch without a gap', () => {
    const { id } = laws.list({ title: '长篇公约', from: 0, count: 1 }).laws[0] ?? { id: '' };
    const read = laws
      .get(id)
      .stretches.flatMap(({ from, count }) => laws.articles(id, from, count));
    expect(read.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
  });

  test('that the content knows a newer version of says so', () => {
    const law = laws.get('治安管理处罚法@2012-10-26');
    expect(law.newerKnown).toEqual([expect.stringContaining('2025')]);
    expect(laws.get(LAW).newerKnown).toEqual([]);
  });

  test.each([
    ['治安管理处罚法@2012-10-26', '2025年修订'],
    ['仲裁法@2017-09-01', '2025年修订'],
  ])('with a newer text that is not here is never said to hold: %s', (id, newer) => {
    expect(laws.get(id)).toMatchObject({ state: 'outdated', newerKnown: [newer] });
    const { version, caution } = laws.excerpt(id, 0);
    expect(version).not.toContain('现行有效');
    expect(caution).toContain(`有更新的文本：${newer}`);
    expect(laws.takeaway(id, 0, '某站').text).toContain(caution);
  });

  test.each([
    ['最高人民法院关于适用婚姻法若干问题的解释（三）@2011-08-09', 'baseless'],
    ['最高人民法院关于审理涉及夫妻债务纠纷案件适用法律有关问题的解释@2018-01-16', 'repealed'],
  ])('that explains a law which the Civil Code ended says so wherever it goes: %s', (id, state) => {
    expect(laws.get(id).state).toBe(state);
    expect(laws.excerpt(id, 0).version).not.toContain('现行有效');
    expect(laws.takeaway(id, 0, '某站').text).toContain('现在不能再照它办');
    const listed = laws.list({ category: '司法解释', from: 0, count: 9 }).laws.map((law) => law.id);
    expect(listed.indexOf(id)).toBeGreaterThan(0);
  });

  test('is searched for words, all of which must stand in an article', () => {
    const find = (query: string) => laws.find({ law: LAW, query, from: 0, count: 50 });
    expect(find('邻里 租房')).toEqual({
      hits: [{ position: 1, label: '第二条', excerpt: expect.anything() as unknown }],
      total: 1,
    });
    const [{ text, marks } = { text: '', marks: [] }] = find('邻里 租房').hits.map(
      ({ excerpt }) => excerpt,
    );
    const marked = marks.map(({ from, to }) => text.slice(from, to));
    expect(new Set(marked)).toEqual(new Set(['邻里', '租房']));
    expect(find('第五条之一').hits[0]?.label).toBe('第五条之一');
    expect(find('  ')).toEqual({ hits: [], total: 0 });
    expect(find('%').total).toBe(0);
  });

  test('shows all that was found, a page after the other', () => {
    const page = (from: number, count: number) => laws.find({ law: LAW, query: '。', from, count });
    const { hits, total } = page(0, 50);
    expect(total).toBe(hits.length);
    expect(total).toBeGreaterThan(2);
    const pages = hits.flatMap((_hit, from) => page(from, 1).hits);
    expect(pages).toEqual(hits);
    expect(page(1, 1).total).toBe(total);
    expect(page(total, 1).hits).toEqual([]);
  });

  test('that is not here, or has no such article, is not found', () => {
    for (const ask of [
      () => laws.get('没有'),
      () => laws.article(LAW, 999),
      () => laws.byNumber(LAW, { number: 99, inserted: 0 }),
    ])
      expect(ask).toThrow(expect.objectContaining({ kind: 'not-found' }));
  });
});

describe('an article', () => {
  test('knows what stands above, before and behind it', () => {
    expect(laws.article(LAW, at(LAW, 5, 1))).toMatchObject({
      label: '第五条之一',
      above: ['第二章 日常互助', '第一节 照应'],
      previous: at(LAW, 5),
      next: at(LAW, 6),
    });
    expect(laws.article(LAW, 0).previous).toBeUndefined();
  });

  test('leads to what it names, in its own law and in others', () => {
    expect(laws.article(LAW, at(LAW, 6)).cites).toEqual([
      {
        law: '社区阅览室管理办法（示例）@2023-02-10',
        position: 1,
        label: '《社区阅览室管理办法（示例）》第二条',
        text: '阅览室每天上午九点到下午六点开放。',
      },
    ]);
    expect(laws.article(LAW, at(LAW, 7)).cites).toMatchObject([{ law: LAW, position: at(LAW, 6) }]);
  });

  test('is led to by the laws and cases that name it', () => {
    const by = (number: number) =>
      laws.article(LAW, at(LAW, number)).citedBy.laws.map(({ label }) => label);
    expect(by(2)).toEqual(['《社区阅览室管理办法（示例）》第四条']);
    expect(by(5)).toEqual(['《关于适用〈邻里互助法（示例）〉若干问题的解释》第一条']);
    expect(by(6)).toEqual(['《邻里互助法（示例）》第七条', '《半夜装修扰邻怎么调解》']);
  });

  test('is led to by the guides and questions that rest on it', () => {
    const { citedBy } = laws.article('民法典@2020-05-28', at('民法典@2020-05-28', 1079));
    expect(citedBy.faqs.length).toBeGreaterThan(0);
    expect(citedBy.faqs[0]).toMatchObject({ id: expect.stringMatching(/^faq\./) as string });
  });

  test('of an old version leads to old articles, and its version says that it is old', () => {
    expect(laws.excerpt(OLD, 0).version).toBe('2019-05-01 文本，旧文本，已有新文本（按本机收录）');
  });

  test('goes along as text that names the station', () => {
    expect(laws.takeaway(LAW, 0, '某站').text).toContain('某站 2026-11-23');
  });
});

describe('citations of guides', () => {
  test('lead to the article, or to the law where it has none such, or nowhere', () => {
    expect(
      laws.resolve([
        { law: SAMPLE_LAW, article: '第五条之一、第六条' },
        { law: SAMPLE_LAW },
        { law: SAMPLE_LAW, article: '第九十九条' },
        { law: '没有这部法', article: '第一条' },
        { law: '治安管理处罚法', article: '第一条', version: '2025年修订' },
      ]),
    ).toEqual([
      { law: LAW, position: at(LAW, 5, 1), newer: false },
      { law: LAW, position: undefined, newer: false },
      { law: LAW, position: undefined, newer: false },
      null,
      { law: '治安管理处罚法@2012-10-26', position: 0, newer: true },
    ]);
  });
});

test('imported laws stay when the deployment’s content is loaded anew', () => {
  const before = laws.overview().laws;
  loadPack(station.db, shippedPack('wuhua'), 'again', 1);
  expect(laws.overview().laws).toBe(before);
});
