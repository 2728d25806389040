import { describe, expect, test } from 'vitest';
import { readMeanings, sayingsOf } from '#shared/search/everyday-words.ts';

const SAYINGS = sayingsOf([
  { everyday: ['不给工资', '工资'], legal: ['劳动报酬', '拖欠'] },
  { everyday: ['打人'], legal: ['故意伤害'] },
]);
const said = (text: string) => readMeanings(text, SAYINGS).map((meaning) => meaning.said);

describe('everyday words', () => {
  test('mean legal ones', () => {
    expect(readMeanings('老板不给工资', SAYINGS)).toEqual([
      { said: '不给工资', meant: ['劳动报酬', '拖欠'], quality: 1 },
    ]);
  });

  test('may have others between them, or stand the other way round, and count less', () => {
    expect(readMeanings('不给我发工资', SAYINGS)[0]?.quality).toBeGreaterThan(
      readMeanings('工资不给', SAYINGS).find((one) => one.said === '不给工资')?.quality ?? 1,
    );
  });

  test('inside a longer saying say nothing of their own', () => {
    expect(said('不给工资')).toEqual(['不给工资']);
  });

  test('that were not said mean nothing', () => {
    expect(said('离婚')).toEqual([]);
    expect(said('')).toEqual([]);
  });
});
