import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { statisticsOf } from '#station/queue/station-statistics.ts';
import { exportStatistics } from '#station/queue/statistics-file.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { profileFolder, readPack } from './named-profile.ts';
import { openStation } from './open-station.ts';
import { dataFolder, withStationData } from './station-data.ts';

const USAGE = `${CALL} queue-statistics --from 2026-11-01 --to 2026-11-30 --xlsx 十一月.xlsx`;
const TEXT = { type: 'string' } as const;

/**
 * `queue-statistics --from DAY --to DAY --csv|--xlsx FILE`: counts and times of a queue host as a file, also while it runs;
 * with `--json` on standard output.
 */
export async function writeQueueStatistics(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const [from, to] = [dayIn(values.from), dayIn(values.to)];
  if (from === undefined || to === undefined || from > to)
    throw new CliError(`--from 和 --to 要写日期，先早后晚，例如 ${USAGE}。`);
  const wanted = wantedFile(values);
  const pack = readPack(profileFolder(values.profile));
  const { library, stations, close } = openStation(pack, values.station, Date.now);
  try {
    const statistics = await withStationData(dataFolder(values), (db) =>
      statisticsOf({ db, library, stations }, from, to),
    );
    if (values.json) console.log(JSON.stringify(statistics));
    if (wanted === undefined) return 0;
    const { base64 } = await exportStatistics(statistics, stations.name(), wanted.format);
    write(wanted.file, Buffer.from(base64, 'base64'));
    if (!values.json)
      console.log(
        `已写好：${wanted.file}(${from} 至 ${to}，共取号 ${statistics.total.issued} 个)。`,
      );
  } finally {
    close();
  }
  return 0;
}

function wantedFile({ csv, xlsx, json }: ReturnType<typeof parsed>['values']) {
  if (csv !== undefined && xlsx === undefined)
    return { format: 'csv' as const, file: resolve(csv) };
  if (xlsx !== undefined && csv === undefined)
    return { format: 'xlsx' as const, file: resolve(xlsx) };
  if (json && csv === undefined) return undefined;
  throw new CliError(`请用 --csv 或 --xlsx 写明一个文件，例如 ${USAGE}。`);
}

function dayIn(text: string | undefined): LocalDate | undefined {
  return localDateSchema.safeParse(text).data;
}

function write(file: string, content: Buffer): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new CliError(`文件 ${file} 写不了，请检查文件夹和权限。`, { cause: error });
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ from: TEXT, to: TEXT, csv: TEXT, xlsx: TEXT, data: TEXT, station: TEXT },
        profile: { type: 'string', default: 'wuhua' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${USAGE}。`, { cause: error });
  }
}
