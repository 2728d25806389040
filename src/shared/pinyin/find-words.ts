import { type Lexicon, syllableAt, wordsOf } from './lexicon.ts';
import type { SyllableToken } from './syllable-tokens.ts';

/** A word that the letters from some place on may stand for. */
export interface FoundWord {
  readonly text: string;
  readonly end: number;
  readonly cost: number;
}

/** Most rows that are looked at from one place; initials alone can stand for very many. */
const MOST_ROWS = 6000;

/** All words for the letters from `start` on, by where they end; in each group the `kept` likeliest, the likeliest first. */
export function findWords(
  lexicon: Lexicon,
  tokens: readonly (readonly SyllableToken[])[],
  start: number,
  kept: number,
): Map<number, FoundWord[]> {
  const found = new Map<number, Map<string, number>>();
  let rows = 0;
  const take = (row: number, end: number, cost: number) => {
    const group = found.get(end) ?? new Map<string, number>();
    found.set(end, group);
    for (const word of wordsOf(lexicon.words[row] ?? '')) {
      const known = group.get(word.text);
      if (known === undefined || known > word.cost + cost) group.set(word.text, word.cost + cost);
    }
  };
  /** Rows from `low` to `high` have the same first `depth` syllables; the first of them may have no more. */
  const walk = (at: number, low: number, high: number, depth: number, cost: number) => {
    for (const token of tokens[at] ?? []) {
      let from = bound(lexicon, low, high, depth, token.from);
      const to = bound(lexicon, from, high, depth, token.to);
      while (from < to && rows < MOST_ROWS) {
        const syllable = syllableAt(lexicon.readings[from], depth) ?? 0;
        const next =
          token.to - token.from === 1 ? to : bound(lexicon, from, to, depth, syllable + 1);
        rows += 1;
        const isWhole = lexicon.readings[from]?.length === depth + 1;
        if (isWhole) take(from, token.end, cost + token.cost);
        const deeper = isWhole ? from + 1 : from;
        if (deeper < next) walk(token.end, deeper, next, depth + 1, cost + token.cost);
        from = next;
      }
    }
  };
  walk(start, 0, lexicon.readings.length, 0, 0);
  return new Map(Array.from(found, ([end, group]) => [end, likeliest(group, end, kept)]));
}

function likeliest(group: ReadonlyMap<string, number>, end: number, kept: number): FoundWord[] {
  return Array.from(group, ([text, cost]) => ({ text, cost, end }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, kept);
}

/** The first row of the range whose syllable at `depth` is `syllable` or a later one. Rows that end before count as earlier. */
function bound(
  { readings }: Lexicon,
  low: number,
  high: number,
  depth: number,
  syllable: number,
): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = syllableAt(readings[middle], depth);
    if (there === undefined || there < syllable) from = middle + 1;
    else to = middle;
  }
  return from;
}
