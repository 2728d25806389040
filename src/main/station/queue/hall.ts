import type { HallCall, HallView } from '#shared/contract/queue.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { all, sql } from '../store/sql.ts';
import { currentDay, modeOf, planOf, type QueueContext, windowsOf } from './queue-context.ts';
import { ticketOf, ticketsOf } from './queue-events.ts';
import { named } from './ticket-view.ts';

/** So many calls are shown as recent. */
const RECENT_CALLS = 12;

interface CallRow {
  readonly seq: number;
  readonly at: number;
  readonly window: string;
  readonly type: string;
  readonly number: string;
  readonly state: string;
  readonly body: string;
}

/** What everyone in the hall may see: numbers and windows. */
export function hallView(context: QueueContext): HallView {
  const { db, now, stations } = context;
  const day = currentDay(context);
  const windows = windowsOf(context, day);
  const waiting = ticketsOf(db, day, ['waiting']);
  const calls = callsOf(context, day);
  return {
    now: now(),
    day,
    stationName: stations.name(),
    mode: modeOf(context, day),
    calling: calls
      .filter(isLatest)
      .filter((row) => row.state === 'called')
      .map((row) => callIn(row, windows)),
    recent: calls.slice(0, RECENT_CALLS).map((row) => callIn(row, windows)),
    lines: (planOf(context)?.lines ?? []).map((line) => ({
      id: line.id,
      name: line.name,
      waiting: waiting.filter((ticket) => ticket.line === line.id).length,
      windows: windows
        .filter((window) => window.lines.includes(line.id))
        .map((window) => window.label),
    })),
    windows: windows.map(({ id, label, state }) => ({
      id,
      label,
      state,
      number: calls.find((row) => isAt(row, id))?.number,
    })),
  };
}

/** A call of the current day by its place among the events; undefined when there is none. */
export function callOfToday(context: QueueContext, seq: number): HallCall | undefined {
  const day = currentDay(context);
  const row = callsOf(context, day).find((call) => call.seq === seq);
  return row && callIn(row, windowsOf(context, day));
}

function isAt(row: CallRow, window: string): boolean {
  return row.state === 'called' && ticketOf(row).window === window;
}

/** The calls of a day, newest first. */
function callsOf({ db }: QueueContext, day: LocalDate): CallRow[] {
  return all<CallRow>(
    db,
    sql`select event.seq as seq, event.at as at, json_extract(event.body, '$.window') as window,
          json_extract(event.body, '$.type') as type, ticket.number as number, ticket.state as state, ticket.body as body
        from queue_event event join queue_ticket ticket on ticket.id = event.ticket
        where event.day = ${day} and json_extract(event.body, '$.type') in ('called', 'recalled', 'resumed')
        order by event.seq desc`,
  );
}

/** The last call of its ticket. */
function isLatest(row: CallRow, at: number, rows: readonly CallRow[]): boolean {
  return rows.findIndex((other) => other.number === row.number) === at;
}

function callIn(row: CallRow, windows: readonly { id: string; label: string }[]): HallCall {
  return {
    seq: row.seq,
    number: row.number,
    window: named(windows, row.window) ?? { id: '', label: '' },
    at: row.at,
    again: row.type !== 'called',
  };
}

/** A call as it is spoken. */
export function hallCallOf(
  context: QueueContext,
  ticket: Ticket,
  seq: number,
  at: number,
): HallCall {
  const window = named(windowsOf(context, ticket.day), ticket.window) ?? { id: '', label: '' };
  return { seq, number: ticket.number, window, at, again: ticket.calls > 1 };
}
