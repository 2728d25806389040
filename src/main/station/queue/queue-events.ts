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
  /** From here on numbers are of this day; one that was closed is open again. */
  | { readonly type: 'day-turned' }
  /** The same by a person's word. */
  | { readonly type: 'day-corrected' }
  /** Numbers that may be in somebody's hand though the log does not know it; it goes on after them. */
  | {
      readonly type: 'numbers-skipped';
      readonly line: string;
      readonly from: number;
      readonly to: number;
    }
  /** A terminal gave it, and another visitor holds the same number: nobody can call it. */
  | {
      readonly type: 'number-refused';
      readonly line: string;
      readonly number: string;
      readonly issuedAt: number;
    };

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

/** The day of the queue: the one to which it was last turned. Undefined before the first. */
export function queueDayOf(db: ReadableDb): LocalDate | undefined {
  return first<{ day: string }>(
    db,
    // As in the index of migration 013, so that no log of a year is read for it.
    sql`select day from queue_event
        where json_extract(body, '$.type') in ('day-turned', 'day-corrected') order by seq desc limit 1`,
  )?.day;
}

/** Days whose numbers can be called, oldest first: the queue's own, and those before it that have not honestly ended. */
export function openDays(db: ReadableDb): LocalDate[] {
  return all<{ day: string }>(
    db,
    sql`select day from queue_day where closed_at is null order by day`,
  ).map((row) => row.day);
}

export function isDayOpen(db: ReadableDb, day: LocalDate): boolean {
  return (
    first(db, sql`select day from queue_day where day = ${day} and closed_at is null`) !== undefined
  );
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
      // Of several open days the last word counts, not the latest date.
      run(
        db,
        sql`delete from queue_window where window = ${event.window} and day <> ${day}
            and day in (select day from queue_day where closed_at is null)`,
      );
      run(
        db,
        sql`insert into queue_window (day, window, state, staff) values (${day}, ${event.window}, ${event.state}, ${event.staff})
            on conflict (day, window) do update set state = excluded.state, staff = excluded.staff`,
      );
      return;
    case 'leased':
      advance(db, day, event.line, event.to, 0);
      return;
    case 'closed-early':
      run(db, sql`update queue_day set farewell = null where closed_at is null`);
      run(
        db,
        sql`insert into queue_day (day, farewell) values (${day}, ${event.farewell})
            on conflict (day) do update set farewell = excluded.farewell`,
      );
      return;
    case 'reopened':
      run(db, sql`update queue_day set farewell = null where closed_at is null`);
      return;
    case 'day-closed':
      run(
        db,
        sql`insert into queue_day (day, closed_at) values (${day}, ${at}) on conflict (day) do update set closed_at = excluded.closed_at`,
      );
      return;
    case 'day-turned':
    case 'day-corrected':
      run(
        db,
        sql`insert into queue_day (day) values (${day}) on conflict (day) do update set closed_at = null`,
      );
      return;
    case 'numbers-skipped':
      advance(db, day, event.line, event.to, 0);
      return;
    case 'number-refused':
  }
}

/** Numbers go on after it, also when its block is of another day; after one of a reserve they do not. */
function countIssued(db: WritableDb, { day, line, n }: Ticket): void {
  advance(db, day, line, isReserve(n) ? 0 : n, 1);
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

/** How many numbers of a line's day were given, as far as it is known here: what the day's quota counts. */
export function issuedOf(db: ReadableDb, day: LocalDate, line: string): number {
  return (
    first<{ issued: number }>(
      db,
      sql`select issued from queue_counter where day = ${day} and line = ${line}`,
    )?.issued ?? 0
  );
}

/** The last number of each line that was given or leased on a day that is still open; the next one comes after it. */
export function lastNumbers(db: ReadableDb): Map<string, number> {
  return new Map(
    all<{ line: string; last: number }>(
      db,
      sql`select line, max(last) as last from queue_counter
          where day in (select day from queue_day where closed_at is null) group by line`,
    ).map(({ line, last }) => [line, last]),
  );
}

/** Whether somebody has one of these numbers, on one of these days. */
export function isGiven(
  db: ReadableDb,
  days: readonly LocalDate[],
  numbers: readonly string[],
): boolean {
  return (
    first(
      db,
      sql`select id from queue_ticket where number in (${numbers}) and day in (${days}) limit 1`,
    ) !== undefined
  );
}

/** Numbers that were refused on a day that is still open: their visitors are in the hall. */
export function refusedNumbers(
  db: ReadableDb,
): { number: string; line: string; issuedAt: number }[] {
  return all(
    db,
    sql`select json_extract(body, '$.number') as number, json_extract(body, '$.line') as line, json_extract(body, '$.issuedAt') as issuedAt
        from queue_event where json_extract(body, '$.type') = 'number-refused'
          and day in (select day from queue_day where closed_at is null) order by seq`,
  );
}

/** The letter that a line has, or had when numbers of it were last given. */
export function letterOf(db: ReadableDb, line: string): string | undefined {
  return first<{ letter: string }>(
    db,
    sql`select substr(json_extract(body, '$.ticket.number'), 1, 1) as letter from queue_event
        where json_extract(body, '$.type') = 'issued' and json_extract(body, '$.ticket.line') = ${line}
        order by seq desc limit 1`,
  )?.letter;
}

/** One ticket, whatever its day. */
export function ticketIn(db: ReadableDb, id: string): Ticket | undefined {
  const row = first<{ body: string }>(db, sql`select body from queue_ticket where id = ${id}`);
  return row && ticketOf(row);
}

/** Who holds a number now; else who had it last on a day that is still open. */
export function ticketNumbered(db: ReadableDb, number: string): Ticket | undefined {
  const row = first<{ body: string }>(
    db,
    sql`select body from queue_ticket
        where number = ${number} and day in (select day from queue_day where closed_at is null)
        order by state in ('waiting', 'called', 'held', 'skipped') desc, issued_at desc limit 1`,
  );
  return row && ticketOf(row);
}

/** States of a number that is held: they end with the day at the latest. */
export type HeldState = 'waiting' | 'called' | 'held' | 'skipped';

/** Numbers that are held, whatever their day, in the order of issue. */
export function ticketsHeld(db: ReadableDb, states: readonly HeldState[]): Ticket[] {
  return all<{ body: string }>(
    db,
    sql`select body from queue_ticket where state in (${states}) order by issued_at, id`,
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
