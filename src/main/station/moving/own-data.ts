import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { foldLog } from '../backup/restore-backup.ts';
import { readSetting } from '../store/settings.ts';
import type { MoveInOrder } from './move-order.ts';
import { MoveError, type MoveManifest } from './move-package.ts';
import { movedMark } from './moved-mark.ts';

/** What a host wrote only because it was started once is no data of its own. */
const OWN_DATA = [
  ...['staff_person', 'queue_ticket', 'edit_version', 'edit_draft', 'outbox', 'print_job'],
  ...['lan_device', 'queue_terminal'],
] as const;
const SETTING_OF_DISTRICT = 'district';

/** Data that have moved away from here, or that a start alone wrote, may be replaced by anything. Throws `MoveError` for others. */
export function assertFree(
  { dataDir, replace, isFolderNamed }: MoveInOrder,
  manifest: MoveManifest,
) {
  const path = join(dataDir, 'station.sqlite');
  if (!existsSync(path)) return;
  foldLog(path);
  if (movedMark(dataDir) !== undefined || !hasOwnData(path)) return;
  const here = stationIn(path);
  const isOther = here !== undefined && manifest.station !== undefined && here !== manifest.station;
  if (isOther && !(replace && isFolderNamed))
    throw new MoveError(
      'other-station',
      `U 盘上是网点 ${manifest.station}，${dataDir} 里是 ${here}`,
    );
  if (!replace) throw new MoveError('own-data', dataDir);
}

/** The station of a database; undefined when it does not say, or cannot be read. */
function stationIn(path: string): string | undefined {
  const read = new Database(path, { readonly: true });
  try {
    return z.string().safeParse(readSetting({ read }, 'station')).data;
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return undefined;
  } finally {
    read.close();
  }
}

/** A database that cannot be read may have held anything. */
function hasOwnData(path: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true });
    const tables = database
      .prepare<[], string>("select name from sqlite_master where type = 'table'")
      .pluck()
      .all();
    const has = (query: string) => database?.prepare(query).get() !== undefined;
    return (
      OWN_DATA.some((table) => tables.includes(table) && has(`select 1 from ${table} limit 1`)) ||
      (tables.includes('station_setting') &&
        has(`select 1 from station_setting where name = '${SETTING_OF_DISTRICT}'`))
    );
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return true;
  } finally {
    database?.close();
  }
}
