import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatBoard } from '#shared/board/disclosure.ts';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { disclosureBoard } from '#station/board/disclosure-board.ts';
import { reviewRecords } from '#station/packs/check-records.ts';
import type { PackFault } from '#station/packs/pack-file.ts';
import {
  type ProfilePack,
  readBarePack,
  readProfilePack,
  starterBeside,
} from '#station/packs/profile-pack.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { openStation } from './open-station.ts';

const USAGE = `${CALL} profile check assets/profiles/wuhua`;

/** How many of several places with the same fault are named. */
const NAMED_PLACES = 3;

/** What a station's disclosure board has and lacks, e.g. "7/8，缺服务承诺". */
interface StationReport {
  readonly code: string;
  readonly name: string;
  readonly board: string;
}

/**
 * `profile check DIR`: every fault of a profile (or of a bare pack of records), then what a publisher should look at today, or
 * on the day that `--day` names; with `--station CODE` also what that station's disclosure board lacks today.
 */
export function checkProfile(args: readonly string[]): number {
  const { folder, station, json, day } = options(args);
  const { records, faults, pack } = read(folder);
  const advice = reviewRecords(records, day);
  const report =
    station === undefined || faults.length > 0 ? undefined : reportOf(pack, station, folder);
  if (json)
    console.log(
      JSON.stringify({
        ok: faults.length === 0,
        records: records.length,
        faults,
        advice,
        station: report,
      }),
    );
  else print(folder, records.length, faults, advice, report);
  return faults.length === 0 ? 0 : 1;
}

function options(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const [named] = positionals;
  if (named === undefined || positionals.length > 1)
    throw new CliError(`请写明要检查的文件夹，例如 ${USAGE}。`);
  if (!existsSync(named)) throw new CliError(`没有这个文件夹：${named}。`);
  return {
    folder: resolve(named),
    station: values.station,
    json: values.json,
    day: dayOf(values.day),
  };
}

/** The day for which is asked: today, or a later one to see what will be missing by then. */
function dayOf(written: string | undefined): LocalDate {
  if (written === undefined) return localMoment(Date.now()).date;
  const day = localDateSchema.safeParse(written);
  if (!day.success) throw new CliError(`--day 要写成日期，例如 2027-01-15，写的是 ${written}。`);
  return day.data;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        station: { type: 'string' },
        day: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}

function read(folder: string) {
  if (!existsSync(join(folder, 'profile.yaml')))
    return { ...readBarePack(folder), pack: undefined };
  const { pack, faults } = readProfilePack(folder);
  return { records: pack?.records ?? [], faults: [...starterFault(folder), ...faults], pack };
}

/** A terminal without the shared pack starts, and has no guide, no question and no everyday word. */
function starterFault(folder: string): PackFault[] {
  const file = starterBeside(folder);
  if (existsSync(file)) return [];
  return [
    {
      ...{ file, field: '', fault: '没有公共内容包，办事指南、常见问题和群众的说法都不会有' },
      remedy: '把 assets/starter 整个复制到这里，或把部署文件夹放到 assets/profiles 下面',
    },
  ];
}

function reportOf(pack: ProfilePack | undefined, code: string, folder: string): StationReport {
  if (pack === undefined)
    throw new CliError(`${folder} 里没有 profile.yaml，只有部署文件夹才能用 --station。`);
  const { library, stations, close } = openStation(pack, code, Date.now);
  try {
    const { items } = disclosureBoard(library, stations, 'zh-CN');
    return { code, name: stations.name(), board: formatBoard(items) };
  } finally {
    close();
  }
}

function print(
  folder: string,
  count: number,
  faults: readonly PackFault[],
  advice: readonly PackFault[],
  report: StationReport | undefined,
): void {
  for (const line of sentences(folder, faults)) console.log(line);
  for (const line of sentences(folder, advice)) console.log(`提醒 ${line}`);
  if (report !== undefined)
    console.log(`${report.name}（${report.code}）今天的信息公示：${report.board}。`);
  console.log(
    faults.length === 0
      ? `检查通过：${count} 条内容，${advice.length} 条提醒。`
      : `有 ${faults.length} 处要改。`,
  );
}

/** One sentence a fault; the same fault in many records is one sentence with their number and the first places. */
function sentences(folder: string, faults: readonly PackFault[]): string[] {
  const groups = Map.groupBy(faults, (fault) =>
    JSON.stringify([kindOf(fault), fault.fault, fault.remedy]),
  );
  return [...groups.values()].flatMap((group) =>
    group.length <= NAMED_PLACES
      ? group.map((fault) => `${place(folder, fault)}：${fault.fault}；${fault.remedy}。`)
      : [manySentence(folder, group)],
  );
}

function manySentence(folder: string, group: readonly PackFault[]): string {
  const [first] = group;
  const places = group.slice(0, NAMED_PLACES).map((fault) => place(folder, fault));
  return `${first?.fault}（${group.length} 处）：${places.join('、')} 等；${first?.remedy}。`;
}

/** Records of one kind are alike; the kind stands before the point of their id. */
function kindOf(fault: PackFault): string {
  return fault.field.split('.')[0] ?? '';
}

function place(folder: string, { file, line, field }: PackFault): string {
  const path = relative(folder, file) || file;
  return [`${path}${line === undefined ? '' : `:${line}`}`, field].filter(Boolean).join(' ');
}
