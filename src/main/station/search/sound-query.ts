import { phraseOf } from '#shared/search/grams.ts';
import type { TypedUnit } from '#shared/sound/match-sounds.ts';
import {
  initialsQuery,
  readingsOfRun,
  soundPair,
  syllablesQuery,
} from '#shared/sound/sound-grams.ts';
import { blur, readingsOf } from '#shared/sound/sounds.ts';

/** The index query for typed units: blurred syllables where all are whole, else initials and the characters themselves. */
export function soundQuery(units: readonly TypedUnit[]): string | undefined {
  const last = units.at(-1);
  if (last === undefined) return undefined;
  const body = units.slice(0, -1);
  if (body.every(isWhole) && (isWhole(last) || units.length > 2 || lettersOf(last).length > 1))
    return syllablesQuery(
      units.map((unit) => blur(lettersOf(unit))),
      isWhole(last),
    );
  return initialsAndCharacters(units);
}

/**
 * The index query for what sounds like a text of Chinese characters, in any way to read it; undefined when `isKnown` denies
 * some pair of sounds in each of them.
 */
export function alikeQuery(run: string, isKnown: (pair: string) => boolean): string | undefined {
  const readings = readingsOfRun(run)
    .map((reading) => reading.map(blur))
    .filter((syllables) => isKnownRow(syllables, isKnown));
  if (readings.length === 0) return undefined;
  return readings.map((syllables) => syllablesQuery(syllables, true)).join(' OR ');
}

/** Whether every pair of blurred syllables stands somewhere. */
export function isKnownRow(
  syllables: readonly string[],
  isKnown: (pair: string) => boolean,
): boolean {
  return syllables
    .slice(1)
    .every((syllable, at) => isKnown(soundPair(syllables[at] ?? '', syllable)));
}

function isWhole(unit: TypedUnit): boolean {
  return 'character' in unit || unit.whole;
}

function lettersOf(unit: TypedUnit): string {
  if ('letters' in unit) return unit.letters;
  return readingsOf(unit.character)[0] ?? unit.character;
}

function initialsAndCharacters(units: readonly TypedUnit[]): string {
  const characters = units
    .map((unit) => ('character' in unit ? unit.character : ' '))
    .join('')
    .trim();
  const literal = phraseOf(characters.replaceAll(/ +/g, ' '));
  const sound = initialsQuery(units.map((unit) => Array.from(lettersOf(unit))[0] ?? ''));
  return literal === undefined ? sound : `${sound} AND ${literal}`;
}
