import { StationError } from '#shared/contract/errors.ts';
import type { DeskView } from '#shared/contract/queue.ts';
import { isFor, nextTicket } from '#shared/queue/next-ticket.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { formatNumber } from '#shared/queue/ticket-number.ts';
import { all, first, sql } from '../store/sql.ts';
import {
  currentDay,
  lineOf,
  modeOf,
  planOf,
  type QueueContext,
  waitingNow,
  windowsOf,
} from './queue-context.ts';
import { refusedNumbers, ticketOf, ticketsHeld } from './queue-events.ts';
import { deskTicket, goneLines, lineName } from './ticket-view.ts';

/** So many hand-over notes are shown. */
const HANDOVERS = 5;

/** Everything a window's console draws. Throws `not-found` for a window that the plan does not have. */
export function deskView(context: QueueContext, windowId: string): DeskView {
  const { db, now } = context;
  const day = currentDay(context);
  const windows = windowsOf(context);
  const window = windows.find((candidate) => candidate.id === windowId);
  if (window === undefined) throw new StationError('not-found');
  const open = new Set(
    windows.filter((other) => other.state === 'open').map((candidate) => candidate.id),
  );
  const waiting = waitingNow(context);
  const called = ticketsHeld(db, ['called']);
  const next = nextTicket(waiting, window, open);
  const current = called.find((ticket) => ticket.window === windowId);
  return {
    now: now(),
    day,
    mode: modeOf(context, day),
    window: { id: window.id, label: window.label, name: window.name, state: window.state },
    windows: windows.map(({ id, label, name, state, staff }) => ({
      id,
      label,
      name,
      state,
      staff,
      number: called.find((ticket) => ticket.window === id)?.number,
    })),
    lines: linesOf(context, waiting, window.lines),
    current: current && deskTicket(context, current),
    next: next && deskTicket(context, next),
    waitingHere: waiting.filter((ticket) => isFor(ticket, window, open)).length,
    held: ticketsHeld(db, ['held']).map((ticket) => deskTicket(context, ticket)),
    missed: missedTickets(context).map((ticket) => deskTicket(context, ticket)),
    servedToday: servedBy(context, windowId),
    handover: all(
      db,
      sql`select at, staff, text from queue_note where ticket is null and window = ${windowId}
          order by at desc, operation limit ${HANDOVERS}`,
    ),
    unknown: unknownNumbers(context),
    twice: refusedNumbers(context.db).map(({ line, ...given }) => ({
      ...given,
      line: lineName(context, line),
    })),
  };
}

/** Called and not come, by what a window then said of it; a number that ended with its day is not called again. */
function missedTickets({ db }: QueueContext): Ticket[] {
  const noShows = all<{ body: string }>(
    db,
    sql`select body from queue_ticket where state = 'no-show'
          and day in (select day from queue_day where closed_at is null)`,
  ).map(ticketOf);
  return [...ticketsHeld(db, ['skipped']), ...noShows].sort((a, b) => a.issuedAt - b.issuedAt);
}

function linesOf(
  context: QueueContext,
  waiting: readonly Ticket[],
  here: readonly string[],
): DeskView['lines'] {
  const lines = [...(planOf(context)?.lines ?? []), ...goneLines(context, waiting)];
  return lines.map(({ id, name }) => ({
    id,
    name,
    waiting: waiting.filter((ticket) => ticket.line === id).length,
    here: here.includes(id),
  }));
}

function servedBy({ db }: QueueContext, window: string): number {
  return (
    first<{ count: number }>(
      db,
      sql`select count(*) as count from queue_ticket
          where day in (select day from queue_day where closed_at is null) and state = 'finished' and window = ${window}`,
    )?.count ?? 0
  );
}

function unknownNumbers(context: QueueContext): DeskView['unknown'] {
  const skipped = all<{ line: string; from: number; to: number }>(
    context.db,
    sql`select json_extract(body, '$.line') as line, json_extract(body, '$.from') as "from", json_extract(body, '$.to') as "to"
        from queue_event where json_extract(body, '$.type') = 'numbers-skipped'
          and day in (select day from queue_day where closed_at is null) order by seq`,
  );
  return skipped.map(({ line, from, to }) => {
    const prefix = lineOf(planOf(context), line)?.prefix ?? '';
    const [first, last] = [formatNumber(prefix, from), formatNumber(prefix, to)];
    return { line: lineName(context, line), from: first, to: last };
  });
}
