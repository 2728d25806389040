import { StationError } from '#shared/contract/errors.ts';
import type { QueueStatistics } from '#shared/contract/queue.ts';
import { queueStatistics } from '#shared/queue/queue-statistics.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { all, sql } from '../store/sql.ts';
import { type QueueContext, windowsOf } from './queue-context.ts';
import { ticketOf } from './queue-events.ts';
import { lineName, named } from './ticket-view.ts';

/** The counts and times of a period. Throws `bad-input` when it ends before it begins. */
export function statisticsOf(
  context: Pick<QueueContext, 'db' | 'library' | 'stations'>,
  from: LocalDate,
  to: LocalDate,
): QueueStatistics {
  if (from > to) throw new StationError('bad-input');
  const tickets = all<{ body: string }>(
    context.db,
    sql`select body from queue_ticket where day between ${from} and ${to}`,
  ).map(ticketOf);
  const windows = windowsOf(context);
  return queueStatistics(tickets, from, to, {
    line: (id) => lineName(context, id).name,
    window: (id) => named(windows, id)?.label ?? id,
  });
}
