import { compact, runsOf } from '#shared/search/fold-text.ts';
import { matchSounds } from '#shared/sound/match-sounds.ts';
import { syllablesQuery } from '#shared/sound/sound-grams.ts';
import { blur } from '#shared/sound/sounds.ts';
import { splitSyllables } from '#shared/sound/split-letters.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { Correction } from './correction.ts';
import { EVERYTHING } from './document-number.ts';
import type { IndexReader } from './index-reader.ts';
import { alikeQuery, isKnownRow } from './sound-query.ts';
import type { WordLists } from './word-lists.ts';

const LONGEST = 8;
const MOST_LOOKS = 14;
const LOOKED_AT = 12;

/**
 * What a mistyped part of a question probably is: 劳动仲才 → 劳动仲裁. Only parts around a pair of characters that no text
 * has are looked at, the longest first, and only titles and words are taken for right.
 */
export function correctSounds(
  reader: IndexReader,
  lists: WordLists,
  text: string,
  day: LocalDate,
): Correction | undefined {
  let looks = 0;
  for (const run of runsOf(text))
    for (const part of suspiciousParts(run, lists)) {
      looks += 1;
      if (looks > MOST_LOOKS) return undefined;
      const read = soundsLike(reader, lists, part, day);
      if (read !== undefined && read !== part) return { said: part, read };
    }
  return undefined;
}

/** Parts of a run with a pair that stands nowhere; the whole run too when it is short and stands in no title. */
function suspiciousParts(run: string, lists: WordLists): string[] {
  const characters = Array.from(run);
  if (characters.length < 2 || !/^\p{Script=Han}+$/u.test(run)) return [];
  const unknown = characters
    .slice(0, -1)
    .map((character, at) => lists.weight(character + (characters[at + 1] ?? '')) === 0);
  const parts: string[] = characters.length <= LONGEST ? [run] : [];
  for (let size = Math.min(LONGEST, characters.length - 1); size >= 2; size -= 1)
    for (let from = 0; from + size <= characters.length; from += 1)
      if (unknown.slice(from, from + size - 1).includes(true))
        parts.push(characters.slice(from, from + size).join(''));
  return parts;
}

function soundsLike(
  reader: IndexReader,
  lists: WordLists,
  part: string,
  day: LocalDate,
): string | undefined {
  const units = Array.from(part).map((character) => ({ character }));
  let best: { read: string; quality: number } | undefined;
  const query = alikeQuery(part, lists.isInHead);
  if (query === undefined) return undefined;
  for (const doc of reader.inHead({ query, day, limit: LOOKED_AT, slots: EVERYTHING })) {
    const document = lists.load(doc);
    for (const name of document === undefined ? [] : [document.title, ...document.words]) {
      const characters = Array.from(name);
      const match = matchSounds(units, characters);
      if (match === undefined || match.quality <= (best?.quality ?? 0.5)) continue;
      best = { read: characters.slice(match.from, match.to).join(''), quality: match.quality };
    }
  }
  return best?.read;
}

const MOST_LETTERS = 24;
const MOST_TRIED = 30;
/** Of several readings the one that most titles and words have is likeliest. */
const MOST_HITS = 30;

/**
 * Letters with one too many, one missing or two in the wrong order: lihuen → lihun, jiaotonsigu → jiaotongsigu. Only what
 * splits into whole syllables and stands in a title or among the words is taken for right.
 */
export function correctLetters(
  reader: IndexReader,
  lists: WordLists,
  text: string,
  day: LocalDate,
): Correction | undefined {
  const letters = compact(text);
  if (letters.length < 4 || letters.length > MOST_LETTERS) return undefined;
  let tried = 0;
  let best: { read: string; hits: number } | undefined;
  for (const read of withOneChange(letters)) {
    const syllables = splitSyllables(read)?.map(blur);
    if (syllables === undefined || syllables.length < 2) continue;
    if (!isKnownRow(syllables, lists.isInHead)) continue;
    tried += 1;
    if (tried > MOST_TRIED) break;
    const query = syllablesQuery(syllables, true);
    const hits = reader.inHead({ query, day, limit: MOST_HITS, slots: EVERYTHING }).length;
    if (hits > (best?.hits ?? 0)) best = { read, hits };
  }
  return best === undefined ? undefined : { said: text, read: best.read };
}

/** Most likely slips first: a letter too many, two turned round, one left out. */
function withOneChange(letters: string): string[] {
  const places = Array.from({ length: letters.length + 1 }, (_, at) => at);
  const without = places.map((at) => letters.slice(0, at) + letters.slice(at + 1));
  const turned = places
    .slice(1, -1)
    .map((at) => letters.slice(0, at - 1) + letters[at] + letters[at - 1] + letters.slice(at + 1));
  const more = places.flatMap((at) =>
    Array.from('ghnaiouev', (letter) => letters.slice(0, at) + letter + letters.slice(at)),
  );
  return [...new Set([...without, ...turned, ...more])].filter((read) => read !== letters);
}
