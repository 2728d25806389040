import { CONTENT_KINDS } from '../content/kinds/index.ts';
import { scopeSchema } from '../content/scope.ts';
import type { DraftContent } from '../office/office-views.ts';
import type { RecordRef } from '../operations/operation.ts';
import { type Cell, CellFault, readCell, UnreadableCell, writeCell } from './cell-value.ts';
import type { CellInput, ContentSheets, ListSheet, SheetColumn } from './content-sheets.ts';

/** A sheet of a table: its heading first. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Something wrong in a table, where whoever filled it in finds it. */
export interface TableFault {
  readonly sheet: string;
  /** Row as the spreadsheet counts it; 1 is the heading. */
  readonly row: number;
  /** The column's heading; empty when the row or sheet is meant. */
  readonly column: string;
  readonly fault: string;
}

/** A record of a table, with how to find its fields there. */
export interface TableEntry {
  readonly record: RecordRef;
  readonly content: DraftContent;
  readonly row: number;
  /** The version that was changed; absent for what the table names as new. */
  readonly version: number | undefined;
  /** Where a fault about a field (`body.shifts.2.person`) stands. */
  readonly placeOf: (field: string) => Pick<TableFault, 'sheet' | 'row' | 'column'>;
}

const ID = '编号';
const SCOPE = '范围';
/** The version at the export, so that nothing of what changed since is lost. */
export const VERSION = '发布版本';
const ITEM = '本项编号';
const TEXT: CellInput = { type: 'text' };
/** What a database counts to. */
const MOST_VERSIONS = 2_000_000_000;

/** What every record has beside its body. */
const ENVELOPE: readonly (SheetColumn & { readonly at: readonly [keyof DraftContent] })[] = [
  { at: ['effectiveFrom'], label: '从哪天起显示', input: { type: 'date' } },
  { at: ['validUntil'], label: '显示到哪天', input: { type: 'date' } },
  { at: ['source'], label: '来源', input: TEXT },
  { at: ['responsibleBody'], label: '责任单位', input: TEXT },
  { at: ['confirm'], label: '发布前要核实的事项', input: { type: 'texts' } },
];

/** Records of a kind as sheets. */
export function tableOf(
  sheets: ContentSheets,
  records: readonly (Pick<RecordRef, 'id' | 'scope'> & {
    readonly version: number;
    readonly content: DraftContent;
  })[],
): Sheet[] {
  const main: Sheet = {
    name: nameOf(sheets),
    rows: [
      [ID, SCOPE, VERSION, ...ENVELOPE.map(labelOf), ...sheets.columns.map(labelOf)],
      ...records.map(({ id, scope, version, content }) => [
        ...[id, scope, version],
        ...ENVELOPE.map(({ at, input }) => writeCell(input, valueAt(content, at))),
        ...sheets.columns.map(({ at, input }) => writeCell(input, valueAt(content.body, at))),
      ]),
    ],
  };
  const lists = sheets.lists.map((list) => ({
    name: list.label,
    rows: [
      [ID, SCOPE, ...(list.hasIds ? [ITEM] : []), ...list.columns.map(labelOf)],
      ...records.flatMap(({ id, scope, content }) =>
        itemsOf(content.body[list.at]).map((item) => [
          ...[id, scope],
          ...(list.hasIds ? [String(valueAt(item, ['id']))] : []),
          ...list.columns.map(({ at, input }) => writeCell(input, valueAt(item, at))),
        ]),
      ),
    ],
  }));
  return [main, ...lists];
}

/** What a record has before a table changes it, in the version that the table names; undefined for a new one. */
export type ContentBefore = (
  record: Pick<RecordRef, 'id' | 'scope'>,
  version: number | undefined,
) => DraftContent | undefined;

/** A record that a table names, without a look at whether it is right; no version where the table has none that can be. */
export interface NamedRecord {
  readonly id: string;
  readonly scope: string;
  readonly version: number | undefined;
}

/** The records that a table names, one for each row. */
export function recordsNamed(sheets: ContentSheets, given: readonly Sheet[]): NamedRecord[] {
  const rows = openSheet(given, nameOf(sheets), [])?.rows ?? [];
  return rows.map((row) => {
    const version = versionIn(row);
    return { ...placeOfRecord(row), version: version === 'wrong' ? undefined : version };
  });
}

/**
 * Reads a table. Columns and sheets that are not there leave what records have; cells that are empty take it away. Whether the
 * records are sound is for the caller to look at.
 */
export function readTable(
  sheets: ContentSheets,
  given: readonly Sheet[],
  before: ContentBefore,
): { readonly entries: readonly TableEntry[]; readonly faults: readonly TableFault[] } {
  const name = nameOf(sheets);
  const faults: TableFault[] = [];
  const main = openSheet(given, name, [
    ...[ID, SCOPE, VERSION],
    ...[...ENVELOPE, ...sheets.columns].map(labelOf),
  ]);
  const lists = sheets.lists.map((list) => ({
    list,
    sheet: byRecord(openSheet(given, list.label, [ID, SCOPE, ITEM, ...list.columns.map(labelOf)])),
  }));
  const known = new Set([name, ...sheets.lists.map(({ label }) => label)]);
  for (const sheet of given)
    if (!known.has(sheet.name) && sheet.rows.length > 0)
      faults.push({ sheet: sheet.name, row: 1, column: '', fault: '用不上这张工作表，请去掉。' });
  if (main === undefined)
    return {
      entries: [],
      faults: [
        { sheet: name, row: 1, column: '', fault: `没有“${name}”这张工作表，请用导出的表格来填。` },
      ],
    };
  faults.push(...main.faults, ...lists.flatMap(({ sheet }) => sheet?.faults ?? []));
  if (faults.length > 0) return { entries: [], faults };
  const entries = main.rows.flatMap((row) => {
    const record = refOf(sheets.kind, row, faults);
    const version = versionIn(row);
    if (version === 'wrong')
      faults.push({
        ...{ sheet: row.sheet, row: row.row, column: VERSION },
        fault: whyUnread(row, VERSION) ?? '这一列请照导出时的样子，不要改；新加的一行留空。',
      });
    if (record === undefined || version === 'wrong') return [];
    const known = { version, content: before(record, version) };
    return entryOf(sheets, record, row, lists, known, faults);
  });
  faults.push(...doubles(entries, name), ...strays(entries, lists));
  return { entries, faults };
}

interface Row {
  readonly sheet: string;
  readonly row: number;
  readonly cell: (label: string) => Cell;
  readonly has: (label: string) => boolean;
}
interface OpenSheet {
  readonly rows: readonly Row[];
  readonly faults: readonly TableFault[];
}

function openSheet(
  given: readonly Sheet[],
  name: string,
  labels: readonly string[],
): OpenSheet | undefined {
  const sheet = given.find((one) => one.name === name);
  if (sheet === undefined) return undefined;
  const headings = (sheet.rows[0] ?? []).map((cell) =>
    cell instanceof UnreadableCell ? '?' : String(cell ?? '').trim(),
  );
  const fault = (column: string, text: string) => ({ sheet: name, row: 1, column, fault: text });
  const faults = [
    ...[ID, SCOPE]
      .filter((label) => !headings.includes(label))
      .map((label) => fault(label, `缺少“${label}”这一列。`)),
    ...headings
      .filter((heading, at) => heading !== '' && headings.indexOf(heading) !== at)
      .map((heading) => fault(heading, '这一列有两个，请去掉一个。')),
    ...headings
      .filter((heading) => heading !== '' && !labels.includes(heading))
      .map((heading) => fault(heading, '不认识这一列，请用导出的表格里的列名，或者去掉。')),
  ];
  const rows = sheet.rows.slice(1).flatMap((cells, at): Row[] =>
    cells.every((cell) => cell === null || cell === undefined || cell === '')
      ? []
      : [
          {
            ...{ sheet: name, row: at + 2 },
            cell: (label) => cells[headings.indexOf(label)],
            has: (label) => headings.includes(label),
          },
        ],
  );
  return { rows, faults };
}

/** A cell by which rows are told apart; one that cannot be read is no name, number or version. */
function wordIn(row: Row, label: string): string {
  const cell = row.cell(label);
  return cell instanceof UnreadableCell ? '?' : String(cell ?? '').trim();
}

/** Why a cell cannot be read, as a sentence; undefined for one that can. */
function whyUnread(row: Row, label: string): string | undefined {
  const cell = row.cell(label);
  return cell instanceof UnreadableCell ? `${cell.why}。` : undefined;
}

function placeOfRecord(row: Row): { readonly id: string; readonly scope: string } {
  return { id: wordIn(row, ID), scope: wordIn(row, SCOPE) };
}

function versionIn(row: Row): number | 'wrong' | undefined {
  const text = wordIn(row, VERSION);
  if (text === '') return undefined;
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MOST_VERSIONS ? Number(text) : 'wrong';
}

function refOf(kind: string, row: Row, faults: TableFault[]): RecordRef | undefined {
  const { id, scope } = placeOfRecord(row);
  const wrong = (column: string, fault: string) => {
    const why = whyUnread(row, column) ?? fault;
    faults.push({ sheet: row.sheet, row: row.row, column, fault: why });
  };
  const isId =
    /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) && id.startsWith(`${kind}.`);
  const isScope = scopeSchema.safeParse(scope).success;
  if (!isId) wrong(ID, `编号写成 ${kind}. 后面跟小写英文、数字和短横线。`);
  if (!isScope) wrong(SCOPE, '范围写 2、4、6、9 或 12 位的区划代码，或者网点代码。');
  return isId && isScope ? { id, kind, scope } : undefined;
}

interface OpenList {
  readonly list: ListSheet;
  readonly sheet: ReturnType<typeof byRecord>;
}

/** The rows of a sheet, also by the record that they belong to: thousands of records have tens of thousands of rows. */
function byRecord(sheet: OpenSheet | undefined) {
  return sheet && { ...sheet, rowsOf: Map.groupBy(sheet.rows, (row) => keyOf(placeOfRecord(row))) };
}

function keyOf({ id, scope }: Pick<RecordRef, 'id' | 'scope'>): string {
  return `${id} ${scope}`;
}

function entryOf(
  sheets: ContentSheets,
  record: RecordRef,
  row: Row,
  lists: readonly OpenList[],
  { version, content: before }: { version: number | undefined; content: DraftContent | undefined },
  faults: TableFault[],
): TableEntry[] {
  const faultsBefore = faults.length;
  const content: Record<string, unknown> = {
    ...{ effectiveFrom: '', source: '', responsibleBody: '', confirm: [], translations: {} },
    ...before,
  };
  const body: Record<string, unknown> = structuredCopy(before?.body ?? {});
  for (const column of ENVELOPE) write(content, column, row, faults, column.at[0] === 'validUntil');
  for (const column of sheets.columns) write(body, column, row, faults, true);
  const items = lists.map(({ list, sheet }) => {
    const rows = sheet?.rowsOf.get(keyOf(record)) ?? [];
    if (sheet !== undefined)
      body[list.at] = rows.map((one, at) => itemOf(list, one, at, itemsOf(body[list.at]), faults));
    return { list, rows };
  });
  if (faults.length > faultsBefore) return [];
  const placeOf = (field: string) => placeIn(sheets, row, items, field);
  const whole = { ...content, body } as DraftContent;
  return [{ record, content: whole, row: row.row, version, placeOf }];
}

function itemOf(
  list: ListSheet,
  row: Row,
  at: number,
  before: readonly unknown[],
  faults: TableFault[],
): Record<string, unknown> {
  const id = wordIn(row, ITEM) || `item-${at + 1}`;
  const old = list.hasIds ? before.find((item) => valueAt(item, ['id']) === id) : undefined;
  const item: Record<string, unknown> = structuredCopy((old ?? {}) as Record<string, unknown>);
  if (list.hasIds) item.id = id;
  for (const column of list.columns) write(item, column, row, faults, true);
  // Nobody stands in on that day: an empty cell on purpose.
  if (list.at === 'changes' && item.person === undefined) item.person = null;
  return item;
}

/** Puts a cell where it belongs; an empty one takes the value away, or empties what must be there. */
function write(
  holder: Record<string, unknown>,
  { at, label, input }: SheetColumn,
  row: Row,
  faults: TableFault[],
  mayGo: boolean,
): void {
  if (!row.has(label)) return;
  try {
    const value = readCell(input, row.cell(label), valueAt(holder, at));
    const empty = input.type === 'texts' ? [] : '';
    setAt(holder, at, value ?? (mayGo ? undefined : empty));
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    faults.push({ sheet: row.sheet, row: row.row, column: label, fault: `${error.message}。` });
  }
}

function placeIn(
  sheets: ContentSheets,
  row: Row,
  items: readonly { readonly list: ListSheet; readonly rows: readonly Row[] }[],
  field: string,
): Pick<TableFault, 'sheet' | 'row' | 'column'> {
  const [part = '', ...steps] = field.split('.');
  const at = { sheet: row.sheet, row: row.row };
  if (part === VERSION) return { ...at, column: VERSION };
  if (part !== 'body')
    return { ...at, column: ENVELOPE.find((column) => column.at[0] === part)?.label ?? '' };
  const inList = items.find(({ list }) => list.at === steps[0]);
  const itemRow = inList?.rows[Number(steps[1])];
  if (inList !== undefined && itemRow !== undefined)
    return {
      ...{ sheet: itemRow.sheet, row: itemRow.row },
      column: columnAt(inList.list.columns, steps.slice(2)),
    };
  return { ...at, column: inList?.list.label ?? columnAt(sheets.columns, steps) };
}

function columnAt(columns: readonly SheetColumn[], steps: readonly string[]): string {
  return columns.find(({ at }) => at.every((step, index) => steps[index] === step))?.label ?? '';
}

function doubles(entries: readonly TableEntry[], sheet: string): TableFault[] {
  const seen = new Map<string, number>();
  return entries.flatMap(({ record, row }) => {
    const key = keyOf(record);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row);
    return first === undefined
      ? []
      : [{ sheet, row, column: ID, fault: `和第 ${first} 行是同一条，请去掉一行。` }];
  });
}

/** Rows of lists that belong to no record of the table would get lost. */
function strays(entries: readonly TableEntry[], lists: readonly OpenList[]): TableFault[] {
  const known = new Set(entries.map(({ record }) => keyOf(record)));
  return lists.flatMap(({ sheet }) =>
    (sheet?.rows ?? [])
      .filter((row) => !known.has(keyOf(placeOfRecord(row))))
      .map((row) => {
        const column = [ID, SCOPE].find((label) => whyUnread(row, label) !== undefined) ?? ID;
        const fault = whyUnread(row, column) ?? '第一张工作表里没有这个编号和范围，请核对。';
        return { ...{ sheet: row.sheet, row: row.row, column }, fault };
      }),
  );
}

function nameOf({ kind }: ContentSheets): string {
  return CONTENT_KINDS[kind].label;
}

function labelOf({ label }: { readonly label: string }): string {
  return label;
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined,
    value,
  );
}

/** Sets a value within; a group whose last value goes away goes, too. */
function setAt(holder: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    const inner = { ...(holder[name] as Record<string, unknown> | undefined) };
    setAt(inner, rest, value);
    holder[name] = inner;
    if (Object.keys(inner).length === 0) delete holder[name];
    return;
  }
  if (value === undefined) delete holder[name];
  else holder[name] = value;
}

function structuredCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
