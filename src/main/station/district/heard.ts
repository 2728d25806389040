import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';

const SETTING = 'district-heard';
/** Written through to the disk each time: often enough to tell days. */
const EVERY_MS = 3_600_000;

/** The district has just answered over the network; `now` in epoch milliseconds. */
export function noteHeard(db: WritableDb, now: number): void {
  const last = lastHeardAt(db);
  if (last === undefined || Math.abs(now - last) >= EVERY_MS) writeSetting(db, SETTING, now, now);
}

/** When the district last answered over the network; undefined where it never did, as at a station that goes by stick. */
export function lastHeardAt(db: ReadableDb): number | undefined {
  const at = readSetting(db, SETTING);
  return typeof at === 'number' ? at : undefined;
}
