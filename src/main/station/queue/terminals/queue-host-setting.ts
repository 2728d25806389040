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
