import { runsOf } from './fold-text.ts';

/**
 * Texts stand in the index under grams: at every place of a run the next two Chinese characters, or the next four letters
 * or digits, fewer at the end. Three characters or more are grams one after the other. What is shorter than a gram stands
 * there once more by itself under a mark, because SQLite would put together every token that begins so before it gives the
 * first text. Marks are signs that no folded text has.
 */
const HAN_GRAM = 2;
const OTHER_GRAM = 4;
const MARKS = ['', '¹', '²', '³'] as const;
/** Before the place at which characters and letters meet. */
const MEETING = '÷';
/** Between runs of which the one ends in characters and the other begins with letters, or the reverse: they do not meet. */
const APART = '×';

const SEGMENTS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;

/** Parts of a run that are all Chinese characters or all letters and digits. */
export function segmentsOf(run: string): string[] {
  return run.match(SEGMENTS) ?? [];
}

/** The tokens under which a folded text stands in the index. */
export function gramsOf(folded: string): string {
  const grams: string[] = [];
  const short = new Set<string>();
  for (const run of runsOf(folded)) {
    if (grams.length > 0 && isHan(grams.at(-1)) !== isHan(run)) grams.push(APART);
    for (const [at, segment] of segmentsOf(run).entries()) {
      const characters = Array.from(segment);
      if (at > 0)
        for (let size = 1; size < gramSize(segment); size += 1)
          short.add(meeting(grams.at(-1) ?? '', characters.slice(0, size)));
      grams.push(...gramsAt(characters));
      for (const part of shortParts(characters)) short.add(part);
    }
  }
  return [...grams, ...short].join(' ');
}

/** The index query that finds just the texts in which each run of `folded` stands as it is; undefined when it is empty. */
export function phraseOf(folded: string): string | undefined {
  const phrases = runsOf(folded).map(runPhrase);
  return phrases.length === 0 ? undefined : phrases.join(' AND ');
}

/** The token by which it is told how many texts have a pair of characters or a word. */
export function tokenOf(piece: string): string {
  const characters = Array.from(piece);
  const size = gramSize(piece);
  return characters.length < size
    ? `${MARKS[characters.length] ?? ''}${piece}`
    : characters.slice(0, size).join('');
}

function isHan(text = ''): boolean {
  return HAN.test(text);
}

function gramSize(segment: string): number {
  return isHan(segment) ? HAN_GRAM : OTHER_GRAM;
}

function gramsAt(characters: readonly string[]): string[] {
  const size = gramSize(characters[0] ?? '');
  return characters.map((_, at) => characters.slice(at, at + size).join(''));
}

function shortParts(characters: readonly string[]): string[] {
  const size = gramSize(characters[0] ?? '');
  return characters.flatMap((_, at) =>
    MARKS.slice(1, size).flatMap((mark, less) => {
      const part = characters.slice(at, at + less + 1);
      return part.length === less + 1 ? [mark + part.join('')] : [];
    }),
  );
}

/** The last gram before the place is the last character alone. */
function meeting(lastGram: string, beginning: readonly string[]): string {
  return `${MEETING}${lastGram}${beginning.join('')}`;
}

function runPhrase(run: string): string {
  const segments = segmentsOf(run);
  const last = Array.from(segments.at(-1) ?? '');
  const size = gramSize(last[0] ?? '');
  const before = segments.slice(0, -1).flatMap((segment) => gramsAt(Array.from(segment)));
  if (last.length < size)
    return before.length === 0
      ? `"${tokenOf(run)}"`
      : `"${before.join(' ')}" AND "${meeting(before.at(-1) ?? '', last)}"`;
  // Whole grams need not be followed by what they end in.
  return `"${[...before, ...gramsAt(last).slice(0, 1 - size)].join(' ')}"`;
}
