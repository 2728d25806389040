import type { Lexicon } from './lexicon.ts';

/** A reading of some letters: they stand for one syllable out of a range of the lexicon's syllables. */
export interface SyllableToken {
  /** Where it ends in the letters; a mark between syllables belongs to the one before it. */
  readonly end: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** How much less likely it is than a syllable that is written out, in nats. */
  readonly cost: number;
}

/** What it costs to write a syllable by its initial, to leave its end open at the end of the entry, to sound alike. */
const INITIAL_COST = 3;
const OPEN_INITIAL_COST = 1.2;
const OPEN_COST = 0.6;
/** A syllable that is complete is seldom the beginning of a longer one. */
const LONGER_COST = 3.5;
const ALIKE_COST = 3.5;
const LONGEST_SYLLABLE = 6;

/** Sounds that many speakers of the southwest and the north-west do not tell apart. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^([zcs])h/, '$1'],
  [/^([zcs])(?!h)/, '$1h'],
  [/^n/, 'l'],
  [/^l/, 'n'],
  [/^f/, 'h'],
  [/^h/, 'f'],
  [/^([nl])u(?=e?$)/, '$1v'],
  [/([aei])ng$/, '$1n'],
  [/([aei])n$/, '$1ng'],
];

/** All ways to read a syllable at each place of the letters. */
export function syllableTokens(lexicon: Lexicon, letters: string): readonly SyllableToken[][] {
  const numbers = numbersOf(lexicon);
  return Array.from({ length: letters.length }, (_, at) => tokensAt(lexicon, numbers, letters, at));
}

function tokensAt(
  lexicon: Lexicon,
  numbers: ReadonlyMap<string, number>,
  letters: string,
  at: number,
): SyllableToken[] {
  const tokens: SyllableToken[] = [];
  const add = (length: number, from: number, to: number, cost: number) => {
    if (to > from) tokens.push({ end: afterMarks(letters, at + length), from, to, cost });
  };
  for (let length = 1; length <= LONGEST_SYLLABLE && at + length <= letters.length; length += 1) {
    const part = letters.slice(at, at + length);
    if (part.includes("'")) break;
    const number = numbers.get(part);
    if (number !== undefined) add(length, number, number + 1, 0);
    for (const alike of soundingAlike(part)) {
      const other = numbers.get(alike);
      if (other !== undefined) add(length, other, other + 1, ALIKE_COST);
    }
    const [from, to] = rangeOf(lexicon.syllables, part);
    const isLast = at + length === letters.length;
    if (isInitial(part)) add(length, from, to, isLast ? OPEN_INITIAL_COST : INITIAL_COST);
    else if (isLast && number === undefined) add(length, from, to, OPEN_COST);
    else if (isLast) add(length, from + 1, to, LONGER_COST);
  }
  return tokens;
}

function isInitial(part: string): boolean {
  return /^([b-df-hj-np-tw-z]|[zcs]h)$/.test(part);
}

function afterMarks(letters: string, from: number): number {
  let at = from;
  while (letters[at] === "'") at += 1;
  return at;
}

function soundingAlike(syllable: string): string[] {
  return ALIKE.map(([sound, other]) => syllable.replace(sound, other)).filter(
    (alike) => alike !== syllable,
  );
}

/** The syllables that begin with some letters; they stand together. */
function rangeOf(syllables: readonly string[], beginning: string): [number, number] {
  return [lowerBound(syllables, beginning), lowerBound(syllables, `${beginning}~`)];
}

function lowerBound(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const kept = new WeakMap<Lexicon, ReadonlyMap<string, number>>();
function numbersOf(lexicon: Lexicon): ReadonlyMap<string, number> {
  const known = kept.get(lexicon);
  if (known !== undefined) return known;
  const numbers = new Map(lexicon.syllables.map((syllable, number) => [syllable, number]));
  kept.set(lexicon, numbers);
  return numbers;
}
