import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { articleNumberAt, articlesIn, formatArticleNumber } from '#shared/laws/article-number.ts';
import { chineseNumber, numberFromChinese } from '#shared/laws/chinese-number.ts';

describe('article numbers', () => {
  test('every number up to 9999 is read back from what is written', () => {
    for (let number = 1; number <= 9999; number += 1)
      expect(numberFromChinese(chineseNumber(number))).toBe(number);
  });

  test('an article and one inserted behind it are read back from what is printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat({ max: 40 }), (number, inserted) => {
        const printed = formatArticleNumber({ number, inserted });
        expect(articleNumberAt(`${printed} 正文`)).toEqual({ number, inserted });
      }),
    );
  });

  test.each([
    ['第一千零七十九条', { number: 1079, inserted: 0 }],
    ['第一百三十三条之二第一款', { number: 133, inserted: 2 }],
    ['第二〇条', { number: 20, inserted: 0 }],
    ['第1079条', { number: 1079, inserted: 0 }],
    ['第十条之1', { number: 10, inserted: 1 }],
  ])('%s is read', (text, number) => expect(articleNumberAt(text)).toEqual(number));

  test.each(['', '一千条', '第条', '第三章', '前第三条'])('"%s" is no article number', (text) =>
    expect(articleNumberAt(text)).toBeUndefined(),
  );

  test('all articles of a citation are found, those of paragraphs and items not counted twice', () => {
    expect(articlesIn('第三十一条第五项、第三十三条之一第二款、第四十条')).toEqual([
      { number: 31, inserted: 0 },
      { number: 33, inserted: 1 },
      { number: 40, inserted: 0 },
    ]);
  });

  test('a text that is no number is not taken for one', () => {
    expect(numberFromChinese('三章')).toBeNaN();
    expect(numberFromChinese('')).toBeNaN();
  });
});
