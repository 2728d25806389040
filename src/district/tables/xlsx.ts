import type { Cell } from '#shared/tables/cell-value.ts';
import type { Sheet } from '#shared/tables/content-table.ts';
import { DistrictFault } from '../district-fault.ts';
import { badCells, sheetPaths } from './bad-cells.ts';
import { unzip, zip } from './bounded-zip.ts';

/** What a table may be unpacked: some thousand rows are a few megabytes. */
const UNPACKED_BYTES = 30_000_000;
const MOST_CELLS = 400_000;

const NO_TABLE = '这个文件不是表格（.xlsx），或者已经损坏，请重新选择。';
const TOO_LARGE = '这个表格太大了，请分成几份。';

/** Sheets as a file for office programs; the heading stays in sight. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  // Asked for now and then: not worth a place in every start.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: (rows[0] ?? []).map(() => ({ width: 22 })),
      data: rows.map((row, at) =>
        row.map((cell) => {
          if (typeof cell === 'number') return { value: cell, type: Number };
          return typeof cell === 'string'
            ? { value: cell, type: String, wrap: at > 0, ...(at === 0 && HEADING) }
            : null;
        }),
      ),
    })),
  ).toBuffer();
}

const HEADING = { fontWeight: 'bold' } as const;

/** The sheets of a file. Throws `bad-input` for what is no table, or too large a one. */
export async function readXlsx(bytes: Buffer): Promise<Sheet[]> {
  const { default: readExcelFile } = await import('read-excel-file/node');
  let files: ReadonlyMap<string, Buffer>;
  // A chart on a sheet of its own has no data.
  let sheets: { sheet: string; data?: readonly (readonly unknown[])[] }[];
  try {
    // Unpacked within bounds first: the reader itself knows none.
    files = new Map(
      [...unzip(bytes, UNPACKED_BYTES)].filter(([name]) => /\.(?:xml|rels)$/.test(name)),
    );
    sheets = await readExcelFile(zip(files));
  } catch (error) {
    throw new DistrictFault('bad-input', NO_TABLE, undefined, { cause: error });
  }
  const cells = sheets.reduce(
    (sum, { data = [] }) => sum + data.reduce((count, row) => count + row.length, 0),
    0,
  );
  if (cells > MOST_CELLS) throw new DistrictFault('bad-input', TOO_LARGE);
  const paths = sheetPaths(files);
  return sheets.map(({ sheet, data = [] }, at) => ({
    name: sheet,
    rows: withBadCells(
      data as readonly (readonly Cell[])[],
      files.get(paths[at] ?? '')?.toString('utf8') ?? '',
    ),
  }));
}

/** The reader gives nothing for a cell that it cannot read; here it says why. */
function withBadCells(rows: readonly (readonly Cell[])[], xml: string): (readonly Cell[])[] {
  const next = rows.map((row) => [...row]);
  const columns = rows[0]?.length ?? 0;
  for (const { row, column, cell } of badCells(xml, rows.length, columns)) {
    if (row * columns > MOST_CELLS) throw new DistrictFault('bad-input', TOO_LARGE);
    while (next.length <= row) next.push([]);
    const cells = next[row];
    if (cells !== undefined) cells[column] = cell;
  }
  return next;
}
