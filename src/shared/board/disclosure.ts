/** The eight items that a station discloses, in the order of the board (requirements V3). */
export const BOARD_ITEMS = [
  'duty',
  'hours',
  'particulars',
  'pledges',
  'forms',
  'faqs',
  'contacts',
  'other',
] as const;
export type BoardItemId = (typeof BOARD_ITEMS)[number];

/** What is known of one item: the records behind it, and what it lacks in words. */
export interface BoardFacts {
  readonly records: readonly { readonly publishedAt: string; readonly responsibleBody: string }[];
  readonly missing: readonly string[];
}

export interface BoardItem {
  id: BoardItemId;
  complete: boolean;
  missing: string[];
  count: number;
  publishedAt?: string | undefined;
  responsibleBody?: string | undefined;
}

/** Turns the facts into the board's items; an item without any record is not complete, except "other". */
export function boardItems(facts: Readonly<Record<BoardItemId, BoardFacts>>): BoardItem[] {
  return BOARD_ITEMS.map((id) => {
    const { records, missing } = facts[id];
    const newest = [...records].sort(
      (a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt),
    )[0];
    return {
      id,
      complete: missing.length === 0 && (records.length > 0 || id === 'other'),
      missing: [...missing],
      count: records.length,
      publishedAt: newest?.publishedAt,
      responsibleBody: newest?.responsibleBody,
    };
  });
}
