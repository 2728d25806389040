import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DoctorReport, type Finding, VERDICT_WORDS } from '#shared/health/finding.ts';
import { type UpkeepDay, upkeepTable } from '#shared/health/upkeep-day.ts';
import { slipTime } from '#shared/printing/ticket-slip.ts';
import { csvTable } from '#shared/tables/safe-cell.ts';
import { examine } from '#station/doctor/examine.ts';
import { openForReading } from '#station/doctor/open-for-reading.ts';
import { runDoctor } from '#station/doctor/run-doctor.ts';
import { upkeepDays } from '#station/doctor/upkeep-log.ts';
import { programVersion } from '../shell/program-version.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { dataFolder, stationFile } from './station-data.ts';

const USAGE = `${CALL} doctor --data 数据文件夹`;

/** Exit status by the worst verdict, for scripts and monitoring. */
const STATUS: Readonly<Record<DoctorReport['verdict'], number>> = { ok: 0, attention: 1, fault: 2 };

const LONGEST_LOG = 800;

/**
 * `doctor`: looks at the whole terminal, while it runs or not, and says what is not well and what to do. Exit status 0
 * all well, 1 something needs attention, 2 a fault. `--log` shows the daily upkeep log instead.
 */
export async function doctor(args: readonly string[]): Promise<number> {
  const values = parsed(args);
  if (values.log || values.csv !== undefined) return showLog(values);
  const report = await examined(dataFolder(values), values.station);
  console.log(values.json ? JSON.stringify(report) : sentences(report).join('\n'));
  return STATUS[report.verdict];
}

/** The report on a data folder. Throws `CliError` when there is no such folder. */
export async function examined(dataDir: string, station?: string): Promise<DoctorReport> {
  if (!existsSync(dataDir))
    throw new CliError(`没有数据文件夹 ${dataDir}，请先启动一次一体机，或用 --data 写对文件夹。`);
  const { premises, close } = examine({ dataDir, station, now: Date.now() });
  try {
    return await runDoctor(premises, programVersion());
  } finally {
    close();
  }
}

function sentences({ findings, verdict }: DoctorReport): string[] {
  const count = (wanted: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === wanted).length;
  const total =
    verdict === 'ok'
      ? '检查完毕：各项正常。'
      : `检查完毕：故障 ${count('fault')} 项，要留意 ${count('attention')} 项。`;
  return [...findings.map(lineOf), total];
}

function lineOf({ title, verdict, sentence, remedy = '' }: Finding): string {
  return `[${VERDICT_WORDS[verdict]}] ${title}：${sentence}${remedy}`;
}

function showLog(values: ReturnType<typeof parsed>): number {
  const days = logOf(stationFile(dataFolder(values)));
  if (values.csv !== undefined) {
    const file = resolve(values.csv);
    write(file, csvTable(upkeepTable(days, slipTime)));
    console.log(
      values.json
        ? JSON.stringify({ file, days: days.length })
        : `已写好：${file}，共 ${days.length} 天。`,
    );
  } else if (values.json) console.log(JSON.stringify(days));
  else for (const day of linesOf(days)) console.log(day);
  return 0;
}

function logOf(path: string): UpkeepDay[] {
  const { db } = openForReading(path);
  if (db === undefined) throw new CliError(`${path} 打不开，请先运行 kiosk doctor 看原因。`);
  try {
    return upkeepDays(db, LONGEST_LOG);
  } catch (error) {
    throw new CliError('这个数据文件夹还没有巡检记录，请用这一版程序启动一次一体机。', {
      cause: error,
    });
  } finally {
    db.read.close();
  }
}

function linesOf(days: readonly UpkeepDay[]): string[] {
  if (days.length === 0) return ['还没有巡检记录；一体机运行着，每天三点以后记一条。'];
  return days.map(
    ({ at, verdict, summary }) => `${slipTime(at)} [${VERDICT_WORDS[verdict]}] ${summary}`,
  );
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new CliError(
      (error as NodeJS.ErrnoException).code === 'EEXIST'
        ? `文件 ${file} 已经有了，请换一个名称。`
        : `文件 ${file} 写不了，请检查文件夹和权限。`,
      { cause: error },
    );
  }
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { data: text, profile: text, station: text, csv: text, log: flag, json: flag },
    }).values;
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}
