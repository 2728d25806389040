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

/** The items' names for staff: in reports, not on pages. */
const ITEM_NAMES: Readonly<Record<BoardItemId, string>> = {
  duty: '值班人员',
  hours: '服务时间',
  particulars: '服务指南',
  pledges: '服务承诺',
  forms: '表格样本',
  faqs: '常见问题',
  contacts: '热线、监督电话、网址',
  other: '通知和其他',
};

/** Who published something, and when (RFC 3339). */
export interface Published {
  publishedAt: string;
  responsibleBody: string;
}

/** What is known of one item: the records behind it, and what it lacks in words. */
export interface BoardFacts {
  readonly records: readonly Readonly<Published>[];
  readonly missing: readonly string[];
}

export interface BoardItem {
  id: BoardItemId;
  complete: boolean;
  missing: string[];
  count: number;
  newest?: Published | undefined;
}

/** Who published last among several records, and when; undefined when there are none. */
export function newestOf(records: BoardFacts['records']): Published | undefined {
  const newest = records.toSorted(
    (a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt),
  )[0];
  return newest && { publishedAt: newest.publishedAt, responsibleBody: newest.responsibleBody };
}

/** Turns the facts into the board's items; an item without any record is not complete, except "other". */
export function boardItems(facts: Readonly<Record<BoardItemId, BoardFacts>>): BoardItem[] {
  return BOARD_ITEMS.map((id) => {
    const { records, missing } = facts[id];
    return {
      id,
      complete: missing.length === 0 && (records.length > 0 || id === 'other'),
      missing: [...missing],
      count: records.length,
      newest: newestOf(records),
    };
  });
}

/** "8/8", or "7/8，缺服务指南（8/9，缺收费依据）": what a station's board has and what it lacks. */
export function formatBoard(items: readonly BoardItem[]): string {
  const lacking = items.filter((item) => !item.complete);
  const count = `${items.length - lacking.length}/${items.length}`;
  return lacking.length === 0 ? count : `${count}，缺${lacking.map(formatItem).join('、')}`;
}

function formatItem({ id, missing }: BoardItem): string {
  const detail = [...new Set(missing)].filter((lack) => lack !== ITEM_NAMES[id]);
  return detail.length === 0 ? ITEM_NAMES[id] : `${ITEM_NAMES[id]}（${detail.join('；')}）`;
}
