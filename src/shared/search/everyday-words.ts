import type { SynonymBody } from '../content/kinds/synonym.ts';
import { compact, fold } from './fold-text.ts';

/** Everyday words found in what was typed, and what they mean. */
export interface Meaning {
  readonly said: string;
  readonly meant: readonly string[];
  /** 1 when the words stand there as written, less when others stand between or the order differs. */
  readonly quality: number;
}

interface Saying {
  readonly said: string;
  readonly meant: readonly string[];
}

/** How many other characters may stand between the parts of a saying: 不给工资 is also 不给我发工资. */
const MOST_BETWEEN = 3;
const SHORTEST_WITH_GAPS = 3;
const MOST_MEANINGS = 6;

/** Readies synonym records for many readings. */
export function sayingsOf(records: readonly SynonymBody[]): readonly Saying[] {
  return records.flatMap(({ everyday, legal }) =>
    legal === undefined
      ? []
      : everyday.map((said) => ({ said: compact(fold(said)), meant: legal })),
  );
}

/**
 * Says a folded text with the words that everybody uses: 娃他爸不掏钱 is 老公不给钱. The longest words count first, and a word
 * that everybody uses stays as it is, so that 妇女的 does not become 妇老婆.
 */
export function plainSpeech(records: readonly SynonymBody[]): (folded: string) => string {
  const plainOf = new Map(
    records.flatMap(({ everyday, plain }) =>
      plain === undefined ? [] : [plain, ...everyday].map((said) => [fold(said), fold(plain)]),
    ),
  );
  const words = [...plainOf.keys()].sort((a, b) => b.length - a.length);
  if (words.length === 0) return (folded) => folded;
  // Folded words are letters and digits: nothing in them is an operator.
  const anyWord = new RegExp(words.join('|'), 'gu');
  return (folded) => folded.replace(anyWord, (said) => plainOf.get(said) ?? said);
}

/**
 * The meanings of folded, compact text, the surest and longest first. A saying inside a longer one that was found, too, says
 * nothing of its own.
 */
export function readMeanings(text: string, sayings: readonly Saying[]): Meaning[] {
  const found = sayings.flatMap(({ said, meant }) => {
    const quality = sayingQuality(text, said);
    return quality === 0 ? [] : [{ said, meant, quality }];
  });
  const sorted = found.sort((a, b) => b.quality - a.quality || b.said.length - a.said.length);
  return sorted
    .filter(
      (meaning, at) =>
        !sorted
          .slice(0, at)
          .some((other) => other.said !== meaning.said && other.said.includes(meaning.said)),
    )
    .slice(0, MOST_MEANINGS);
}

function sayingQuality(text: string, said: string): number {
  if (said === '') return 0;
  if (text.includes(said)) return 1;
  if (said.length < SHORTEST_WITH_GAPS || said.length > text.length) return 0;
  if (standsWithGaps(text, said)) return 0.8;
  return standsInOtherOrder(text, said) ? 0.6 : 0;
}

function standsWithGaps(text: string, said: string): boolean {
  for (
    let from = text.indexOf(said[0] ?? '');
    from >= 0;
    from = text.indexOf(said[0] ?? '', from + 1)
  ) {
    let at = from;
    for (let next = 1; next < said.length && at >= 0; next += 1)
      at = text.indexOf(said[next] ?? '', at + 1);
    if (at >= 0 && at - from < said.length + MOST_BETWEEN) return true;
  }
  return false;
}

/** 工资不给 for 不给工资: halves of a saying of four characters or more, the second first. */
function standsInOtherOrder(text: string, said: string): boolean {
  if (said.length < 4) return false;
  const middle = Math.floor(said.length / 2);
  const second = text.indexOf(said.slice(middle));
  return second >= 0 && text.includes(said.slice(0, middle), second);
}
