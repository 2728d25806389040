/** A text as it is compared, without gaps, with the way back to the original for each UTF-16 unit. */
export interface PlacedText {
  readonly text: string;
  /** Where the original of a unit begins and ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const GAP = /[^\p{L}\p{N}\p{M}]+/gu;

/** One form for what looks or means the same: full width and half width, capitals and small letters. */
export function fold(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFKC')
      .toLowerCase()
      .replace(/〇/g, '零')
      // Kazakh is written with the high hamza, and typed with the other where a keyboard has no high one.
      .replace(/\u0674/g, '\u0621')
      .replace(GAP, ' ')
      .trim()
  );
}

/** Whether a unit is its own folded form, as most of what there is: Chinese characters, digits, small letters. */
function isPlain(unit: number): boolean {
  return (
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x30 && unit <= 0x39)
  );
}

/** Folds a text without gaps and keeps where each part stood; for the few texts in which words are marked. */
export function foldWithPlaces(original: string): PlacedText {
  const units: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const put = (unit: string, place: number, end: number) => {
    units.push(unit);
    from.push(place);
    to.push(end);
  };
  for (let place = 0; place < original.length; ) {
    if (isPlain(original.charCodeAt(place))) {
      put(original[place] ?? '', place, place + 1);
      place += 1;
      continue;
    }
    const character = String.fromCodePoint(original.codePointAt(place) ?? 0);
    const end = place + character.length;
    for (const unit of foldedCharacter(character).split('')) put(unit, place, end);
    place = end;
  }
  return { text: units.join(''), from, to };
}

/** Signs between words are few, and each text is full of them. */
const MOST_KEPT = 500;
const keptCharacters = new Map<string, string>();

function foldedCharacter(character: string): string {
  const known = keptCharacters.get(character);
  if (known !== undefined) return known;
  const folded = compact(fold(character));
  if (keptCharacters.size < MOST_KEPT) keptCharacters.set(character, folded);
  return folded;
}

/** Runs of letters and digits of a folded text. */
export function runsOf(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ').filter((run) => run !== '');
}

/** A folded text without its gaps: how a title is compared with what was typed in one go. */
export function compact(folded: string): string {
  return folded.replaceAll(' ', '');
}
