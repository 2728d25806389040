import { openCounts } from './counts.ts';
import { blur, readingsOf } from './sounds.ts';

/** Which characters follow which in what people say: by it letters are read as the likeliest characters. */
export interface SpeechModel {
  /** How unlikely a character is after two others, in nats; what nobody said is unlikely, never impossible. */
  readonly cost: (before: number, last: number, next: number) => number;
  /** The number of a character; `UNSAID` for one that nobody said. */
  readonly numberOf: (character: string) => number;
  readonly characterOf: (number: number) => string;
  /** Characters that are pronounced so, or alike. */
  readonly soundingLike: (syllable: string) => readonly Sounding[];
  /** Characters whose sound goes on after these letters. */
  readonly begunBy: (letters: string) => readonly Sounding[];
  /** Characters that begin with a letter: those said most, and those that were said after `last`. */
  readonly beginningWith: (letter: string, last: number) => ReadonlySet<number>;
}

/** A character, and what it costs to take its sound for what was typed. */
export interface Sounding {
  readonly number: number;
  readonly cost: number;
}

/** Numbers of what is no character: one that nobody said, and the edge of a phrase. */
export const UNSAID = 0;
export const EDGE = 1;
const MOST_CHARACTERS = 1 << 12;

/** How much of a character's likelihood is told by the two before it, by the one before it, by itself; the rest is what nobody said. */
const BY_TWO = 0.62;
const BY_ONE = 0.3;
const BY_ITSELF = 0.0799;
const UNHEARD = 0.0001 / MOST_CHARACTERS;
/** A row that came once proves less than its share. */
const DOUBT = 0.6;

/** A sound that many do not tell apart, a reading that is not the usual one, a syllable whose end is missing; in nats. */
const ALIKE = 2;
const UNUSUAL = 0.7;
const UNFINISHED = 2.5;
const SHORTEST_UNFINISHED = 2;
/** So many of the characters that begin with a letter are tried wherever it stands. */
const MOST_COMMON = 12;

/** Counts phrases of folded text, each once. */
export function speechModel(phrases: ReadonlySet<string>): SpeechModel {
  const { characters, numberOf, singles, pairs, triples } = countRows(phrases);
  const readings = characters.map(readingsOf);
  const all = singles.reduce((sum, times) => sum + times, 0);
  const cost = (before: number, last: number, next: number) => {
    const context = pairs.placeOf(pairKey(before, last));
    const pair = pairs.placeOf(pairKey(last, next));
    const triple = context === undefined ? undefined : triples.placeOf(tripleKey(context, next));
    const byTwo =
      triple === undefined ? 0 : triples.timesAt(triple) / (pairs.timesAt(context ?? 0) + DOUBT);
    const byOne = pair === undefined ? 0 : pairs.timesAt(pair) / ((singles[last] ?? 0) + DOUBT);
    const byItself = (singles[next] ?? 0) / all;
    return -Math.log(BY_TWO * byTwo + BY_ONE * byOne + BY_ITSELF * byItself + UNHEARD);
  };
  return {
    cost,
    numberOf,
    characterOf: (number) => characters[number] ?? '',
    ...soundings(readings),
    beginningWith: beginnings(readings, singles, pairs.keys()),
  };
}

function pairKey(last: number, next: number): number {
  return last * MOST_CHARACTERS + next;
}

/** A row of three by the place of its first two among the pairs. */
function tripleKey(context: number, next: number): number {
  return context * MOST_CHARACTERS + next;
}

function countRows(phrases: ReadonlySet<string>) {
  const most = [...phrases].reduce((sum, { length }) => sum + length + 2, 0);
  const characters = ['', ''];
  const numbers = new Map<string, number>();
  const singles = new Float64Array(MOST_CHARACTERS);
  const pairs = openCounts(most);
  const triples = openCounts(most);
  const enter = (character: string) => {
    const known = numbers.get(character);
    if (known !== undefined || characters.length === MOST_CHARACTERS) return known ?? UNSAID;
    numbers.set(character, characters.length);
    return characters.push(character) - 1;
  };
  for (const phrase of phrases) {
    let context = pairs.add(pairKey(EDGE, EDGE));
    let last = EDGE;
    for (const next of [...Array.from(phrase, enter), EDGE]) {
      singles[next] = (singles[next] ?? 0) + 1;
      triples.add(tripleKey(context, next));
      context = pairs.add(pairKey(last, next));
      last = next;
    }
  }
  const numberOf = (character: string) => numbers.get(character) ?? UNSAID;
  return { characters, numberOf, singles, pairs, triples };
}

function soundings(
  readings: readonly (readonly string[])[],
): Pick<SpeechModel, 'soundingLike' | 'begunBy'> {
  const numbers = [...readings.keys()];
  const bySound = groupByEach(numbers, (number) => readings[number]?.map(blur) ?? []);
  const byBeginning = groupByEach(numbers, (number) => beginningsOf(readings[number]?.[0] ?? ''));
  return {
    soundingLike: keepFound((syllable) =>
      (bySound.get(blur(syllable)) ?? []).map((number) => {
        const place = readings[number]?.indexOf(syllable) ?? -1;
        return { number, cost: place < 0 ? ALIKE : place === 0 ? 0 : UNUSUAL };
      }),
    ),
    begunBy: keepFound((letters) =>
      (byBeginning.get(letters) ?? []).map((number) => ({ number, cost: UNFINISHED })),
    ),
  };
}

/** There are some four hundred syllables; what else was typed is not kept. */
function keepFound(
  find: (letters: string) => readonly Sounding[],
): (letters: string) => readonly Sounding[] {
  const kept = new Map<string, readonly Sounding[]>();
  return (letters) => {
    const found = kept.get(letters) ?? find(letters);
    if (found.length > 0) kept.set(letters, found);
    return found;
  };
}

/** 工 is gong, and go and gon on the way to it. */
function beginningsOf(syllable: string): string[] {
  return Array.from(syllable, (_, at) => syllable.slice(0, at)).slice(SHORTEST_UNFINISHED);
}

function groupByEach(numbers: readonly number[], keysOf: (number: number) => readonly string[]) {
  const groups = new Map<string, number[]>();
  for (const number of numbers)
    for (const key of new Set(keysOf(number))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [number]);
      else group.push(number);
    }
  return groups;
}

function beginnings(
  readings: readonly (readonly string[])[],
  singles: Float64Array,
  pairs: Int32Array,
): SpeechModel['beginningWith'] {
  const initialOf = readings.map(([usual]) => usual?.[0]);
  const byLetter = Map.groupBy(initialOf.keys(), (number) => initialOf[number]);
  const common = new Map(
    Array.from(byLetter, ([letter, numbers]) => [
      letter,
      numbers.sort((a, b) => (singles[b] ?? 0) - (singles[a] ?? 0)).slice(0, MOST_COMMON),
    ]),
  );
  return (letter, last) => {
    const found = new Set(common.get(letter));
    for (let at = firstAtLeast(pairs, pairKey(last, 0)); at < pairs.length; at += 1) {
      const pair = pairs[at] ?? 0;
      if (pair >= pairKey(last + 1, 0)) break;
      const next = pair % MOST_CHARACTERS;
      if (initialOf[next] === letter) found.add(next);
    }
    return found;
  };
}

function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
