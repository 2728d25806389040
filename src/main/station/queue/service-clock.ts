import type { QueuePlanBody } from '#shared/content/kinds/queue-plan.ts';
import { learnTime, plannedTime, type ServiceTime } from '#shared/queue/service-times.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { all, type ReadableDb, sql } from '../store/sql.ts';
import { ticketOf } from './queue-events.ts';

/** So many of the last served visitors teach the expectation at start. */
const LEARNT_FROM = 2000;

/** How long visitors of each line take, from those who were served here. */
export interface ServiceClock {
  readonly minutesOf: (line: string) => number;
  /** One more was served; called after the transaction. */
  readonly learn: (ticket: Ticket) => void;
}

/** Reads what was measured so far; the plan's own figure stands in until there is enough. */
export function openServiceClock(
  db: ReadableDb,
  plan: () => QueuePlanBody | undefined,
): ServiceClock {
  const known = new Map<string, ServiceTime>();
  const timeOf = (line: string) =>
    known.get(line) ??
    plannedTime(plan()?.lines.find((candidate) => candidate.id === line)?.minutes ?? 15);
  const learn = (ticket: Ticket) => {
    // Time at another line's window says nothing about this one's.
    if (ticket.from !== undefined || ticket.servedMs === 0) return;
    known.set(ticket.line, learnTime(timeOf(ticket.line), ticket.servedMs / 60_000));
  };
  for (const ticket of lastServed(db)) learn(ticket);
  return { minutesOf: (line) => timeOf(line).minutes, learn };
}

function lastServed(db: ReadableDb): Ticket[] {
  return all<{ body: string }>(
    db,
    sql`select body from queue_ticket where state = 'finished' order by issued_at desc limit ${LEARNT_FROM}`,
  )
    .map(ticketOf)
    .reverse();
}
