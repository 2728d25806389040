import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact, fold, foldWithPlaces, runsOf } from '#shared/search/fold-text.ts';

describe('one form for what looks or means the same', () => {
  test.each([
    ['full width', '１２３４８　热线', '12348 热线'],
    ['capitals', 'LaoDong 仲裁', 'laodong 仲裁'],
    ['signs', '《民法典》第1079条——离婚', '民法典 第1079条 离婚'],
    ['the round zero', '二〇二六年', '二零二六年'],
    ['the high hamza of Kazakh, typed as either', '\u0674نان \u0621نان', '\u0621نان \u0621نان'],
    ['nothing but signs', '#¥%…', ''],
    ['half of a character', '离\ud842婚', '离 婚'],
  ])('%s', (_what, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test('runs are what stands between the gaps', () => {
    expect(runsOf(fold('ld 合同，怎么办'))).toEqual(['ld', '合同', '怎么办']);
    expect(runsOf('')).toEqual([]);
  });
});

test('each unit of a folded text knows where it stood', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (original) => {
      const { text, from, to } = foldWithPlaces(original);
      expect(from).toHaveLength(text.length);
      for (const [at, begin] of from.entries()) {
        expect(begin).toBeLessThan(to[at] ?? 0);
        expect(to[at]).toBeLessThanOrEqual(original.length);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
  const { text, from } = foldWithPlaces('（１）离婚');
  expect(text).toBe('1离婚');
  expect(from[1]).toBe(3);
});

test('a text without gaps is compared in one go', () => {
  expect(compact(fold('Lao Dong 仲 裁'))).toBe('laodong仲裁');
});
