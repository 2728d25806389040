import type { KindName } from '../content/kinds/index.ts';
import type { EditField, EditInput, EditOption } from '../editing/edit-field.ts';
import { formFor } from '../editing/forms.ts';
import { LEVEL_NAMES, LINE_NAMES, TOPIC_NAMES } from '../editing/value-names.ts';

/** How a cell is read and written; what a form has as a list of sentences stands in one cell, a line each. */
export type CellInput =
  | Exclude<EditInput, { readonly fields: readonly EditField[] }>
  | { readonly type: 'number' | 'sentences' };

/** A column of a table. */
export interface SheetColumn {
  /** Where its value lies in the record's body, or in the item of a list. */
  readonly at: readonly string[];
  readonly label: string;
  readonly input: CellInput;
}

/** A list within records, which has a sheet of its own: a row for each item. */
export interface ListSheet {
  readonly at: string;
  readonly label: string;
  /** Whether items have ids, by which they are known when the table comes back. */
  readonly hasIds: boolean;
  readonly columns: readonly SheetColumn[];
}

/** How records of a kind lie in a table: one row each, and a sheet for each list within them. */
export interface ContentSheets {
  readonly kind: KindName;
  readonly columns: readonly SheetColumn[];
  readonly lists: readonly ListSheet[];
}

const text = (at: string, label: string): EditField => ({ at, label, input: { type: 'text' } });
const texts = (at: string, label: string): EditField => ({ at, label, input: { type: 'texts' } });
const choice = (
  at: string,
  label: string,
  labels: Readonly<Record<string, string>>,
): EditField => ({
  at,
  label,
  input: { type: 'choice', options: optionsOf(labels) },
});
const optionsOf = (labels: Readonly<Record<string, string>>): EditOption[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Citations of laws are rows of their own: a question may rest on several. */
const CITATIONS: ListSheet = {
  at: 'basis',
  label: '依据',
  hasIds: false,
  columns: [
    { at: ['law'], label: '法律法规', input: { type: 'text' } },
    { at: ['article'], label: '第几条', input: { type: 'text' } },
    { at: ['version'], label: '版本', input: { type: 'text' } },
    { at: ['confirm'], label: '要核实的事项', input: { type: 'text' } },
  ],
};
const ORDER: SheetColumn = { at: ['order'], label: '排列顺序', input: { type: 'number' } };

/** Kinds whose records are flat enough for a table. Columns are those of the forms, and what only the district may change. */
const SHEETS: readonly ContentSheets[] = [
  fromForm('person', [texts('serves', '服务的网点或网格代码')]),
  withLines(fromForm('station', [text('code', '网点代码'), choice('level', '级别', LEVEL_NAMES)])),
  withOrder(fromForm('hotline')),
  fromForm('roster', [text('station', '网点代码')]),
  {
    kind: 'faq',
    columns: [
      ...columnsOf([
        text('question', '问题'),
        text('answer', '回答'),
        text('more', '补充说明'),
        choice('topic', '主题', TOPIC_NAMES),
        texts('services', '办事指南'),
        texts('words', '群众的说法'),
      ]),
      ORDER,
    ],
    lists: [CITATIONS],
  },
  {
    kind: 'synonym',
    columns: columnsOf([
      texts('everyday', '群众的说法'),
      texts('legal', '法律上的说法'),
      text('plain', '大家通用的说法'),
    ]),
    lists: [],
  },
];

/** Names of the kinds that can be taken out and put in as a table. */
export const TABLE_KINDS: readonly KindName[] = SHEETS.map(({ kind }) => kind);

/** How records of a kind lie in a table; undefined for a kind that does not fit into one. */
export function sheetsFor(kind: string): ContentSheets | undefined {
  return SHEETS.find((sheets) => sheets.kind === kind);
}

function fromForm(kind: KindName, first: readonly EditField[] = []): ContentSheets {
  const fields = [...first, ...(formFor(kind)?.fields ?? [])];
  return {
    kind,
    columns: columnsOf(fields),
    lists: fields.flatMap(({ at, label, input }) =>
      input.type === 'list' && !isSentences(input.fields)
        ? [{ at, label, hasIds: input.hasIds, columns: columnsOf(input.fields) }]
        : [],
    ),
  };
}

/** Fields as columns: groups beside one another, lists with more than sentences left to sheets of their own. */
function columnsOf(
  fields: readonly EditField[],
  path: readonly string[] = [],
  prefix = '',
): SheetColumn[] {
  return fields.flatMap(({ at, label, input }): SheetColumn[] => {
    const here = [...path, at];
    const name = `${prefix}${label}`;
    if (input.type === 'group') return columnsOf(input.fields, here, `${name}：`);
    if (input.type !== 'list') return [{ at: here, label: name, input }];
    return isSentences(input.fields) && input.hasIds
      ? [{ at: here, label: name, input: { type: 'sentences' } }]
      : [];
  });
}

function isSentences(fields: readonly EditField[]): boolean {
  return fields.length === 1 && fields[0]?.at === 'text';
}

function withOrder(sheets: ContentSheets): ContentSheets {
  return { ...sheets, columns: [...sheets.columns, ORDER] };
}

/** Which business a window takes is the district's to say; the station's form leaves it out. */
function withLines(sheets: ContentSheets): ContentSheets {
  const lines: SheetColumn = {
    at: ['lines'],
    label: '业务',
    input: { type: 'choices', options: optionsOf(LINE_NAMES) },
  };
  return {
    ...sheets,
    lists: sheets.lists.map((list) =>
      list.at === 'windows' ? { ...list, columns: [...list.columns, lines] } : list,
    ),
  };
}
