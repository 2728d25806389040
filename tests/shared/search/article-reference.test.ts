import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import {
  articleKey,
  articleKeysOf,
  lawKey,
  readArticleReference,
} from '#shared/search/article-reference.ts';
import { readNumeral } from '#shared/search/chinese-numeral.ts';

describe('a reference to an article', () => {
  test.each([
    ['民法典1079条', '民法典', '1079'],
    ['民法典第1079条', '民法典', '1079'],
    ['第一千零七十九条', '', '1079'],
    ['民法典第一千零七十九条第二款', '民法典', '1079'],
    ['刑法133条之一', '刑法', '133-1'],
    ['刑法第一百三十三条之一', '刑法', '133-1'],
    ['刑法234', '刑法', '234'],
    ['劳动合同法第八十二', '劳动合同法', '82'],
    ['第十条', '', '10'],
  ])('%s', (text, law, article) => {
    expect(readArticleReference(text)).toMatchObject({ law, article });
  });

  test.each(['1079', '离婚', '第一', '', '第零条', '哪一法'])('%s is none', (text) => {
    expect(readArticleReference(text)).toBeUndefined();
  });

  test('keeps what was asked for behind it', () => {
    expect(readArticleReference('民法典第1079条离婚')?.rest).toBe('离婚');
  });

  test('is read alike in digits and in words, whatever the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1260 }), (number) => {
        expect(readNumeral(chineseNumber(number))).toBe(number);
        expect(articleKey(`第${chineseNumber(number)}条`)).toBe(String(number));
        expect(readArticleReference(`民法典${number}条`)).toEqual(
          readArticleReference(`民法典第${chineseNumber(number)}条`),
        );
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

test('a citation names several articles', () => {
  expect(articleKeysOf('第九条、第二十七条第四款')).toEqual(['9', '27']);
  expect(articleKeysOf('第三十条至第三十二条')).toEqual(['30', '32']);
  expect(articleKeysOf('附则')).toEqual([]);
});

test('a law is looked up without the name of the state and the year of its version', () => {
  expect(lawKey('中华人民共和国治安管理处罚法2025年修订')).toBe('治安管理处罚法');
  expect(lawKey('中华人民共和国民法典')).toBe('民法典');
});

test.each([
  ['一千零七十九', 1079],
  ['一零七九', 1079],
  ['十', 10],
  ['两百', 200],
  ['二百零五', 205],
  ['12a', undefined],
  ['一二三四五六七八九十百千万', undefined],
])('%s is a number', (text, number) => {
  expect(readNumeral(text)).toBe(number);
});
