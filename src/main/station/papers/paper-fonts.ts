import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Fontkit from 'fontkit';
import { sfntFromWoff } from './woff.ts';

/** A piece of text that one font can set. */
export interface FontRun {
  readonly text: string;
  readonly font: string;
}

/** A font family of the PDF: the names under which its two weights are kept. */
export interface FontFiles {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

/** The family that sets nearly everything: GB 2312 and more, Latin, digits, punctuation. */
export const MAIN_FONT = 'main';

/** Printed where no font has the character, as Chinese printers do with a missing type. */
const MISSING = '〓';

const PACKAGE = '@fontsource/noto-sans-sc';
const packages = createRequire(import.meta.url);

interface Slice {
  readonly name: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/**
 * Noto Sans SC as its package ships it: one file with the common characters, and slices with the others (rare
 * characters of names and places, signs), of which only those needed are read. Found through the package, so that it
 * works from sources and beside the built program alike.
 */
export interface PaperFonts {
  /** Cuts a text into runs, each with the font that has its characters. */
  readonly runs: (text: string) => FontRun[];
  readonly files: (font: string) => FontFiles;
}

/** Opens the fonts; reads about 3 MB, so open them once and keep them. Throws when the package is not installed. */
export function openPaperFonts(): PaperFonts {
  const cache = new Map<string, FontFiles>();
  const files = (font: string): FontFiles => {
    const known = cache.get(font) ?? readFiles(font === MAIN_FONT ? 'chinese-simplified' : font);
    cache.set(font, known);
    return known;
  };
  const main = charactersOf(files(MAIN_FONT).regular);
  const slices = readSlices();
  const known = new Map<number, string | undefined>();
  const fontOf = (point: number): string | undefined => {
    if (main.has(point)) return MAIN_FONT;
    if (!known.has(point)) known.set(point, sliceWith(slices, point, files));
    return known.get(point);
  };
  return { runs: (text) => runsOf(text, fontOf), files };
}

function runsOf(text: string, fontOf: (point: number) => string | undefined): FontRun[] {
  const runs: { text: string; font: string }[] = [];
  for (const character of text.normalize('NFC').replace(/[^\S\n\u3000]/gu, ' ')) {
    const font = character === '\n' ? MAIN_FONT : fontOf(character.codePointAt(0) ?? 0);
    const set = font === undefined ? MISSING : character;
    const last = runs.at(-1);
    if (last?.font === (font ?? MAIN_FONT)) last.text += set;
    else runs.push({ text: set, font: font ?? MAIN_FONT });
  }
  return runs;
}

function sliceWith(
  slices: readonly Slice[],
  point: number,
  files: (font: string) => FontFiles,
): string | undefined {
  return slices.find(
    ({ name, ranges }) =>
      ranges.some(([from, to]) => from <= point && point <= to) &&
      charactersOf(files(name).regular).has(point),
  )?.name;
}

function readFiles(subset: string): FontFiles {
  const read = (weight: number) =>
    sfntFromWoff(
      readFileSync(
        packages.resolve(`${PACKAGE}/files/noto-sans-sc-${subset}-${weight}-normal.woff`),
      ),
    );
  return { regular: read(400), bold: read(700) };
}

function readSlices(): Slice[] {
  const table = JSON.parse(
    readFileSync(packages.resolve(`${PACKAGE}/unicode.json`), 'utf8'),
  ) as Record<string, string>;
  return Object.entries(table).map(([key, ranges]) => ({
    name: key.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map(parseRange),
  }));
}

/** `U+4e00-4e10` or `U+4e00`. */
function parseRange(range: string): [number, number] {
  const [from = '', to = from] = range.trim().slice(2).split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

function charactersOf(font: Buffer): Set<number> {
  // Read at the first paper: a start must not wait for its tables of all scripts.
  const { create } = packages('fontkit') as typeof Fontkit;
  const opened = create(font);
  return new Set('characterSet' in opened ? opened.characterSet : []);
}
