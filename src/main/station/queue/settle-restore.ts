import { randomUUID } from 'node:crypto';
import { clearCopyMark, isCopy } from '../store/restored-mark.ts';
import { transaction } from '../store/sql.ts';
import { nameRestore } from './last-restore.ts';
import { currentDay, planOf, type QueueContext } from './queue-context.ts';
import { appendEvent, lastNumbers } from './queue-events.ts';
import { forgetStock } from './terminals/number-stock.ts';

/** Without the file of reserved numbers nobody knows how many were given since: the next hundred, and not the one that is about to begin. */
const HUNDRED = 100;
const LEAST_ROOM = 50;

/**
 * After a backup took the place of the station's data: numbers go on after all that may have been given since. `isNew` is for
 * a database without any day in it. Returns whether there was anything to settle.
 */
export function settleRestore(context: QueueContext, isNew: boolean): boolean {
  const { db, now, reserve, log } = context;
  const { found } = reserve;
  if (!isCopy(db) && !(isNew && found !== undefined)) return false;
  const day = currentDay(context);
  const lasts = lastNumbers(db);
  const lines = planOf(context)?.lines.map((line) => line.id) ?? [];
  transaction(db, () => {
    for (const line of new Set([...lines, ...lasts.keys()])) {
      const last = lasts.get(line) ?? 0;
      const to = roomAfter(last, line);
      if (to <= last) continue;
      const event = { type: 'numbers-skipped', line, from: last + 1, to } as const;
      appendEvent(db, { operation: randomUUID(), day, at: now(), actor: 'station', event });
    }
    forgetStock(db, found, now());
    nameRestore(db, now());
    clearCopyMark(db);
  });
  log.event('queue-restored', { day, reserve: found !== undefined });
  return true;

  function roomAfter(last: number, line: string): number {
    if (found === undefined) return (Math.floor((last + LEAST_ROOM) / HUNDRED) + 1) * HUNDRED;
    // Numbers of a day before are nobody's any more.
    return found.day < day ? 0 : (found.lines[line] ?? 0);
  }
}
