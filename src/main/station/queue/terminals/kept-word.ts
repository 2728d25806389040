import { z } from 'zod';
import { overviewSchema, type QueueOverview } from '#shared/contract/queue-hub.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import type { ReadableDb, WritableDb } from '../../store/sql.ts';
import { readQueueHost } from './queue-host-setting.ts';

const SETTING = 'queue-host-word';

const wordSchema = z.object({
  /** The pairing under which it was said. */
  pairing: z.string(),
  overview: overviewSchema,
});

/** What the present queue host last said before this program was started; undefined when it never spoke. */
export function keptWord(db: ReadableDb): QueueOverview | undefined {
  const word = wordSchema.safeParse(readSetting(db, SETTING)).data;
  return word !== undefined && word.pairing === readQueueHost(db)?.key.id
    ? word.overview
    : undefined;
}

/**
 * Keeps what the host said, so that a terminal that is started anew with the cable cut knows that numbers were ended today. Written
 * only when that changes, not with every visitor.
 */
export function keepWord(db: WritableDb, overview: QueueOverview, now: number): void {
  const pairing = readQueueHost(db)?.key.id;
  const kept = keptWord(db);
  if (pairing === undefined || (kept !== undefined && lasting(kept) === lasting(overview))) return;
  writeSetting(db, SETTING, { pairing, overview: { ...overview, tickets: [] } }, now);
}

function lasting({ state: { day, mode, lines } }: QueueOverview): string {
  return JSON.stringify([day, mode, lines.map(({ id, full }) => [id, full])]);
}
