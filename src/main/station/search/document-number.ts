import { type SearchKind, searchKindSchema } from '#shared/contract/search.ts';

/**
 * Documents are numbered so that the kinds lie between each other: the third guide, the third question, the third person …,
 * then the fourth of each. SQLite gives the texts of a look by their number, so a look that stops after some hundred texts
 * has seen all of the small kinds and the beginning of the large ones.
 */
const SLOTS = 32;

/** Articles of laws that no guide cites come in a row of their own, behind those that people need. */
const REMOTE_ARTICLES = searchKindSchema.options.length;
const REMOTE_FROM = 1000;

/** The row of numbers from which a document of a kind takes the next one. */
export function slotOf(kind: SearchKind, isRemote: boolean): number {
  return isRemote ? REMOTE_ARTICLES : searchKindSchema.options.indexOf(kind);
}

/** In which row of numbers a document stands. */
export function slotOfNumber(doc: number): number {
  return doc % SLOTS;
}

/** The number behind `last` in a row of numbers; the first when there is none. */
export function nextNumber(slot: number, last: number | undefined): number {
  if (last !== undefined) return last + SLOTS;
  return (slot === REMOTE_ARTICLES ? REMOTE_FROM * SLOTS : SLOTS) + slot;
}

/** Rows of numbers as bits, for `1 << (doc % 32)` in a query. */
export function slotsOf(kinds: readonly SearchKind[]): number {
  return kinds.reduce(
    (bits, kind) =>
      bits | (1 << slotOf(kind, false)) | (kind === 'law-article' ? 1 << REMOTE_ARTICLES : 0),
    0,
  );
}

/** All kinds. */
export const EVERYTHING = slotsOf(searchKindSchema.options);
/** Articles of laws that people need. */
export const NEEDED_ARTICLES = 1 << slotOf('law-article', false);
