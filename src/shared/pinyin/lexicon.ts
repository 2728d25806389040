/** Costs are -ln of a probability; a lexicon stores them in steps of this size, from `!` for 0. */
export const COST_STEP = 0.2;
const FIRST_COST = '!'.charCodeAt(0);
const DEAREST = 93;

/** A cost as the one character that a lexicon has for it. */
export function costMark(cost: number): string {
  const steps = Math.min(DEAREST, Math.max(0, Math.round(cost / COST_STEP)));
  return String.fromCharCode(FIRST_COST + steps);
}

/** Syllables are written as one character each, from this one on, so that a reading is a short string. */
const FIRST_SYLLABLE = 0x100;

/** Words by their sounds, ready to be looked up. Built once; nothing is ever added to it: it learns from nobody. */
export interface Lexicon {
  /** All syllables, sorted, so that those that begin alike stand together. */
  readonly syllables: readonly string[];
  /** A row for every reading, a character for every syllable; sorted, each in front of those that go on after it. */
  readonly readings: readonly string[];
  /** Words of a row, as the lexicon has them: each word with its cost mark, the likeliest first. */
  readonly words: readonly string[];
  /** How much likelier a word becomes after another one, by `first second`, in nats. */
  readonly pairs: ReadonlyMap<string, number>;
}

/** The character for a syllable, by its place among all syllables. */
export function syllableMark(number: number): string {
  return String.fromCharCode(FIRST_SYLLABLE + number);
}

/** Which syllable stands at a place of a reading; undefined behind its end. */
export function syllableAt(reading: string | undefined, place: number): number | undefined {
  if (reading === undefined || place >= reading.length) return undefined;
  return reading.charCodeAt(place) - FIRST_SYLLABLE;
}

export interface Word {
  readonly text: string;
  readonly cost: number;
}

/**
 * Reads a lexicon: a line of all syllables; lines `reading<tab>wordCwordC…` (C: a cost mark), sorted by their readings; an
 * empty line; lines `first<tab>secondCsecondC…` of words that follow each other.
 */
export function readLexicon(source: string): Lexicon {
  const lines = source.split('\n');
  const end = lines.indexOf('', 1);
  const readings: string[] = [];
  const words: string[] = [];
  for (const line of lines.slice(1, end < 0 ? undefined : end)) {
    const tab = line.indexOf('\t');
    readings.push(line.slice(0, tab));
    words.push(line.slice(tab + 1));
  }
  return {
    syllables: (lines[0] ?? '').split(' '),
    readings,
    words,
    pairs: readPairs(end < 0 ? [] : lines.slice(end + 1)),
  };
}

/** The words of a row. */
export function wordsOf(row: string): Word[] {
  return Array.from(row.matchAll(/([^!-~]+)([!-~])/g), ([, text = '', mark = '!']) => ({
    text,
    cost: (mark.charCodeAt(0) - FIRST_COST) * COST_STEP,
  }));
}

function readPairs(lines: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const line of lines) {
    const tab = line.indexOf('\t');
    const first = line.slice(0, tab);
    for (const { text, cost } of wordsOf(line.slice(tab + 1))) pairs.set(`${first} ${text}`, cost);
  }
  return pairs;
}
