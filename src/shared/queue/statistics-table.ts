import type { QueueStatistics } from '../contract/queue.ts';

export type TableCell = string | number | undefined;
export type Table = readonly (readonly TableCell[])[];

type Row = QueueStatistics['total'];

const HEADINGS = [
  '分类',
  '项目',
  '取号',
  '未办结',
  '已办结',
  '过号未到',
  '当日作废',
  '优先办理',
  '平均等候（分钟）',
  '等候中位数（分钟）',
  '九成等候不超过（分钟）',
  '平均办理（分钟）',
  '办理中位数（分钟）',
  '九成办理不超过（分钟）',
] as const;

const SENT_ON =
  '转到别处办理的，在办过的每项业务和每个窗口各计一次，办理时间各算各的；合计只计一次。';

/** Statistics as the table that offices file: a title, the period, and one row for each total, day, line, window and hour. */
export function statisticsTable(statistics: QueueStatistics, stationName: string): Table {
  const { from, to, total, days, lines, windows, hours } = statistics;
  return [
    [`${stationName}排队叫号统计`],
    ['日期', from, to],
    [],
    HEADINGS,
    rowFor('合计', '', total),
    ...days.map((row) => rowFor('日期', row.day, row)),
    ...lines.map((row) => rowFor('业务', row.name, row)),
    ...windows.map((row) => rowFor('窗口', row.label, row)),
    ...hours.map((row) => rowFor('取号时段', hourName(row.hour), row)),
    [],
    ['说明', SENT_ON],
  ];
}

function rowFor(group: string, name: string, row: Row): TableCell[] {
  const { issued, waiting, served, noShow, expired, priority, wait, service } = row;
  return [
    ...[group, name, issued, waiting, served, noShow, expired, priority],
    ...[wait.mean, wait.median, wait.p90, service.mean, service.median, service.p90],
  ];
}

function hourName(hour: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hour)}:00–${two(hour + 1)}:00`;
}
