/** The room for words and what a word takes of it, in pixels. */
export interface StripMeasure {
  readonly room: number;
  /** Size of a letter; Han characters are as wide as they are high. */
  readonly letter: number;
  /** Least width of a word's button. */
  readonly least: number;
  /** What a button has around its word, both sides together. */
  readonly padding: number;
  readonly gap: number;
}

/** Deals words out to pages in their order, as many to a page as fit side by side, and at least one. */
export function fitPages(
  words: readonly string[],
  { room, letter, least, padding, gap }: StripMeasure,
): { readonly from: number; readonly to: number }[] {
  const pages: { from: number; to: number }[] = [];
  let from = 0;
  let used = 0;
  words.forEach((word, at) => {
    const width = Math.max(least, Array.from(word).length * letter + padding);
    if (at > from && used + gap + width > room) {
      pages.push({ from, to: at });
      from = at;
      used = 0;
    }
    used += (at > from ? gap : 0) + width;
  });
  if (words.length > from) pages.push({ from, to: words.length });
  return pages;
}
