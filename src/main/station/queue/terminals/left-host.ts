import { z } from 'zod';
import { FIRST_AFTER_RESERVES } from '#shared/queue/ticket-number.ts';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { first, type ReadableDb, sql, type WritableDb } from '../../store/sql.ts';
import { isDayOpen, queueDayOf } from '../queue-events.ts';

const SETTING = 'queue-host-left';

const leftSchema = z.object({
  /** The own queue's day on which this terminal left a host. */
  day: localDateSchema,
  /** By a technician's word it gives its own numbers on that day, after this one. */
  after: z.int().optional(),
});

function leftIn(db: ReadableDb): z.infer<typeof leftSchema> | undefined {
  return leftSchema.safeParse(readSetting(db, SETTING)).data;
}

/** Notes that this terminal left its host on this day, or (undefined) that it has one again. */
export function noteLeft(db: WritableDb, day: LocalDate | undefined, now: number): void {
  writeSetting(db, SETTING, day === undefined ? null : { day }, now);
}

/**
 * Whether this terminal gives no numbers because it left a host today: visitors in the hall hold numbers of that queue, and its
 * own would begin with the same ones.
 */
export function isResting(db: ReadableDb): boolean {
  const left = leftIn(db);
  return left !== undefined && left.after === undefined && left.day === queueDayOf(db);
}

/**
 * Lets a terminal that rests give numbers of its own on the same day: after all that it gave for its host, and after all that the
 * host and its terminals give of a line of fewer than six hundred. False when it does not rest.
 */
export function endRest(db: WritableDb, now: number): boolean {
  const left = leftIn(db);
  if (left === undefined || !isResting(db)) return false;
  const given = first<{ n: number | null }>(db, sql`select max(n) as n from queue_given`)?.n ?? 0;
  writeSetting(db, SETTING, { ...left, after: Math.max(given, FIRST_AFTER_RESERVES - 1) }, now);
  return true;
}

/** The number after which own ones are given while that day is open; 0 on every other. */
export function numbersBeforeOwn(db: ReadableDb): number {
  const left = leftIn(db);
  return left?.after !== undefined && isDayOpen(db, left.day) ? left.after : 0;
}
