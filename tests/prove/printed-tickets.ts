import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '#station/log/station-log.ts';
import { openTickets } from '#station/printing/open-tickets.ts';
import type { TicketPrinting } from '#station/printing/ticket-printing.ts';
import { HOST_TERMINAL } from '#station/queue/queue-events.ts';
import { all, type ReadableDb, sql, type WritableDb } from '#station/store/sql.ts';

/** Ticket printing on a file that takes every byte and says nothing, as a printer on USB does. */
export function printingTo(folder: string, db: WritableDb, now: () => number): TicketPrinting {
  const path = join(folder, 'paper');
  closeSync(openSync(path, 'a'));
  const tickets = [{ name: '1号取号机', address: `file:${path}`, paper: '80' as const }];
  const printer = { document: 'none' as const, tickets, ticketMinutes: 3 };
  return openTickets({
    ...{ db, printer, now, log: silentLog },
    station: () => '示例公共法律服务中心',
    changed: () => {},
  });
}

/** How the print jobs stand after the end. */
export interface PrintedFigures {
  /** By state; the oldest are forgotten, as in a terminal. */
  readonly jobs: Readonly<Record<string, number>>;
  /** Jobs that are neither done nor in doubt nor given up. */
  readonly jobsUnknown: number;
  /** Tickets of the host, of the time for which jobs are kept, that have none. */
  readonly withoutJob: number;
}

/** Reads the jobs after printing was opened again and closed. */
export function printedIn(db: ReadableDb): PrintedFigures {
  const rows = all<{ state: string; jobs: number }>(
    db,
    sql`select state, count(*) as jobs from print_job group by state order by state`,
  );
  const known = new Set(['printed', 'in-doubt', 'expired', 'failed']);
  const unknown = rows.filter(({ state }) => !known.has(state));
  const without = all(
    db,
    sql`select ticket.id from queue_ticket ticket left join print_job job on job.id = ticket.id
        where job.id is null and json_extract(ticket.body, '$.terminal') = ${HOST_TERMINAL}
          and ticket.issued_at > (select min(created_at) from print_job where state in ('printed', 'expired'))`,
  );
  return {
    jobs: Object.fromEntries(rows.map(({ state, jobs }) => [state, jobs])),
    jobsUnknown: unknown.reduce((sum, { jobs }) => sum + jobs, 0),
    withoutJob: without.length,
  };
}
