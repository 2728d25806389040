import { UnreadableCell } from '#shared/tables/cell-value.ts';

const WHY = {
  error: '这一格的公式算出了错误，请改成要写的内容',
  formula: '这一格的公式没有算出结果，请用表格软件打开、保存一次，或者直接写上内容',
  merged: '这一格并进了别的格，请取消合并，每一格分别写',
} as const;

/** A cell of which the file does not say what is in it. Rows and columns count from 0. */
export interface BadCell {
  readonly row: number;
  readonly column: number;
  readonly cell: UnreadableCell;
}

/** A prefix of a namespace may stand before each name. */
const named = (name: string) => `(?:[\\w.-]+:)?${name}`;
/** Comments, and the tags that matter with what begins after them: one scan, in which nothing is looked at twice. */
const PARTS = new RegExp(
  `<!--|<(/?)${named('(c|f|v|mergeCell)')}(?![\\w.:-])([^<>]*)(?:>([^<]?)|(?=<|$))`,
  'g',
);

/** Whether text stands right behind a tag that is not closed in itself. */
function isFull(attributes: string, text: string): boolean {
  return text !== '' && !attributes.endsWith('/');
}

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
  /** Whether text stands right behind it. */
  readonly hasText: boolean;
}

function* tagsIn(xml: string): Generator<Tag> {
  const parts = new RegExp(PARTS);
  for (let part = parts.exec(xml); part !== null; part = parts.exec(xml)) {
    const [, slash, name, attributes = '', text = ''] = part;
    if (name !== undefined)
      yield { name, isEnd: slash === '/', attributes, hasText: isFull(attributes, text) };
    else {
      const end = xml.indexOf('-->', part.index);
      if (end < 0) return;
      parts.lastIndex = end;
    }
  }
}

/**
 * Cells of a sheet (its XML) that would be read as empty although somebody sees something in them, or meant one value for several:
 * errors, formulas without the value that was kept, and all but the first cell of merged ones. Of merged ones only what lies within
 * the table's rows counts: a range may be as large as a sheet can be. Others may lie below: a row of nothing else looks empty. One
 * entry a cell, however many ranges there are.
 */
export function badCells(xml: string, rows: number, columns: number): BadCell[] {
  const bad = new Map<number, BadCell>();
  const note = (row: number, column: number, why: string) => {
    const key = row * columns + column;
    if (column < columns && !bad.has(key))
      bad.set(key, { row, column, cell: new UnreadableCell(why) });
  };
  // Ranges do not overlap; where they do, the file is refused for what was seen so far.
  let unmerged = rows * columns;
  let cell: OpenCell | undefined;
  for (const tag of tagsIn(xml)) {
    if (tag.name === 'mergeCell') {
      for (const [row, column] of mergedIn(tag.attributes, rows, columns)) {
        if (unmerged <= 0) break;
        unmerged -= 1;
        note(row, column, WHY.merged);
      }
    } else if (tag.name === 'c') {
      if (!tag.isEnd) cell = { attributes: tag.attributes, hasFormula: false, hasValue: false };
      if (cell !== undefined && (tag.isEnd || tag.attributes.endsWith('/'))) {
        noteBroken(cell, note);
        cell = undefined;
      }
    } else if (cell !== undefined && !tag.isEnd) noteInner(cell, tag);
  }
  return [...bad.values()];
}

type Note = (row: number, column: number, why: string) => void;

interface OpenCell {
  readonly attributes: string;
  hasFormula: boolean;
  hasValue: boolean;
}

function noteInner(cell: OpenCell, { name, hasText }: Tag): void {
  if (name === 'f') cell.hasFormula = true;
  // Only a text that was reckoned may be empty.
  else cell.hasValue ||= hasText || /\bt="str"/.test(cell.attributes);
}

function noteBroken({ attributes, hasFormula, hasValue }: OpenCell, note: Note): void {
  const place = placeOf(/\br="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? '');
  if (place === undefined) return;
  if (/\bt="e"/.test(attributes)) note(place.row, place.column, WHY.error);
  else if (hasFormula && !hasValue) note(place.row, place.column, WHY.formula);
}

/** All but the first cell of a range. */
function* mergedIn(
  attributes: string,
  rows: number,
  columns: number,
): Generator<readonly [row: number, column: number]> {
  const [, from = '', to = ''] = /\bref="([A-Z]+\d+):([A-Z]+\d+)"/.exec(attributes) ?? [];
  const [first, last] = [placeOf(from), placeOf(to)];
  if (first === undefined || last === undefined) return;
  for (let row = first.row; row <= Math.min(last.row, rows - 1); row += 1)
    for (let column = first.column; column <= Math.min(last.column, columns - 1); column += 1)
      if (row !== first.row || column !== first.column) yield [row, column];
}

/** `B3` as row 2 and column 1. */
function placeOf(address: string): { readonly row: number; readonly column: number } | undefined {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(address) ?? [];
  if (letters === undefined) return undefined;
  const column = letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(digits) - 1, column: column - 1 };
}

const SHEET = new RegExp(`<${named('sheet')}\\s([^>]*)>`, 'g');
const RELATION = new RegExp(`<${named('Relationship')}\\s([^>]*)>`, 'g');

/** Where the sheets of a workbook lie in its archive, in the order in which the workbook names them. */
export function sheetPaths(files: ReadonlyMap<string, Buffer>): (string | undefined)[] {
  const text = (path: string) => files.get(path)?.toString('utf8') ?? '';
  const attribute = (attributes: string, name: string) =>
    new RegExp(`(?:^|[\\s:])${name}="([^"]*)"`).exec(attributes)?.[1];
  const targets = new Map(
    [...text('xl/_rels/workbook.xml.rels').matchAll(RELATION)].map(([, attributes = '']) => [
      attribute(attributes, 'Id'),
      attribute(attributes, 'Target') ?? '',
    ]),
  );
  return [...text('xl/workbook.xml').matchAll(SHEET)].map(([, attributes = '']) => {
    const target = targets.get(/:id="([^"]*)"/.exec(attributes)?.[1]);
    return target?.startsWith('/') === true ? target.slice(1) : target && `xl/${target}`;
  });
}
