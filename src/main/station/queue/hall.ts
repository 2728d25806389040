import type { HallCall, HallView } from '#shared/contract/queue.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { all, first, sql } from '../store/sql.ts';
import {
  currentDay,
  modeOf,
  planOf,
  type QueueContext,
  waitingNow,
  windowsOf,
} from './queue-context.ts';
import { goneLines, named } from './ticket-view.ts';

/** So many calls are shown as recent. */
const RECENT_CALLS = 12;

interface CallRow {
  readonly seq: number;
  readonly at: number;
  readonly window: string;
  readonly ticket: string;
  readonly number: string;
}

/** What everyone in the hall may see: numbers and windows. */
export function hallView(context: QueueContext): HallView {
  const { now, stations } = context;
  const day = currentDay(context);
  const windows = windowsOf(context);
  const waiting = waitingNow(context);
  const calling = callsAtWindows(context);
  return {
    now: now(),
    day,
    stationName: stations.name(),
    mode: modeOf(context, day),
    calling: calling.map((row) => callIn(context, row, windows)),
    recent: lastCalls(context, day).map((row) => callIn(context, row, windows)),
    lines: [...(planOf(context)?.lines ?? []), ...goneLines(context, waiting)].map((line) => ({
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
      number: calling.find((row) => row.window === id)?.number,
    })),
  };
}

/** A call of the current day by its place among the events; undefined when there is none. */
export function callOfToday(context: QueueContext, seq: number): HallCall | undefined {
  const day = currentDay(context);
  const row = first<CallRow>(
    context.db,
    sql`select event.seq as seq, event.at as at, json_extract(event.body, '$.window') as window,
          ticket.id as ticket, ticket.number as number
        from queue_event event join queue_ticket ticket on ticket.id = event.ticket
        where event.seq = ${seq} and event.day = ${day}
          and json_extract(event.body, '$.type') in ('called', 'recalled', 'resumed')`,
  );
  return row && callIn(context, row, windowsOf(context));
}

/**
 * The numbers called last on a day, newest first, each by its newest call: a recall must push nobody else's number out. Read from
 * the end of the log, however long the day was.
 */
function lastCalls({ db }: QueueContext, day: LocalDate): CallRow[] {
  return all<CallRow>(
    db,
    sql`select event.seq as seq, event.at as at, json_extract(event.body, '$.window') as window,
          ticket.id as ticket, ticket.number as number
        from queue_event event join queue_ticket ticket on ticket.id = event.ticket
        where event.day = ${day} and json_extract(event.body, '$.type') in ('called', 'recalled', 'resumed')
          and not exists (select 1 from queue_event later where later.ticket = event.ticket and later.seq > event.seq
            and json_extract(later.body, '$.type') in ('called', 'recalled', 'resumed'))
        order by event.seq desc limit ${RECENT_CALLS}`,
  );
}

/** The last call of each visitor who is at a window, newest first. */
function callsAtWindows({ db }: QueueContext): CallRow[] {
  return all<CallRow>(
    db,
    // Of the columns beside max(), SQLite gives those of the row that has it.
    sql`select max(event.seq) as seq, event.at as at, json_extract(event.body, '$.window') as window,
          ticket.id as ticket, ticket.number as number
        from queue_ticket ticket join queue_event event on event.ticket = ticket.id
        where ticket.state = 'called'
          and json_extract(event.body, '$.type') in ('called', 'recalled', 'resumed')
        group by ticket.id order by 1 desc`,
  );
}

function callIn(
  { db }: Pick<QueueContext, 'db'>,
  row: CallRow,
  windows: readonly { id: string; label: string }[],
): HallCall {
  return {
    seq: row.seq,
    number: row.number,
    window: named(windows, row.window) ?? { id: '', label: '' },
    at: row.at,
    again: wasCalledBefore(db, row),
  };
}

/** Whether the visitor was called before this call, by whichever window; the stream and the view say the same. */
function wasCalledBefore(db: QueueContext['db'], { ticket, seq }: CallRow): boolean {
  return (
    first(
      db,
      sql`select 1 from queue_event where ticket = ${ticket} and seq < ${seq}
            and json_extract(body, '$.type') in ('called', 'recalled', 'resumed') limit 1`,
    ) !== undefined
  );
}
