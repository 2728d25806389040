import { blur, readingsOf } from './sounds.ts';
import type { SoundUnit } from './split-letters.ts';

/** What was typed for one character: the character, or letters for it. */
export type TypedUnit = { readonly character: string } | SoundUnit;

/** Where typed units sound through in a text, and how well: 1 is letter for letter. */
export interface SoundMatch {
  /** Places among the characters of the text, from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly quality: number;
}

/** How much a unit counts that fits only when similar sounds are taken for one. */
const BLURRED = 0.8;
/** A character of the same sound as the one typed, but another. */
const OTHER_CHARACTER = 0.75;

/** The best place where units follow each other in the characters of a folded text without gaps. */
export function matchSounds(
  units: readonly TypedUnit[],
  characters: readonly string[],
): SoundMatch | undefined {
  let best: SoundMatch | undefined;
  for (let from = 0; from + units.length <= characters.length; from += 1) {
    const quality = qualityAt(units, characters, from);
    if (quality > (best?.quality ?? 0)) best = { from, to: from + units.length, quality };
  }
  return best;
}

function qualityAt(
  units: readonly TypedUnit[],
  characters: readonly string[],
  from: number,
): number {
  let total = 0;
  let at = from;
  for (const unit of units) {
    const quality = unitQuality(unit, characters[at] ?? '');
    if (quality === 0) return 0;
    total += quality;
    at += 1;
  }
  return units.length === 0 ? 0 : total / units.length;
}

function unitQuality(unit: TypedUnit, character: string): number {
  if ('character' in unit) return characterQuality(unit.character, character);
  if (unit.letters === character) return 1;
  const readings = readingsOf(character);
  if (!unit.whole) return readings.some((reading) => reading.startsWith(unit.letters)) ? 0.9 : 0;
  if (readings.includes(unit.letters)) return 1;
  const blurred = blur(unit.letters);
  return readings.some((reading) => blur(reading) === blurred) ? BLURRED : 0;
}

function characterQuality(typed: string, character: string): number {
  if (typed === character) return 1;
  const readings = readingsOf(character);
  const said = readingsOf(typed);
  if (said.some((reading) => readings.includes(reading))) return OTHER_CHARACTER;
  const blurred = readings.map(blur);
  return said.some((reading) => blurred.includes(blur(reading))) ? OTHER_CHARACTER * BLURRED : 0;
}
