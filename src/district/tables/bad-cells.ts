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
const CELL = new RegExp(`<${named('c')}(?=[\\s>/])([^>]*?)(?:/>|>(.*?)</${named('c')}\\s*>)`, 'gs');
const FORMULA = new RegExp(`<${named('f')}[\\s>/]`);
const VALUE = new RegExp(`<${named('v')}[\\s>/]`);
const MERGED = new RegExp(`<${named('mergeCell')}\\s[^>]*?\\bref="([A-Z]+\\d+):([A-Z]+\\d+)"`, 'g');

/**
 * Cells of a sheet (its XML) that would be read as empty although somebody sees something in them, or meant one value for several:
 * errors, formulas without the value that was kept, and all but the first cell of merged ones. Of those only what lies within the
 * table's rows and columns counts: a range may be as large as a sheet can be.
 */
export function badCells(xml: string, rows: number, columns: number): BadCell[] {
  return [...brokenCells(xml), ...mergedCells(xml, rows, columns)].filter(
    ({ row, column }) => row < rows && column < columns,
  );
}

function brokenCells(xml: string): BadCell[] {
  return [...xml.matchAll(CELL)].flatMap(([, attributes = '', inner = '']) => {
    const place = placeOf(/\br="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? '');
    const isError = /\bt="e"/.test(attributes);
    const isUnreckoned = FORMULA.test(inner) && !VALUE.test(inner);
    if (place === undefined || !(isError || isUnreckoned)) return [];
    return [{ ...place, cell: new UnreadableCell(isError ? WHY.error : WHY.formula) }];
  });
}

function mergedCells(xml: string, rows: number, columns: number): BadCell[] {
  return [...xml.matchAll(MERGED)].flatMap(([, from = '', to = '']) => {
    const [first, last] = [placeOf(from), placeOf(to)];
    if (first === undefined || last === undefined) return [];
    const cells: BadCell[] = [];
    for (let row = first.row; row <= Math.min(last.row, rows - 1); row += 1)
      for (let column = first.column; column <= Math.min(last.column, columns - 1); column += 1)
        if (row !== first.row || column !== first.column)
          cells.push({ row, column, cell: new UnreadableCell(WHY.merged) });
    return cells;
  });
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
