import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCitations } from '#shared/laws/find-citations.ts';

const KNOWN = new Set([
  '民法典',
  '刑法',
  '刑事诉讼法',
  '关于适用民法典若干问题的解释',
  '邻里法（示例）',
]);
const find = (text: string, self?: string) =>
  findCitations(text, self, (law) => KNOWN.has(law)).map(({ start, end, law, articles }) => [
    text.slice(start, end),
    law,
    articles.map(({ number, inserted }) => (inserted === 0 ? number : `${number}-${inserted}`)),
  ]);

describe('citations in a text', () => {
  test.each([
    [
      '依照《中华人民共和国民法典》第十条、第十二条第二款的规定',
      [['《中华人民共和国民法典》第十条、第十二条第二款', '民法典', [10, 12]]],
    ],
    ['依照本法第三条之一处理', [['本法第三条之一', '邻里法（示例）', ['3-1']]]],
    ['构成刑法第二百六十四条规定的犯罪', [['刑法第二百六十四条', '刑法', [264]]]],
    ['根据刑事诉讼法第十五条', [['刑事诉讼法第十五条', '刑事诉讼法', [15]]]],
    [
      '《关于适用〈民法典〉若干问题的解释》第一条',
      [['《关于适用〈民法典〉若干问题的解释》第一条', '关于适用民法典若干问题的解释', [1]]],
    ],
    [
      '《民法典》（2020年通过）第五条至第七条',
      [['《民法典》（2020年通过）第五条至第七条', '民法典', [5, 7]]],
    ],
    [
      '根据《民法典》《刑法》制定',
      [
        ['《民法典》', '民法典', []],
        ['《刑法》', '刑法', []],
      ],
    ],
    ['《没有的法》第三条、前款、第九条', []],
    ['《民法典', []],
  ])('"%s"', (text, found) => expect(find(text, '邻里法（示例）')).toEqual(found));

  test('本法 outside any law is nobody’s', () => {
    expect(find('本法第三条')).toEqual([]);
  });

  test('of any text lie within it, in order, and do not overlap', () => {
    const piece = fc.constantFrom(
      '《',
      '》',
      '民法典',
      '刑法',
      '第三条',
      '第四条之一',
      '、',
      '（',
      '）',
      '本法',
      '甲',
      '第',
      '条',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end } of findCitations(text, '民法典', (law) => KNOWN.has(law))) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
    );
  });
});
