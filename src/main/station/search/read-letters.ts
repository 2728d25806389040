import { fold } from '#shared/search/fold-text.ts';
import { matchSounds } from '#shared/sound/match-sounds.ts';
import { syllablesQuery } from '#shared/sound/sound-grams.ts';
import { blur } from '#shared/sound/sounds.ts';
import { splitSyllables } from '#shared/sound/split-letters.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { Correction } from './correction.ts';
import { EVERYTHING } from './document-number.ts';
import type { IndexReader } from './index-reader.ts';
import { isKnownRow } from './sound-query.ts';
import type { WordLists } from './word-lists.ts';

const LONGEST_WORD = 6;
const MOST_SYLLABLES = 16;
const MOST_LOOKS = 14;
const LOOKED_AT = 20;
/** Beside characters a word in letters stands by itself, and one word of a row may be the wrong one. */
const LETTERS = /[a-z]+(?: [a-z]+)*/gu;

interface Looking {
  readonly reader: IndexReader;
  readonly lists: WordLists;
  readonly day: LocalDate;
  looks: number;
}

/**
 * Letters that no title has as a whole, read word by word: caili能退吗 → 彩礼能退吗, laobanpaolu → 老板跑路. Words are what stands in
 * titles and among what people say; undefined when none sounds so.
 */
export function readLetters(
  reader: IndexReader,
  lists: WordLists,
  text: string,
  day: LocalDate,
): Correction | undefined {
  const looking: Looking = { reader, lists, day, looks: 0 };
  const read = fold(
    text.replaceAll(LETTERS, (letters) => {
      const syllables = splitSyllables(letters.replaceAll(' ', ''));
      if (syllables === undefined || syllables.length > MOST_SYLLABLES) return letters;
      return wordsOf(syllables, looking);
    }),
  );
  return read === text || !/\p{Script=Han}/u.test(read) ? undefined : { said: text, read };
}

/** The longest words one after the other; what sounds like none stays as it was typed. */
function wordsOf(syllables: readonly string[], looking: Looking): string {
  const parts: string[] = [];
  for (let from = 0; from < syllables.length; ) {
    const word = wordAt(syllables, from, looking);
    parts.push(word ?? ` ${syllables[from] ?? ''} `);
    from += word === undefined ? 1 : Array.from(word).length;
  }
  return parts.join('');
}

function wordAt(syllables: readonly string[], from: number, looking: Looking): string | undefined {
  for (let size = Math.min(LONGEST_WORD, syllables.length - from); size >= 2; size -= 1) {
    const word = wordOf(syllables.slice(from, from + size), looking);
    if (word !== undefined) return word;
  }
  return undefined;
}

function wordOf(syllables: readonly string[], looking: Looking): string | undefined {
  const { reader, lists, day } = looking;
  const blurred = syllables.map(blur);
  const saying = lists.sayingSounding(syllables);
  if (saying !== undefined) return saying;
  if (looking.looks >= MOST_LOOKS || !isKnownRow(blurred, lists.isInHead)) return undefined;
  looking.looks += 1;
  const query = syllablesQuery(blurred, true);
  return likeliest(
    syllables,
    reader
      .inHead({ query, day, limit: LOOKED_AT, slots: EVERYTHING })
      .flatMap((doc) => lists.load(doc) ?? [])
      .flatMap(({ title, words }) => [title, ...words]),
  );
}

/** Of all that sounds so the one that most names have, those that sound just so first. */
function likeliest(syllables: readonly string[], names: readonly string[]): string | undefined {
  const units = syllables.map((letters) => ({ letters, whole: true }));
  const found = new Map<string, number>();
  for (const name of names) {
    const characters = Array.from(name);
    const match = matchSounds(units, characters);
    if (match === undefined) continue;
    const word = characters.slice(match.from, match.to).join('');
    found.set(word, (found.get(word) ?? 0) + match.quality ** 4);
  }
  return [...found].sort(([, a], [, b]) => b - a)[0]?.[0];
}
