import { compact, fold } from '#shared/search/fold-text.ts';
import { phraseOf } from '#shared/search/grams.ts';
import { matchSounds, type TypedUnit } from '#shared/sound/match-sounds.ts';
import { splitLetters } from '#shared/sound/split-letters.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { EVERYTHING, slotsOf } from './document-number.ts';
import type { IndexReader } from './index-reader.ts';
import { soundQuery } from './sound-query.ts';

const OF_LOOK = 60;
/** All but articles, whose titles nobody types. */
const WITH_TITLES = EVERYTHING & ~slotsOf(['law-article']);
const LONGEST_WORD = 16;

/** Words and titles that begin with, or sound like, what was typed so far; the shortest first. */
export function suggestWords(
  reader: IndexReader,
  text: string,
  day: LocalDate,
  limit: number,
): { words: string[] } {
  const typed = compact(fold(text));
  const phrase = phraseOf(typed);
  if (phrase === undefined) return { words: [] };
  const ways: TypedUnit[][] = splitLetters(typed).map((units) => [...units]);
  const queries = [phrase, ...ways.flatMap((way) => soundQuery(way) ?? [])];
  const words = new Set<string>();
  for (const query of queries)
    for (const doc of reader.inHead({ query, day, limit: OF_LOOK, slots: WITH_TITLES })) {
      const shown = reader.textOf(doc);
      for (const word of shown === undefined ? [] : [shown.title, ...shown.words])
        if (word.length <= LONGEST_WORD && begins(compact(fold(word)), typed, ways))
          words.add(word);
    }
  return { words: [...words].sort((a, b) => a.length - b.length).slice(0, limit) };
}

function begins(word: string, typed: string, ways: readonly (readonly TypedUnit[])[]): boolean {
  if (word.startsWith(typed)) return true;
  const characters = Array.from(word);
  return ways.some((way) => matchSounds(way, characters.slice(0, way.length)) !== undefined);
}
