import { runsOf } from '../search/fold-text.ts';
import { gramsOf } from '../search/grams.ts';
import { blur, readingsOf } from './sounds.ts';

/** A text with several characters of several readings is indexed under so many of them at most. */
const MOST_READINGS = 6;

/** Under what a folded text is found by its sound: blurred syllables one after the other, and grams of their initials. */
export interface SoundGrams {
  readonly syllables: string;
  readonly initials: string;
}

/** A token between readings, so that the end of one and the beginning of the next are not taken for neighbours. */
const BETWEEN = ' 0 ';

/** The sounds of a text's runs; characters that are not Chinese stand for themselves. */
export function soundGrams(folded: string): SoundGrams {
  const readings = runsOf(folded).flatMap(readingsOfRun);
  return {
    syllables: readings.map((reading) => reading.map(blur).join(' ')).join(BETWEEN),
    initials: gramsOf(
      readings.map((reading) => reading.map((syllable) => syllable[0]).join('')).join(' '),
    ),
  };
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
