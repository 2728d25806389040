import type { WindowState } from '#shared/contract/queue.ts';
import { type Ticket, type TicketEvent, ticketAfter } from '#shared/queue/ticket.ts';
import { LAST_BEFORE_RESERVES, MOST_TERMINALS, reserveOf } from '#shared/queue/ticket-number.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** What happens to a window or a day, beside what happens to tickets. */
export type StationQueueEvent =
  | {
      readonly type: 'window';
      readonly window: string;
      readonly state: WindowState;
      readonly staff: string;
    }
  | { readonly type: 'closed-early'; readonly farewell: string }
  | { readonly type: 'reopened' }
  /** Numbers handed to another terminal. */
  | {
      readonly type: 'leased';
      readonly line: string;
      readonly from: number;
      readonly to: number;
      readonly terminal: string;
    }
  | { readonly type: 'day-closed' }
  /** The clock had run ahead: the day goes back by a person's word, its numbers go on where they stood. */
  | { readonly type: 'day-corrected' };

export type QueueEvent = TicketEvent | StationQueueEvent;

/** An event on its way into the log. */
export interface NewEvent {
  readonly operation: string;
  readonly day: LocalDate;
  readonly ticket?: string | undefined;
  readonly at: number;
  readonly actor: string;
  readonly event: QueueEvent;
}

interface EventRow {
  readonly seq: number;
  readonly operation: string;
  readonly day: string;
  readonly ticket: string | null;
  readonly at: number;
  readonly actor: string;
  readonly body: string;
}

const TICKET_EVENTS: ReadonlySet<string> = new Set<TicketEvent['type']>([
  'issued',
  'called',
  'resumed',
  'recalled',
  'skipped',
  'held',
  'finished',
  'no-show',
  'transferred',
  'expired',
]);

function isTicketEvent(event: QueueEvent): event is TicketEvent {
  return TICKET_EVENTS.has(event.type);
}

/** Appends an event and writes what follows from it; called inside `transaction`. Returns the event's number. */
export function appendEvent(db: WritableDb, entry: NewEvent): number {
  const { operation, day, ticket, at, actor, event } = entry;
  const { lastInsertRowid } = db.write
    .prepare(
      'insert into queue_event (operation, day, ticket, at, actor, body) values (?, ?, ?, ?, ?, ?)',
    )
    .run(operation, day, ticket ?? null, at, actor, JSON.stringify(event));
  project(db, entry);
  return Number(lastInsertRowid);
}

/** The event that an operation has already become, if any. */
export function eventOf(
  db: ReadableDb,
  operation: string,
): { ticket: string | undefined; day: LocalDate; event: QueueEvent } | undefined {
  const row = first<EventRow>(db, sql`select * from queue_event where operation = ${operation}`);
  return row && { ticket: row.ticket ?? undefined, day: row.day, event: eventIn(row) };
}

/**
 * The latest day of the log since a person last corrected it, or undefined before the first event. What other terminals report
 * does not count: a clock that runs ahead there must not end the station's day.
 */
export function highWaterDay(db: ReadableDb): LocalDate | undefined {
  const corrected =
    first<{ seq: number | null }>(
      db,
      // As in the index of migration 009, so that no log of a year is read for it.
      sql`select max(seq) as seq from queue_event where json_extract(body, '$.type') = 'day-corrected'`,
    )?.seq ?? 0;
  return first<{ day: string }>(
    db,
    // The sign keeps SQLite from beginning at `seq` and sorting all that follows; from the newest day backwards it is one row.
    sql`select day from queue_event where +seq >= ${corrected} and actor not like 'terminal:%' order by day desc limit 1`,
  )?.day;
}

/** Drops everything that follows from the events and makes it again from them. */
export function rebuildQueue(db: WritableDb): void {
  transaction(db, () => {
    for (const table of ['queue_ticket', 'queue_window', 'queue_counter', 'queue_day'])
      db.write.exec(`delete from ${table}`);
    for (const row of all<EventRow>(db, sql`select * from queue_event order by seq`))
      project(db, {
        operation: row.operation,
        day: row.day,
        ticket: row.ticket ?? undefined,
        at: row.at,
        actor: row.actor,
        event: eventIn(row),
      });
  });
}

/** Events were typed when they were written; a program that knows fewer kinds never opens the database (migrations). */
function eventIn(row: EventRow): QueueEvent {
  return JSON.parse(row.body) as QueueEvent;
}

function project(db: WritableDb, { day, ticket, at, event }: NewEvent): void {
  if (isTicketEvent(event)) {
    if (ticket === undefined) throw new Error(`${event.type} without a ticket`);
    const after = ticketAfter(ticketIn(db, ticket), ticket, event, at);
    saveTicket(db, after);
    if (event.type === 'issued') countIssued(db, after);
    return;
  }
  projectStation(db, day, at, event);
}

function projectStation(
  db: WritableDb,
  day: LocalDate,
  at: number,
  event: StationQueueEvent,
): void {
  switch (event.type) {
    case 'window':
      run(
        db,
        sql`insert into queue_window (day, window, state, staff) values (${day}, ${event.window}, ${event.state}, ${event.staff})
            on conflict (day, window) do update set state = excluded.state, staff = excluded.staff`,
      );
      return;
    case 'leased':
      advance(db, day, event.line, event.to, event.to - event.from + 1);
      return;
    case 'closed-early':
      setDay(db, day, event.farewell, null);
      return;
    case 'reopened':
      setDay(db, day, null, null);
      return;
    case 'day-closed':
      run(
        db,
        sql`insert into queue_day (day, closed_at) values (${day}, ${at}) on conflict (day) do update set closed_at = excluded.closed_at`,
      );
      return;
    case 'day-corrected':
      setDay(db, day, null, null);
  }
}

function setDay(db: WritableDb, day: LocalDate, farewell: string | null, closedAt: null): void {
  run(
    db,
    sql`insert into queue_day (day, farewell, closed_at) values (${day}, ${farewell}, ${closedAt})
        on conflict (day) do update set farewell = excluded.farewell, closed_at = excluded.closed_at`,
  );
}

/** Numbers of a lease were counted when it was given; those of a reserve count when they become known. */
function countIssued(db: WritableDb, { day, line, n, terminal }: Ticket): void {
  if (terminal === HOST_TERMINAL) advance(db, day, line, n, 1);
  else if (isReserve(n)) advance(db, day, line, 0, 1);
}

function advance(db: WritableDb, day: LocalDate, line: string, last: number, issued: number): void {
  run(
    db,
    sql`insert into queue_counter (day, line, last, issued) values (${day}, ${line}, ${last}, ${issued})
        on conflict (day, line) do update set last = max(last, excluded.last), issued = issued + excluded.issued`,
  );
}

function isReserve(n: number): boolean {
  return n > LAST_BEFORE_RESERVES && n <= reserveOf(MOST_TERMINALS).to;
}

/** The name of the queue host among the station's terminals. */
export const HOST_TERMINAL = 'host';

/** How many numbers of a line's day are given or leased, and the last of them. */
export function counterOf(
  db: ReadableDb,
  day: LocalDate,
  line: string,
): { readonly last: number; readonly issued: number } {
  return (
    first<{ last: number; issued: number }>(
      db,
      sql`select last, issued from queue_counter where day = ${day} and line = ${line}`,
    ) ?? { last: 0, issued: 0 }
  );
}

/** One ticket, whatever its day. */
export function ticketIn(db: ReadableDb, id: string): Ticket | undefined {
  const row = first<{ body: string }>(db, sql`select body from queue_ticket where id = ${id}`);
  return row && ticketOf(row);
}

/** Tickets of a day in some states, in the order of issue. */
export function ticketsOf(
  db: ReadableDb,
  day: LocalDate,
  states: readonly Ticket['state'][],
): Ticket[] {
  return all<{ body: string }>(
    db,
    sql`select body from queue_ticket where day = ${day} and state in (${states}) order by issued_at, id`,
  ).map(ticketOf);
}

export function ticketOf(row: { body: string }): Ticket {
  return JSON.parse(row.body) as Ticket;
}

function saveTicket(db: WritableDb, ticket: Ticket): void {
  run(
    db,
    sql`insert into queue_ticket (id, day, number, line, state, window, issued_at, body)
        values (${ticket.id}, ${ticket.day}, ${ticket.number}, ${ticket.line}, ${ticket.state}, ${ticket.window ?? null},
                ${ticket.issuedAt}, ${JSON.stringify(ticket)})
        on conflict (id) do update set line = excluded.line, state = excluded.state, window = excluded.window, body = excluded.body`,
  );
}
