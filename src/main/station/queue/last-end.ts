import { z } from 'zod';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';

const ENDED_AT = 'queue-ended-at';

/** When numbers last ended, as the clock is set now; undefined while that is not known. */
export function lastEndAt(db: ReadableDb): number | undefined {
  return z.number().safeParse(readSetting(db, ENDED_AT)).data;
}

/** Notes that numbers end at this moment. */
export function noteEnd(db: WritableDb, at: number): void {
  writeSetting(db, ENDED_AT, at, at);
}

/** The clock was set by so many milliseconds: what it said of the last end is set with it. */
export function setWithClock(db: WritableDb, byMs: number, now: number): void {
  const at = lastEndAt(db);
  if (at !== undefined && byMs !== 0) writeSetting(db, ENDED_AT, at + byMs, now);
}
