import { describe, expect, it } from 'vitest';
import { shippedLexicon } from '../shared/pinyin/lexicon-file.ts';
import { hitRates } from './hit-rates.ts';
import { typedWords } from './words.ts';

const lexicon = shippedLexicon();
const words = typedWords();
const isLong = ({ word }: { readonly word: string }) => Array.from(word).length > 1;

describe('the words that visitors type', () => {
  it('are offered first, or at least among the first five', () => {
    const { top1, top5 } = hitRates(lexicon, words.filter(isLong));
    expect(top1).toBeGreaterThanOrEqual(0.9);
    expect(top5).toBeGreaterThanOrEqual(0.95);
  });

  it('are all there where they are a single character: a surname can always be entered', () => {
    expect(
      hitRates(
        lexicon,
        words.filter((word) => !isLong(word)),
      ).missed,
    ).toEqual([]);
  });
});
