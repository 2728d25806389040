import { beginsSyllable, isSyllable } from './sounds.ts';

/** One character as it was typed with letters: a whole syllable, or only how it begins. */
export interface SoundUnit {
  readonly letters: string;
  readonly whole: boolean;
}

interface Split {
  readonly units: readonly SoundUnit[];
  readonly cost: number;
}

/** Longer rows of letters are no pinyin that anyone types. */
const MOST_LETTERS = 60;
const WAYS_KEPT = 3;
const LONGEST_SYLLABLE = 6;
/** A syllable cut off at the end is likelier than an initial in the middle: the visitor is still typing. */
const COSTS = { whole: 1, unfinished: 1.2, initial: 1.7 } as const;

/**
 * The likeliest ways to read letters as Chinese sounds, best first: `laodong` is lao dong, `ldht` four initials, `xian`
 * one syllable or two, `laodo` a syllable and the beginning of one. Empty when letters can be no pinyin.
 */
export function splitLetters(letters: string): readonly (readonly SoundUnit[])[] {
  if (!/^[a-z]+$/.test(letters) || letters.length > MOST_LETTERS) return [];
  const ways: Split[][] = [[{ units: [], cost: 0 }]];
  for (let end = 1; end <= letters.length; end += 1) ways[end] = bestWays(letters, end, ways);
  return (ways[letters.length] ?? []).map((way) => way.units);
}

/** The fewest whole syllables that letters are made of; undefined when some letters are left. */
export function splitSyllables(letters: string): string[] | undefined {
  const ways: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1)
    for (let from = Math.max(0, end - LONGEST_SYLLABLE); from < end; from += 1) {
      const before = ways[from];
      const known = ways[end];
      const syllable = letters.slice(from, end);
      if (before === undefined || (known !== undefined && known.length <= before.length + 1))
        continue;
      if (isSyllable(syllable)) ways[end] = [...before, syllable];
    }
  return ways[letters.length];
}

function bestWays(letters: string, end: number, ways: readonly Split[][]): Split[] {
  const found: Split[] = [];
  for (let from = Math.max(0, end - LONGEST_SYLLABLE); from < end; from += 1)
    for (const { unit, cost } of unitsOf(letters.slice(from, end), end === letters.length))
      for (const way of ways[from] ?? [])
        found.push({ units: [...way.units, unit], cost: way.cost + cost });
  return found.sort((a, b) => a.cost - b.cost).slice(0, WAYS_KEPT);
}

function unitsOf(letters: string, isLast: boolean): { unit: SoundUnit; cost: number }[] {
  if (/^[aeo]$/.test(letters))
    return [
      { unit: { letters, whole: true }, cost: COSTS.whole },
      { unit: { letters, whole: false }, cost: COSTS.initial },
    ];
  if (isSyllable(letters)) return [{ unit: { letters, whole: true }, cost: COSTS.whole }];
  if (/^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)$/.test(letters))
    return [{ unit: { letters, whole: false }, cost: COSTS.initial }];
  return isLast && beginsSyllable(letters)
    ? [{ unit: { letters, whole: false }, cost: COSTS.unfinished }]
    : [];
}
