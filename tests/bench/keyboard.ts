import { suggestWords } from '#shared/pinyin/suggest.ts';
import { hitRates } from '../keyboard/hit-rates.ts';
import { typedWords } from '../keyboard/words.ts';
import { shippedLexicon } from '../shared/pinyin/lexicon-file.ts';

/**
 * How well the pinyin keyboard knows what visitors type, against the same words without what is known of their neighbours;
 * and how long it thinks about each letter while a word is typed.
 */
export function benchKeyboard(): Record<string, unknown> {
  const began = performance.now();
  const lexicon = shippedLexicon();
  const readMs = performance.now() - began;
  const words = typedWords();
  const isLong = ({ word }: { readonly word: string }) => Array.from(word).length > 1;
  const long = words.filter(isLong);
  const { missed, ...rates } = hitRates(lexicon, long);
  const single = hitRates(
    lexicon,
    words.filter((word) => !isLong(word)),
  );
  const plain = hitRates({ ...lexicon, pairs: new Map() }, long);
  const times = long
    .flatMap(({ pinyin }) =>
      Array.from(pinyin, (_, at) => {
        const start = performance.now();
        suggestWords(lexicon, pinyin.slice(0, at + 1));
        return performance.now() - start;
      }),
    )
    .sort((a, b) => a - b);
  const quantile = (part: number) =>
    Math.round(100 * (times[Math.floor(part * times.length)] ?? Number.NaN)) / 100;
  return {
    bench: 'pinyin of what visitors type',
    ...rates,
    missed: missed.length,
    single: { words: single.words, top1: single.top1, top5: single.top5 },
    withoutNeighboursTop1: plain.top1,
    ratioTop1: Math.round((100 * rates.top1) / plain.top1) / 100,
    readMs: Math.round(readMs),
    medianMs: quantile(0.5),
    p99Ms: quantile(0.99),
    goalTop1: 0.9,
    goalTop5: 0.95,
    met: rates.top1 >= 0.9 && rates.top5 >= 0.95,
  };
}
