import { runsOf } from '../search/fold-text.ts';
import { blur, readingsOf } from './sounds.ts';

/** A text with several characters of several readings is indexed under so many of them at most. */
const MOST_READINGS = 6;

/** A token between readings, so that the end of one and the beginning of the next are not taken for neighbours. */
const BETWEEN = '¦';

/** Marks of tokens that are sounds; no folded text has them. */
const SYLLABLE = '§';
const BEGINNING = '¶';
const INITIALS = '©';
const INITIALS_GRAM = 4;

/**
 * The tokens under which a folded text is found by its sound: pairs of blurred syllables one after the other, and grams of
 * initials; by themselves each syllable, how it begins, and short rows of initials. Characters that are not Chinese stand
 * for themselves.
 */
export function soundGrams(folded: string): string {
  const rows: string[] = [];
  const single = new Set<string>();
  for (const reading of runsOf(folded).flatMap(readingsOfRun)) {
    const syllables = reading.map(blur);
    const initials = reading.map((syllable) => Array.from(syllable)[0] ?? '');
    rows.push(...pairs(syllables), BETWEEN, ...initials.map((_, at) => initialsAt(initials, at)));
    for (const syllable of syllables)
      for (let end = 1; end <= syllable.length; end += 1)
        single.add(`${end === syllable.length ? SYLLABLE : BEGINNING}${syllable.slice(0, end)}`);
    for (const at of initials.keys())
      for (let size = 1; size < INITIALS_GRAM && at + size <= initials.length; size += 1)
        single.add(shortInitials(initials.slice(at, at + size)));
  }
  return [...rows, BETWEEN, ...single].join(' ');
}

/** The index query for blurred syllables one after the other, the last of which may be unfinished. */
export function syllablesQuery(syllables: readonly string[], isFinished: boolean): string {
  if (syllables.length === 1) return `"${isFinished ? SYLLABLE : BEGINNING}${syllables[0] ?? ''}"`;
  return `"${pairs(syllables).join(' ')}"${isFinished ? '' : ' *'}`;
}

/** The index query for initials one after the other. */
export function initialsQuery(initials: readonly string[]): string {
  if (initials.length < INITIALS_GRAM) return `"${shortInitials(initials)}"`;
  return `"${initials
    .slice(0, 1 - INITIALS_GRAM)
    .map((_, at) => initialsAt(initials, at))
    .join(' ')}"`;
}

/** The usual reading of a run, and those in which one character is read otherwise: 调解, 重婚, 给付. */
export function readingsOfRun(run: string): string[][] {
  const characters = Array.from(run);
  const usual = characters.map((character) => readingsOf(character)[0] ?? character);
  const others = characters.flatMap((character, at) =>
    readingsOf(character)
      .slice(1)
      .map((reading) => usual.with(at, reading)),
  );
  return [usual, ...others].slice(0, MOST_READINGS);
}

function pairs(syllables: readonly string[]): string[] {
  return syllables.slice(1).map((syllable, at) => soundPair(syllables[at] ?? '', syllable));
}

/** The token of two blurred syllables one after the other. */
export function soundPair(first: string, second: string): string {
  return `${SYLLABLE}${first}${SYLLABLE}${second}`;
}

function initialsAt(initials: readonly string[], at: number): string {
  return INITIALS + initials.slice(at, at + INITIALS_GRAM).join('');
}

function shortInitials(initials: readonly string[]): string {
  return `${INITIALS}${initials.length}${initials.join('')}`;
}
