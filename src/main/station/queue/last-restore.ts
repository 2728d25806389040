import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';

const RESTORED = 'queue-restored';

/** Names the last restore of this host's data; undefined when there was none. */
export function lastRestore(db: ReadableDb): string | undefined {
  return z.string().safeParse(readSetting(db, RESTORED)).data;
}

const FORGOTTEN = 'queue-forgotten-days';
const forgottenSchema = z.object({ after: localDateSchema, before: localDateSchema });

/** Whether a day lies between the day of the backup and the one on which it was last restored: the log knows nothing of it. */
export function isForgotten(db: ReadableDb, day: LocalDate): boolean {
  const days = forgottenSchema.safeParse(readSetting(db, FORGOTTEN)).data;
  return days !== undefined && days.after < day && day < days.before;
}

/** Gives a restore of data of that day its name; in the transaction that settles it. */
export function nameRestore(db: WritableDb, day: LocalDate | undefined, now: number): void {
  writeSetting(db, RESTORED, randomUUID(), now);
  const { date: before } = localMoment(now);
  writeSetting(db, FORGOTTEN, day === undefined ? null : { after: day, before }, now);
}
