import { z } from 'zod';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { first, type ReadableDb, sql, type WritableDb } from '../store/sql.ts';
import type { Look } from './day-watch.ts';

/** An end of numbers that the staff ordered and nobody took back. */
export interface EarlyClose {
  readonly farewell: string;
  /** The queue's day under which it was ordered. */
  readonly day: LocalDate;
}

/** The one that was ordered last on a day that is still open, in force or not. */
export function earlyCloseOf(db: ReadableDb): EarlyClose | undefined {
  return first<EarlyClose>(
    db,
    sql`select farewell, day from queue_day where closed_at is null and farewell is not null order by day desc limit 1`,
  );
}

/**
 * The farewell that holds now. An early close is of the day of the calendar on which it was ordered: the queue's day may be
 * yesterday's for some time in the morning, and must not keep people from numbers. A clock that fell back ends none.
 */
export function farewellNow(db: ReadableDb, now: number): string | undefined {
  const close = earlyCloseOf(db);
  if (close === undefined) return undefined;
  const at = orderedAt(db);
  const ordered = at === undefined ? close.day : localMoment(at).date;
  return localMoment(now).date <= ordered ? close.farewell : undefined;
}

const ORDERED_AT = 'queue-closed-early-at';

function orderedAt(db: ReadableDb): number | undefined {
  return z.number().safeParse(readSetting(db, ORDERED_AT)).data;
}

const ORDERED_ON = 'queue-closed-early-on';

/** What the calendar said when it was ordered, whatever the clock was set to since; the queue's day where nobody noted it. */
function orderedOn(db: ReadableDb, { day }: EarlyClose): LocalDate {
  return localDateSchema.safeParse(readSetting(db, ORDERED_ON)).data ?? day;
}

/** Whether this is a later day than that of the order, for who knows which day it is. */
export function isOfDayBefore(db: ReadableDb, close: EarlyClose, date: LocalDate): boolean {
  return orderedOn(db, close) < date;
}

/**
 * Whether the order ended the queue's day and that is gone: it was given under it, or while the queue had the name of a day before.
 * On the day of the order the queue goes on, for the farewell holds until it is over.
 */
export function endedDay(
  db: ReadableDb,
  close: EarlyClose,
  { day, date }: { readonly day: LocalDate; readonly date: LocalDate },
): boolean {
  const at = orderedAt(db);
  const on = orderedOn(db, close);
  return [on, at === undefined ? on : localMoment(at).date].some(
    (ordered) => day <= ordered && ordered < date,
  );
}

/** Notes when the staff ended numbers; called in the order's transaction. */
export function noteEarlyClose(db: WritableDb, at: number): void {
  writeSetting(db, ORDERED_AT, at, at);
  writeSetting(db, ORDERED_ON, localMoment(at).date, at);
}

/**
 * The clock was set while this program ran: an order that was given since it started was given on the day that the clock now
 * says. One from before the start was not, for nobody knows which of the two clocks was wrong then.
 */
export function setCloseWithClock(
  db: WritableDb,
  { setByMs, startedAt }: Pick<Look, 'setByMs' | 'startedAt'>,
  now: number,
): void {
  const at = orderedAt(db);
  if (setByMs === 0 || at === undefined || at < startedAt || at > now - setByMs) return;
  writeSetting(db, ORDERED_AT, at + setByMs, now);
}
