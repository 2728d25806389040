import type { GivenTicket, QueueOverview } from '#shared/contract/queue-hub.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { NumberBlock } from '#shared/queue/ticket-number.ts';
import { blockAfter, formatNumber, reserveOf } from '#shared/queue/ticket-number.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { all, first, type ReadableDb, sql, transaction } from '../../store/sql.ts';
import { currentDay, lineOf, planOf, type QueueContext } from '../queue-context.ts';
import { appendEvent, counterOf, eventOf, ticketIn } from '../queue-events.ts';
import { ticketView } from '../ticket-view.ts';
import { nextPlace, priorityOf, queueState } from '../visitor-queue.ts';

/** A wish for numbers, with the id that makes it one wish however often it is sent. */
export interface LeaseWish {
  readonly operation: string;
  readonly day: LocalDate;
  readonly line: string;
  readonly size: number;
}

/** The queue host as another terminal sees it, over whatever carries the calls. */
export interface QueueHub {
  readonly lease: (wish: LeaseWish) => Promise<NumberBlock | undefined>;
  /** Ids that the host knows now, and ids that it will never take (a number that was not the terminal's to give). */
  readonly report: (
    tickets: readonly GivenTicket[],
  ) => Promise<{ readonly known: readonly string[]; readonly refused: readonly string[] }>;
}

/** What it asks beside numbers: how the queue stands, and how these tickets do. */
export interface QueueHostAnswers extends QueueHub {
  readonly overview: (tickets: readonly string[]) => Promise<QueueOverview>;
}

/** A terminal that was paired with the host. */
export interface PairedTerminal {
  readonly id: string;
  /** 1 to 4; decides which numbers are its own when it has no block. */
  readonly ordinal: number;
}

/** How the queue stands, for a terminal that shows it. */
export function overviewOf(context: QueueContext, tickets: readonly string[]): QueueOverview {
  return {
    station: context.library.station,
    state: queueState(context, 'zh-CN'),
    tickets: tickets.flatMap((id) => {
      const ticket = ticketIn(context.db, id);
      return ticket === undefined ? [] : [ticketView(context, ticket, 'zh-CN')];
    }),
  };
}

/** Gives a block of a line's numbers to a terminal; none for another day than the host's. */
export function leaseBlock(
  context: QueueContext,
  terminal: PairedTerminal,
  wish: LeaseWish,
): NumberBlock | undefined {
  const { db, now } = context;
  return transaction(db, () => {
    const known = eventOf(db, wish.operation)?.event;
    if (known?.type === 'leased') return { from: known.from, to: known.to };
    const line = lineOf(planOf(context), wish.line);
    if (known !== undefined || line === undefined) return undefined;
    if (wish.day !== currentDay(context)) return undefined;
    const { last, issued } = counterOf(db, wish.day, line.id);
    const size = Math.min(wish.size, (line.dayQuota ?? Number.POSITIVE_INFINITY) - issued);
    if (size < 1) return undefined;
    const block = blockAfter(last, size);
    appendEvent(db, {
      operation: wish.operation,
      day: wish.day,
      at: now(),
      actor: `terminal:${terminal.id}`,
      event: { type: 'leased', line: line.id, ...block, terminal: terminal.id },
    });
    return block;
  });
}

/** Takes over what a terminal gave; each ticket by itself, so that one that is wrong holds up no other. */
export function takeOver(
  context: QueueContext,
  terminal: PairedTerminal,
  tickets: readonly GivenTicket[],
): { known: string[]; refused: string[] } {
  const known: string[] = [];
  const refused: string[] = [];
  for (const ticket of tickets)
    (takeOverOne(context, terminal, ticket) ? known : refused).push(ticket.id);
  if (known.length > 0) context.publish({ type: 'changed' });
  if (refused.length > 0) context.log.event('queue-report-refused', { tickets: refused.length });
  return { known, refused };
}

function takeOverOne(context: QueueContext, terminal: PairedTerminal, given: GivenTicket): boolean {
  const { db, now } = context;
  return transaction(db, () => {
    const before = eventOf(db, given.id);
    if (before !== undefined) return before.event.type === 'issued';
    const line = lineOf(planOf(context), given.line);
    if (line === undefined || !isTheirs(db, terminal, given)) return false;
    appendEvent(db, {
      operation: given.id,
      day: given.day,
      ticket: given.id,
      at: now(),
      actor: `terminal:${terminal.id}`,
      event: {
        type: 'issued',
        ticket: {
          day: given.day,
          number: formatNumber(line.prefix, given.n),
          n: given.n,
          line: line.id,
          place: placeOf(context, given),
          issuedAt: given.issuedAt,
          terminal: terminal.id,
          ...priorityIfKnown(context, given.group, line.id),
          ...(given.guide === undefined ? {} : { guide: given.guide }),
        },
      },
    });
    if (isClosed(db, given.day) && ticketIn(db, given.id) !== undefined)
      appendEvent(db, {
        operation: `expired:${given.id}`,
        day: given.day,
        ticket: given.id,
        at: now(),
        actor: 'station',
        event: { type: 'expired', reason: 'reported-late' },
      });
    return true;
  });
}

/** Its reserve, or a block that was leased to it; and nobody has the number. */
function isTheirs(
  db: ReadableDb,
  terminal: PairedTerminal,
  { day, line, n }: GivenTicket,
): boolean {
  const taken = first(
    db,
    sql`select id from queue_ticket where day = ${day} and line = ${line} and json_extract(body, '$.n') = ${n}
        union all select ticket from queue_event where day = ${day} and json_extract(body, '$.type') = 'issued'
          and json_extract(body, '$.ticket.line') = ${line} and json_extract(body, '$.ticket.n') = ${n}`,
  );
  if (taken !== undefined) return false;
  const reserve = reserveOf(terminal.ordinal);
  if (reserve.from <= n && n <= reserve.to) return true;
  return all<{ body: string }>(
    db,
    sql`select body from queue_event where day = ${day} and json_extract(body, '$.type') = 'leased'`,
  )
    .map(
      (row) => JSON.parse(row.body) as { line: string; from: number; to: number; terminal: string },
    )
    .some(
      (lease) =>
        lease.terminal === terminal.id && lease.line === line && lease.from <= n && n <= lease.to,
    );
}

/** The place among those who came at the same time: whoever took a number while the cable was cut loses nothing by it. */
function placeOf(context: QueueContext, { day, issuedAt }: GivenTicket): number {
  const later = first(
    context.db,
    sql`select id from queue_ticket where day = ${day} and issued_at > ${issuedAt}`,
  );
  if (later === undefined) return nextPlace(context, day);
  return (
    first<{ place: number | null }>(
      context.db,
      sql`select max(json_extract(body, '$.place')) as place from queue_ticket where day = ${day} and issued_at <= ${issuedAt}`,
    )?.place ?? 0
  );
}

/** A group that the plan no longer has must not lose the visitor's number. */
export function priorityIfKnown(
  context: QueueContext,
  group: string | undefined,
  line: string,
): Pick<Ticket, 'ahead' | 'group'> {
  const isKnown = planOf(context)?.priorities.some((candidate) => candidate.id === group);
  return priorityOf(context, isKnown === true ? group : undefined, line);
}

function isClosed(db: ReadableDb, day: LocalDate): boolean {
  return (
    first(db, sql`select day from queue_day where day = ${day} and closed_at is not null`) !==
    undefined
  );
}
