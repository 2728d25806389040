import type { QueueStatistics } from '#shared/contract/queue.ts';
import { statisticsTable, type Table } from '#shared/queue/statistics-table.ts';
import { csvTable, safeCell } from '#shared/tables/safe-cell.ts';

export type ExportFormat = 'xlsx' | 'csv';

/** Statistics as a file for office programs; no cell in it can be taken for a formula. */
export async function exportStatistics(
  statistics: QueueStatistics,
  stationName: string,
  format: ExportFormat,
): Promise<{ base64: string; fileName: string }> {
  const table = statisticsTable(statistics, stationName);
  const content = format === 'csv' ? Buffer.from(csvTable(table)) : await xlsxOf(table);
  const period =
    statistics.from === statistics.to ? statistics.from : `${statistics.from}至${statistics.to}`;
  return { base64: content.toString('base64'), fileName: `排队统计-${period}.${format}` };
}

async function xlsxOf(table: Table): Promise<Buffer> {
  // Asked for once a month: not worth a place in every start.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const rows = table.map((row) =>
    row.map((cell) => {
      if (cell === undefined) return null;
      return typeof cell === 'number'
        ? { value: cell, type: Number }
        : { value: safeCell(cell), type: String };
    }),
  );
  return writeExcelFile(rows, { sheet: '排队统计' }).toBuffer();
}
