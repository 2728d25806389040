import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { userDataFolder } from '../shell/app-paths.ts';
import { CliError } from './cli-error.ts';

const DEFAULT_PROFILE = 'wuhua';

/**
 * The data folder of a terminal, as its start finds it: `--data`, that of the installed program (`KIOSK_DATA`), or the one of
 * the profile and outlet.
 */
export function dataFolder(values: {
  readonly data?: string | undefined;
  readonly profile?: string | undefined;
  readonly station?: string | undefined;
}): string {
  const data = values.data ?? process.env.KIOSK_DATA;
  if (data !== undefined) return resolve(data);
  const profile = basename(values.profile ?? DEFAULT_PROFILE);
  const name = values.station === undefined ? profile : `${profile}-${values.station}`;
  return join(userDataFolder(), name);
}

/**
 * Works on a terminal's own database, also while the terminal runs: SQLite lets both in, one write at a time. Throws
 * `CliError` when the terminal has never been started.
 */
export async function withStationData<Result>(
  folder: string,
  work: (db: WritableDb) => Promise<Result> | Result,
): Promise<Result> {
  const db = openDatabase(stationFile(folder), 'station');
  try {
    return await work(db);
  } finally {
    closeDatabase(db);
  }
}

/** The path of a terminal's own database. Throws `CliError` when the terminal has never been started. */
export function stationFile(folder: string): string {
  const path = join(folder, 'station.sqlite');
  if (existsSync(path)) return path;
  throw new CliError(
    `数据文件夹 ${folder} 里还没有数据，请先启动一次一体机，或用 --data 写对文件夹。`,
  );
}
