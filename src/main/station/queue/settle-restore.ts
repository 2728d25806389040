import { randomUUID } from 'node:crypto';
import type { LocalDate } from '#shared/time/local-date.ts';
import { clearCopyMark, isCopy } from '../store/restored-mark.ts';
import { transaction } from '../store/sql.ts';
import { dataName } from './data-name.ts';
import { nameRestore } from './last-restore.ts';
import { currentDay, planOf, type QueueContext } from './queue-context.ts';
import { appendEvent, lastNumbers } from './queue-events.ts';
import { forgetStock } from './terminals/number-stock.ts';
import { endDays, hasEndedSince } from './turn-day.ts';

/** Without the file of reserved numbers nobody knows how many were given since: the next hundred, and not the one that is about to begin. */
const HUNDRED = 100;
const LEAST_ROOM = 50;

/**
 * After a backup took the place of the station's data: numbers go on after all that may have been given since. `before` is the
 * day of the data as it was found; undefined for a database without any. Returns whether there was anything to settle.
 */
export function settleRestore(context: QueueContext, before: LocalDate | undefined): boolean {
  const { db, now, reserve, log } = context;
  const { found } = reserve;
  if (!isCopy(db) && !(before === undefined && found !== undefined)) return false;
  // The data comes back from a day that is over: whoever held a number of it went home, and today's begin with the same ones.
  if (found !== undefined && before === currentDay(context) && hasEndedSince(context))
    endDays(context, found.day);
  // A computer that ran before it got this data wrote down its own numbers, not what this data does not know.
  const isOther = before !== undefined && found?.ended && found.ended.data !== dataName(db);
  const known = isOther ? undefined : found;
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
    forgetStock(db, known, now());
    nameRestore(db, before, now());
    clearCopyMark(db);
  });
  log.event('queue-restored', { day, reserve: known !== undefined });
  return true;

  function roomAfter(last: number, line: string): number {
    const given = found?.lines[line] ?? 0;
    if (known === undefined)
      return Math.max((Math.floor((last + LEAST_ROOM) / HUNDRED) + 1) * HUNDRED, given);
    // Of a day that ended with this start nobody has a number any more.
    return before !== day && known.day < day ? 0 : given;
  }
}
