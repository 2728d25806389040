import { expect, test } from 'vitest';
import { sayingsOf } from '#shared/search/everyday-words.ts';
import type { IndexedDocument } from '#station/search/index-reader.ts';
import { toldArticles, toldModel } from '#station/search/told-model.ts';

const WAGES = 7;
const LEAK = 9;

function documentOf(doc: number, title: string, words: readonly string[]): IndexedDocument {
  const said = words.join('\n');
  const rest = { id: `faq.${doc}`, scope: '00', owner: '', law: null, article: null, body: '' };
  return { doc, kind: 'faq', title, words, said, standing: 0, serves: [], ...rest };
}

const documents = [
  documentOf(WAGES, '老板不给工资怎么办', ['拖欠工资', '讨薪']),
  documentOf(LEAK, '楼上漏水泡了我家怎么办', ['天花板滴水']),
];
const model = toldModel(
  documents,
  sayingsOf([
    { everyday: ['工地上绑钢筋干了大半年', '带班的不结账'], legal: ['拖欠工资'] },
    { everyday: ['墙皮一块一块掉'], legal: ['漏水', '泡了我家'] },
    { everyday: ['养了一条大狼狗'], legal: ['狗咬人'] },
  ]),
);

function likeliest(...wordings: string[]): number | undefined {
  return [...model.likely(wordings)].sort(([, a], [, b]) => b - a)[0]?.[0];
}

test('a story is about what such things are told of, though no part of it stands in the title', () => {
  expect(likeliest('过年都没回去 带班的老说等等 钢筋绑了半年')).toBe(WAGES);
  expect(likeliest('我家墙皮都往下掉')).toBe(LEAK);
});

test('a story in two wordings is understood by either', () => {
  expect(likeliest('屋头', '我家墙皮')).toBe(LEAK);
});

test('what nobody tells of anything is about nothing', () => {
  expect(model.likely(['狼狗'])).toEqual(new Map());
  expect(model.likely(['xyz 12345'])).toEqual(new Map());
  expect(model.likely([''])).toEqual(new Map());
});

test('with nothing to learn from it knows nothing', () => {
  expect(toldModel([], sayingsOf([])).likely(['老板不给工资'])).toEqual(new Map());
});

test('an article of law is known by other words than its sayings have, in each version of its law', () => {
  const articles = toldArticles([
    { docs: [31, 32], text: '遗产分割时，应当保留胎儿的继承份额', said: ['肚子里的娃分遗产'] },
    { docs: [40], text: '禁止高空抛物', said: ['楼上扔东西砸人'] },
  ]);
  const likely = articles.likely(['肚里娃娃有没有遗产']);
  expect([...likely.keys()]).toEqual([31, 32]);
  expect(likely.get(31)).toBe(likely.get(32));
  expect(articles.likely(['养了一条狗'])).toEqual(new Map());
});
