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
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/〇/g, '零')
    .replace(GAP, ' ')
    .trim();
}

/** Characters that are their own folded form, and most of what there is. */
const PLAIN = /^[\u4e00-\u9fff0-9a-z]$/;

/** Folds a text without gaps and keeps where each part stood; for the few texts in which words are marked. */
export function foldWithPlaces(original: string): PlacedText {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  let place = 0;
  for (const character of original) {
    const end = place + character.length;
    const folded = PLAIN.test(character) ? character : compact(fold(character));
    for (const unit of folded.split('')) {
      text += unit;
      from.push(place);
      to.push(end);
    }
    place = end;
  }
  return { text, from, to };
}

/** Runs of letters and digits of a folded text. */
export function runsOf(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ').filter((run) => run !== '');
}

/** A folded text without its gaps: how a title is compared with what was typed in one go. */
export function compact(folded: string): string {
  return folded.replaceAll(' ', '');
}
