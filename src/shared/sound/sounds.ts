import { SOUND_TABLE } from './sound-table.ts';

interface Sounds {
  readonly readings: ReadonlyMap<string, readonly string[]>;
  readonly syllables: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

let sounds: Sounds | undefined;

/** How a character may be read, the usual reading first, `v` for ü; empty for what is no Chinese character. */
export function readingsOf(character: string): readonly string[] {
  return allSounds().readings.get(character) ?? [];
}

/** Whether letters are a whole syllable. */
export function isSyllable(letters: string): boolean {
  return allSounds().syllables.has(letters);
}

/** Whether a syllable begins with these letters. */
export function beginsSyllable(letters: string): boolean {
  return allSounds().beginnings.has(letters);
}

/** Read when first needed: a start does not wait for it. */
function allSounds(): Sounds {
  sounds ??= readTable();
  return sounds;
}

function readTable(): Sounds {
  const readings = new Map<string, string[]>();
  const rows = SOUND_TABLE.trim()
    .split('\n')
    .map((line) => line.split(' '));
  for (const place of [1, 2])
    for (const row of rows)
      for (const character of row[place] ?? '') {
        const known = readings.get(character);
        if (known === undefined) readings.set(character, [row[0] ?? '']);
        else known.push(row[0] ?? '');
      }
  const syllables = rows.map((row) => row[0] ?? '');
  const beginnings = syllables.flatMap((syllable) =>
    Array.from(syllable, (_, at) => syllable.slice(0, at + 1)),
  );
  return { readings, syllables: new Set(syllables), beginnings: new Set(beginnings) };
}

/**
 * One form for syllables that many speakers do not tell apart or mistype: zh/z, ch/c, sh/s, n/l, f/h before u,
 * in/ing, en/eng, an/ang, ü as v or u.
 */
export function blur(syllable: string): string {
  const known = blurred.get(syllable);
  if (known !== undefined) return known;
  const made = blurAnew(syllable);
  // There are some four hundred syllables; what else was typed is not kept.
  if (isSyllable(syllable)) blurred.set(syllable, made);
  return made;
}

const blurred = new Map<string, string>();

function blurAnew(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr]/, 'l')
    .replace(/^hu$/, 'fu')
    .replace(/^hu/, 'f')
    .replace(/([aei])ng$/, '$1n')
    .replace(/v/g, 'u');
}
