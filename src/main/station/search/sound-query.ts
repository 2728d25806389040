import { phraseOf } from '#shared/search/grams.ts';
import type { TypedUnit } from '#shared/sound/match-sounds.ts';
import { readingsOfRun } from '#shared/sound/sound-grams.ts';
import { blur, readingsOf } from '#shared/sound/sounds.ts';

/** The index query for typed units: blurred syllables where all are whole, else initials and the characters themselves. */
export function soundQuery(units: readonly TypedUnit[]): string | undefined {
  const last = units.at(-1);
  if (last === undefined) return undefined;
  const body = units.slice(0, -1);
  if ([...body].every(isWhole) && (isWhole(last) || units.length > 2 || lettersOf(last).length > 1))
    return syllablePhrase(units);
  return initialsQuery(units);
}

/** Queries for what sounds like a text of Chinese characters, one for each way to read it. */
export function alikeQueries(run: string): string[] {
  return readingsOfRun(run).map((reading) => `{syllables} : "${reading.map(blur).join(' ')}"`);
}

function isWhole(unit: TypedUnit): boolean {
  return 'character' in unit || unit.whole;
}

function lettersOf(unit: TypedUnit): string {
  if ('letters' in unit) return unit.letters;
  return readingsOf(unit.character)[0] ?? unit.character;
}

/** The last syllable may be unfinished, so it is looked for by its beginning. */
function syllablePhrase(units: readonly TypedUnit[]): string {
  const last = units.at(-1);
  const finished = last !== undefined && isWhole(last);
  const syllables = units.map((unit) => blur(lettersOf(unit)));
  return `{syllables} : "${syllables.join(' ')}"${finished ? '' : ' *'}`;
}

function initialsQuery(units: readonly TypedUnit[]): string | undefined {
  const initials = phraseOf(units.map((unit) => lettersOf(unit)[0] ?? '').join(''));
  const characters = units
    .map((unit) => ('character' in unit ? unit.character : ' '))
    .join('')
    .trim();
  const literal = phraseOf(characters.replaceAll(/ +/g, ' '));
  if (initials === undefined) return undefined;
  const sound = `{initials} : ${initials}`;
  return literal === undefined ? sound : `${sound} AND {title words} : (${literal})`;
}
