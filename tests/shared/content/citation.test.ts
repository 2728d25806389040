import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  type Citation,
  citationSchema,
  formatCitation,
  formatCitations,
} from '#shared/content/citation.ts';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import { starterFiles } from '../../real-content.ts';

const accepts = (article: string) => citationSchema.safeParse({ law: '民法典', article }).success;

describe('articles as they are read aloud', () => {
  const number = fc.integer({ min: 1, max: 1260 }).map(chineseNumber);
  const small = fc.integer({ min: 1, max: 20 }).map(chineseNumber);

  test('any article of the Civil Code is accepted', () => {
    for (let article = 1; article <= 1260; article += 1)
      expect(accepts(`第${chineseNumber(article)}条`)).toBe(true);
    expect(chineseNumber(1079)).toBe('一千零七十九');
    expect(chineseNumber(1200)).toBe('一千二百');
    expect(chineseNumber(12)).toBe('十二');
  });

  test('paragraphs, items, inserted articles, lists and ranges are accepted', () => {
    fc.assert(
      fc.property(number, number, small, small, (article, other, paragraph, item) => {
        expect(accepts(`第${article}条之${item}`)).toBe(true);
        expect(accepts(`第${article}条第${paragraph}款第${item}项`)).toBe(true);
        expect(accepts(`第${article}条第${item}项`)).toBe(true);
        expect(accepts(`第${article}条、第${other}条第${paragraph}款`)).toBe(true);
        expect(accepts(`第${article}条至第${other}条`)).toBe(true);
      }),
    );
  });

  test.each([
    '31',
    '第31条',
    '第三十一条。',
    '三十一条',
    '第条',
    '第三十一条 ',
    '第三十一条，第五条',
    '第三十一條',
    '',
  ])('refuses "%s"', (article) => expect(accepts(article)).toBe(false));

  test('refuses any text without 第 and 条', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !/^第.*条/s.test(text)),
        (text) => {
          expect(accepts(text)).toBe(false);
        },
      ),
    );
  });

  test('refuses a law’s name with its marks', () => {
    expect(citationSchema.safeParse({ law: '《民法典》' }).success).toBe(false);
  });
});

describe('citations of the shipped content', () => {
  const cited = citationsIn(starterFiles().map((file): unknown => parse(file)));

  test('are read back from what is printed', () => {
    expect(cited.length).toBeGreaterThan(300);
    for (const citation of cited) {
      const printed = formatCitation(citation);
      const [, law, version, article] = /^《(.+)》(?:（([^）]+)）)?(.*)$/s.exec(printed) ?? [];
      expect({ law, version, article }).toEqual({
        law: citation.law,
        version: citation.version,
        article: citation.article ?? '',
      });
    }
  });

  test('say which text is meant of a law that was revised since 2025, and of every law where one of them does', () => {
    const revised = ['治安管理处罚法', '仲裁法', '婚姻登记条例'];
    const byLaw = Map.groupBy(cited, ({ law }) => law);
    const unlike = [...byLaw].filter(([law, all]) => {
      const versions = new Set(all.map(({ version }) => version));
      return versions.size > 1 || (revised.includes(law) && versions.has(undefined));
    });
    expect(unlike.map(([law]) => law)).toEqual([]);
  });

  test('print the text that is meant between the law and the article', () => {
    expect(
      formatCitation({ law: '治安管理处罚法', article: '第八十八条', version: '2025年修订' }),
    ).toBe('《治安管理处罚法》（2025年修订）第八十八条');
  });

  test('stand in one line with commas of the Chinese kind', () => {
    expect(formatCitations([{ law: '民法典', article: '第一条' }, { law: '公证法' }])).toBe(
      '《民法典》第一条、《公证法》',
    );
  });

  function citationsIn(value: unknown): Citation[] {
    if (typeof value !== 'object' || value === null) return [];
    const own = citationSchema.safeParse(value);
    return [...(own.success ? [own.data] : []), ...Object.values(value).flatMap(citationsIn)];
  }
});
