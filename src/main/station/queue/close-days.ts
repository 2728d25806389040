import { randomUUID } from 'node:crypto';
import { queueStatistics } from '#shared/queue/queue-statistics.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { commitOperation } from '../store/commit-operation.ts';
import { all, first, type ReadableDb, run, sql, transaction } from '../store/sql.ts';
import { currentDay, type QueueContext } from './queue-context.ts';
import { appendEvent, highWaterDay, ticketOf, ticketsOf } from './queue-events.ts';
import { openDaysBefore } from './visitor-queue.ts';

/** Days of work, not of the calendar: a clock that ran years ahead must not make the station forget. */
const DAYS_KEPT = {
  /** Hand-over notes are for the next shift. */
  notes: 10,
  /** Tickets hold no names, but who came with which priority need not be known for ever. */
  tickets: 300,
} as const;

/**
 * Closes every day that is over: open tickets expire with the reason, notes on visitors go, and the day's counts travel to
 * the district (no ticket by itself). Done at start, each minute, and before the first number of a day.
 */
export function closePastDays(context: QueueContext): number {
  const today = currentDay(context);
  const days = openDaysBefore(context, today);
  for (const day of days) closeDay(context, day, 'day-over');
  if (days.length > 0) {
    forget(context);
    context.publish({ type: 'changed' });
  }
  return days.length;
}

/** Closes one day; its events and the district's row are one transaction (invariant 3). */
function closeDay(context: QueueContext, day: LocalDate, reason: string): void {
  const { db, now, library } = context;
  const at = now();
  const open = ticketsOf(db, day, ['waiting', 'called', 'held', 'skipped']);
  transaction(db, () => {
    for (const ticket of open)
      appendEvent(db, {
        operation: randomUUID(),
        day,
        ticket: ticket.id,
        at,
        actor: 'station',
        event: { type: 'expired', reason },
      });
    commitOperation(
      db,
      {
        id: randomUUID(),
        type: 'queue-day',
        payload: { station: library.station, ...dayCounts(context, day) },
        actor: 'station',
        subject: `queue-day:${day}`,
        at,
      },
      () => {
        appendEvent(db, {
          operation: randomUUID(),
          day,
          at,
          actor: 'station',
          event: { type: 'day-closed' },
        });
        run(db, sql`delete from queue_note where ticket is not null and day = ${day}`);
      },
    );
  });
  context.log.event('queue-day-closed', { day, expired: open.length });
}

function dayCounts({ db }: QueueContext, day: LocalDate) {
  const tickets = all<{ body: string }>(
    db,
    sql`select body from queue_ticket where day = ${day}`,
  ).map(ticketOf);
  const { total, lines, windows, hours } = queueStatistics(tickets, day, day, {
    line: (id) => id,
    window: (id) => id,
  });
  return { day, total, lines, windows, hours };
}

function forget({ db }: QueueContext): void {
  const notes = oldestKept(db, DAYS_KEPT.notes);
  const tickets = oldestKept(db, DAYS_KEPT.tickets);
  transaction(db, () => {
    run(db, sql`delete from queue_note where day < ${notes}`);
    run(db, sql`delete from queue_alarm where day < ${notes}`);
    for (const table of [
      'queue_event',
      'queue_ticket',
      'queue_window',
      'queue_counter',
      'queue_day',
    ])
      db.write.prepare(`delete from ${table} where day < ?`).run(tickets);
  });
}

/** The first of the last so many closed days; before every day when there are not so many yet. */
function oldestKept(db: ReadableDb, days: number): LocalDate {
  return (
    first<{ day: string }>(
      db,
      sql`select day from queue_day where closed_at is not null order by day desc limit 1 offset ${days - 1}`,
    )?.day ?? ''
  );
}

/**
 * Takes the day back to the clock's after the clock had run ahead and was put right, by a person's word. The false day is
 * closed; the right day goes on with the numbers after its last. Returns false when the clock is not behind the day.
 */
export function correctDay(context: QueueContext, operation: string, actor: string): boolean {
  const { db, now, library } = context;
  const right = library.moment().date;
  const wrong = highWaterDay(db);
  if (wrong === undefined || right >= wrong) return false;
  closeDay(context, wrong, 'clock-was-wrong');
  transaction(db, () => {
    appendEvent(db, { operation, day: right, at: now(), actor, event: { type: 'day-corrected' } });
  });
  context.log.event('queue-day-corrected', { from: wrong, to: right });
  context.publish({ type: 'changed' });
  return true;
}
