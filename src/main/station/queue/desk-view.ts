import { StationError } from '#shared/contract/errors.ts';
import type { DeskView } from '#shared/contract/queue.ts';
import { isFor, nextTicket } from '#shared/queue/next-ticket.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { all, first, sql } from '../store/sql.ts';
import { currentDay, modeOf, planOf, type QueueContext, windowsOf } from './queue-context.ts';
import { ticketsOf } from './queue-events.ts';
import { deskTicket, named } from './ticket-view.ts';

/** So many hand-over notes are shown. */
const HANDOVERS = 5;

/** Everything a window's console draws. Throws `not-found` for a window that the plan does not have. */
export function deskView(context: QueueContext, windowId: string): DeskView {
  const { db, now } = context;
  const day = currentDay(context);
  const windows = windowsOf(context, day);
  const window = windows.find((candidate) => candidate.id === windowId);
  if (window === undefined) throw new StationError('not-found');
  const open = new Set(
    windows.filter((other) => other.state === 'open').map((candidate) => candidate.id),
  );
  const waiting = ticketsOf(db, day, ['waiting']);
  const called = ticketsOf(db, day, ['called']);
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
    held: ticketsOf(db, day, ['held']).map((ticket) => deskTicket(context, ticket)),
    missed: ticketsOf(db, day, ['skipped']).map((ticket) => deskTicket(context, ticket)),
    servedToday: servedBy(context, day, windowId),
    handover: all(
      db,
      sql`select at, staff, text from queue_note where ticket is null and window = ${windowId}
          order by at desc, operation limit ${HANDOVERS}`,
    ),
    alarms: alarmsOf(context, day, windows),
  };
}

function linesOf(
  context: QueueContext,
  waiting: readonly Ticket[],
  here: readonly string[],
): DeskView['lines'] {
  return (planOf(context)?.lines ?? []).map(({ id, name }) => ({
    id,
    name,
    waiting: waiting.filter((ticket) => ticket.line === id).length,
    here: here.includes(id),
  }));
}

function servedBy({ db }: QueueContext, day: LocalDate, window: string): number {
  return (
    first<{ count: number }>(
      db,
      sql`select count(*) as count from queue_ticket where day = ${day} and state = 'finished' and window = ${window}`,
    )?.count ?? 0
  );
}

function alarmsOf(
  { db }: QueueContext,
  day: LocalDate,
  windows: readonly { id: string; label: string }[],
): DeskView['alarms'] {
  return all<{ id: string; at: number; window: string; staff: string }>(
    db,
    sql`select id, at, window, staff from queue_alarm where day = ${day} and answered_by is null order by at`,
  ).map((alarm) => ({
    ...alarm,
    window: named(windows, alarm.window) ?? { id: alarm.window, label: '' },
  }));
}
