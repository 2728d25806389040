import { join } from 'node:path';
import { silentLog } from '#station/log/station-log.ts';
import { openQueue, type Queue, type QueueOptions } from '#station/queue/open-queue.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { PLAN, placeOf } from '../station/queue/queue-station.ts';

/** The queue of the station that is killed, as its process opens it and as it is looked at afterwards: `at.now` is the clock. */
export function openCrashQueue(
  folder: string,
  db: WritableDb,
  at: { readonly now: number },
  more: Pick<QueueOptions, 'slips'> = {},
): Queue {
  const open = { state: 'unknown' } as const;
  const now = () => at.now;
  return openQueue({
    ...{ db, now, uptime: now, log: silentLog },
    ...placeOf({
      get now() {
        return at.now;
      },
      plan: PLAN,
      open,
    }),
    reserveFile: join(folder, 'queue-numbers.json'),
    ...more,
  });
}
