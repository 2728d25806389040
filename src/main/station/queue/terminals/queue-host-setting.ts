import { z } from 'zod';
import { writeAudit } from '../../store/audit.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../../store/sql.ts';
import { forgetHost } from './number-stock.ts';

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

/** Joins this terminal to a host, or (undefined) makes it its own again; a running host takes it up at once. */
export function changeQueueHost(
  db: WritableDb,
  setting: QueueHostSetting | undefined,
  now: number,
  actor = 'technician',
): void {
  transaction(db, () => {
    forgetHost(db, now);
    writeSetting(db, SETTING, setting ?? null, now);
    const action = setting === undefined ? 'queue-host-left' : 'queue-host-joined';
    writeAudit(db, { at: now, actor, action, subject: setting?.address ?? '' });
  });
}
