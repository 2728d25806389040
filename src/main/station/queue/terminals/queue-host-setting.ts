import { z } from 'zod';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAudit } from '../../store/audit.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../../store/sql.ts';
import { queueDayOf } from '../queue-events.ts';
import { noteLeft } from './left-host.ts';
import { forgetHost, lastDayIn, wasUsedOn } from './number-stock.ts';
import { restOrdinal } from './terminal-keys.ts';

const SETTING = 'queue-host';

/** Where a further terminal finds the station's queue host, and what it proves itself with. */
const queueHostSchema = z.object({
  /** `host:port`, without a scheme. */
  address: z.string().min(1),
  key: z.object({ id: z.string(), ordinal: z.int(), secret: z.string() }),
});
export type QueueHostSetting = z.infer<typeof queueHostSchema>;

/** The queue host that this terminal was joined to; undefined when it is itself one. */
export function readQueueHost(db: ReadableDb): QueueHostSetting | undefined {
  return queueHostSchema.safeParse(readSetting(db, SETTING)).data;
}

const REMOVED = 'queue-host-removed-us';

/** Whether the host said that a technician removed this terminal from its queue; kept over a start with the cable cut. */
export function wasRemoved(db: ReadableDb): boolean {
  const id = readQueueHost(db)?.key.id;
  return id !== undefined && readSetting(db, REMOVED) === id;
}

/** Keeps what the host says of it; true when that is news. */
export function noteRemoved(db: WritableDb, isRemoved: boolean, now: number): boolean {
  if (wasRemoved(db) === isRemoved) return false;
  writeSetting(db, REMOVED, isRemoved ? (readQueueHost(db)?.key.id ?? null) : null, now);
  return true;
}

/**
 * Who leaves a queue that gave numbers today gives none, and lends no reserve that was its own there. A host that was not heard of
 * today, as one that broke yesterday, left nobody with a number of today. Today is the calendar's, too: in the first hour of the
 * morning the host's numbers may have yesterday's name.
 */
function noteLeaving(db: WritableDb, now: number): void {
  const ordinal = readQueueHost(db)?.key.ordinal;
  const day = queueDayOf(db) ?? localMoment(now).date;
  const isOfDay = (lastDayIn(db) ?? '') >= day;
  if (ordinal === undefined || !(isOfDay || wasUsedOn(db, localMoment(now).date))) return;
  noteLeft(db, day, now);
  restOrdinal(db, ordinal, day);
}

const OTHER_STATION = 'queue-host-other-station';
const otherStationSchema = z.object({ key: z.string(), station: z.string() });

/** The outlet that the host runs for when it is not this terminal's: then nothing is taken from it. Undefined while all is well. */
export function otherStation(db: ReadableDb): string | undefined {
  const kept = otherStationSchema.safeParse(readSetting(db, OTHER_STATION)).data;
  return kept !== undefined && kept.key === readQueueHost(db)?.key.id ? kept.station : undefined;
}

/** Keeps that outlet, or (undefined) that the host is of the same one. */
export function noteOtherStation(db: WritableDb, station: string | undefined, now: number): void {
  if (otherStation(db) === station) return;
  const key = readQueueHost(db)?.key.id;
  writeSetting(db, OTHER_STATION, station === undefined ? null : { key, station }, now);
}

/** Joins this terminal to a host, or (undefined) makes it its own again; a running host takes it up at once. */
export function changeQueueHost(
  db: WritableDb,
  setting: QueueHostSetting | undefined,
  now: number,
  actor = 'technician',
): void {
  transaction(db, () => {
    if (setting === undefined) noteLeaving(db, now);
    else noteLeft(db, undefined, now);
    forgetHost(db, now);
    writeSetting(db, SETTING, setting ?? null, now);
    const action = setting === undefined ? 'queue-host-left' : 'queue-host-joined';
    writeAudit(db, { at: now, actor, action, subject: setting?.address ?? '' });
  });
}
