import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, runsOf } from '#shared/search/fold-text.ts';
import { gramsOf, phraseOf, segmentsOf, tokenOf } from '#shared/search/grams.ts';

describe('the tokens of a text', () => {
  test('are pairs of characters, the last one alone, and each by itself under a mark', () => {
    expect(gramsOf('劳动法')).toBe('劳动 动法 法 ¹劳 ¹动 ¹法');
  });

  test('are four letters or digits, so that a telephone number is not many equal pairs', () => {
    expect(gramsOf('12348').split(' ').slice(0, 5)).toEqual(['1234', '2348', '348', '48', '8']);
  });

  test.each([
    ['离', '"¹离"'],
    ['离婚', '"离婚"'],
    ['离婚证', '"离婚 婚证"'],
    ['12', '"²12"'],
    ['12348', '"1234 2348"'],
    ['热线12', '"热线 线" AND "÷线12"'],
    ['ld 合同', '"²ld" AND "合同"'],
    ['', undefined],
  ])('that find %s', (text, query) => {
    expect(phraseOf(text)).toBe(query);
  });

  test('do not meet across a gap, as 咨询 and a number after a full stop', () => {
    expect(gramsOf('咨询 12348')).toContain('询 × 1234');
    expect(gramsOf('咨询12348')).toContain('询 1234');
  });

  test('meet a gap where characters and letters meet', () => {
    expect(segmentsOf('拨12348热线')).toEqual(['拨', '12348', '热线']);
  });

  test.each([
    ['离婚', '离婚'],
    ['离', '¹离'],
    ['abcde', 'abcd'],
    ['ab', '²ab'],
  ])('tell how common %s is', (piece, token) => {
    expect(tokenOf(piece)).toBe(token);
    expect(gramsOf(piece).split(' ')).toContain(token);
  });
});

test('every token that any part of a text is looked for by is a token of the text', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('劳动合同ab12 𠮷٣é')),
    minLength: 1,
    maxLength: 24,
  });
  fc.assert(
    fc.property(text, fc.nat(24), fc.integer({ min: 1, max: 8 }), (typed, from, size) => {
      const folded = fold(typed);
      const tokens = new Set(gramsOf(folded).split(' '));
      for (const run of runsOf(folded)) {
        const part = Array.from(run)
          .slice(from % run.length, (from % run.length) + size)
          .join('');
        const wanted = (phraseOf(part) ?? '').match(/[^" ]+/gu) ?? [];
        expect(wanted.filter((token) => token !== 'AND' && !tokens.has(token))).toEqual([]);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});
