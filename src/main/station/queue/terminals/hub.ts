import type { GivenTicket, QueueOverview } from '#shared/contract/queue-hub.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { NumberBlock } from '#shared/queue/ticket-number.ts';
import { formatNumber, reserveOf } from '#shared/queue/ticket-number.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { all, first, type ReadableDb, sql, transaction } from '../../store/sql.ts';
import { lastEndAt } from '../last-end.ts';
import { lastRestore } from '../last-restore.ts';
import { currentDay, lineNow, lineOf, planOf, type QueueContext } from '../queue-context.ts';
import {
  appendEvent,
  eventOf,
  isDayOpen,
  isGiven,
  issuedOf,
  letterOf,
  openDays,
  type QueueEvent,
  ticketIn,
} from '../queue-events.ts';
import { ticketView } from '../ticket-view.ts';
import { nextPlace, numbersAfterLast, priorityOf, queueState } from '../visitor-queue.ts';

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
  /**
   * Ids that the host knows now, and ids that it will never take (a number that was not the terminal's to give). `clock` is what
   * the terminal's clock says now.
   */
  readonly report: (
    tickets: readonly GivenTicket[],
    clock?: number,
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
    since: openDays(context.db)[0],
    restored: lastRestore(context.db),
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
    // Only a line itself: a terminal that still has one which is part of another would give its numbers with the wrong letter.
    const line = planOf(context)?.lines.find(({ id }) => id === wish.line);
    if (known !== undefined || line === undefined) return undefined;
    if (wish.day !== currentDay(context)) return undefined;
    const issued = issuedOf(db, wish.day, line.id);
    const size = Math.min(wish.size, (line.dayQuota ?? Number.POSITIVE_INFINITY) - issued);
    if (size < 1) return undefined;
    const block = numbersAfterLast(context, wish.day, line, size);
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
  clock?: number,
): { known: string[]; refused: string[] } {
  const behindMs = clock === undefined ? 0 : context.now() - clock;
  const known: string[] = [];
  const refused: string[] = [];
  for (const ticket of tickets)
    (takeOverOne(context, terminal, ticket, behindMs) ? known : refused).push(ticket.id);
  if (known.length > 0) context.publish({ type: 'changed' });
  if (refused.length > 0) context.log.event('queue-report-refused', { tickets: refused.length });
  return { known, refused };
}

function takeOverOne(
  context: QueueContext,
  terminal: PairedTerminal,
  given: GivenTicket,
  behindMs: number,
): boolean {
  const { db, now } = context;
  return transaction(db, () => {
    const before = eventOf(db, given.id);
    if (before !== undefined) return before.event.type === 'issued';
    if (!isTheirs(db, terminal, given)) return false;
    const line = lineNow(planOf(context), given.line);
    const number = formatNumber(letterFor(context, given.line), given.n);
    const day = freeDayOf(context, given, behindMs, number);
    if (day === undefined) return false;
    const isOpen = isDayOpen(db, day);
    appendEvent(db, {
      operation: given.id,
      day,
      ticket: given.id,
      at: now(),
      actor: `terminal:${terminal.id}`,
      event: {
        type: 'issued',
        ticket: {
          day,
          number,
          n: given.n,
          line,
          place: placeOf(context, given),
          issuedAt: given.issuedAt,
          terminal: terminal.id,
          ...priorityIfKnown(context, given.group, line),
          ...(given.guide === undefined ? {} : { guide: given.guide }),
        },
      },
    });
    if (!isOpen)
      appendEvent(db, {
        operation: `expired:${given.id}`,
        day,
        ticket: given.id,
        at: now(),
        actor: 'station',
        event: { type: 'expired', reason: 'reported-late' },
      });
    return true;
  });
}

/** The letter on the visitor's slip; a line may be gone since it was given, or be part of another. */
function letterFor(context: QueueContext, id: string): string {
  const plan = planOf(context);
  const own = plan?.lines.find((line) => line.id === id)?.prefix;
  return own ?? letterOf(context.db, id) ?? lineOf(plan, id)?.prefix ?? '';
}

/**
 * The day of a number that a terminal gave: its own while that is open. One of a day that is over here comes too late; one of a
 * day that never was here, that was given while the terminal's clock was plainly wrong, or after numbers last ended (this
 * computer's clock was ahead then), was given today. The terminal's clock is behind this one by so much.
 */
function dayOf(context: QueueContext, given: GivenTicket, behindMs: number): LocalDate {
  const { db } = context;
  if (isDayOpen(db, given.day)) return given.day;
  const end = lastEndAt(db) ?? Number.POSITIVE_INFINITY;
  const isLate = isDayOver(db, given.day) && isClockRight(given) && given.issuedAt + behindMs < end;
  return isLate ? given.day : currentDay(context);
}

/** The same; a number that somebody else holds by now is of the day on which it was given, if that is over. None when it is taken there, too. */
function freeDayOf(
  context: QueueContext,
  given: GivenTicket,
  behindMs: number,
  number: string,
): LocalDate | undefined {
  const { db } = context;
  const day = dayOf(context, given, behindMs);
  if (!isGiven(db, isDayOpen(db, day) ? openDays(db) : [day], [number])) return day;
  const { date } = localMoment(given.issuedAt);
  return isDayOver(db, date) && !isGiven(db, [date], [number]) ? date : undefined;
}

function isDayOver(db: ReadableDb, day: LocalDate): boolean {
  return (
    first(db, sql`select day from queue_day where day = ${day} and closed_at is not null`) !==
    undefined
  );
}

/** Whether the terminal's clock agreed with the day of which it knew. */
function isClockRight({ issuedAt, day }: GivenTicket): boolean {
  return localMoment(issuedAt).date === day;
}

/** Its reserve, a block that was leased to it, or a number of which a restored backup does not know whose it is. */
function isTheirs(
  db: ReadableDb,
  terminal: PairedTerminal,
  { day, line, n, issuedAt }: GivenTicket,
): boolean {
  const reserve = reserveOf(terminal.ordinal);
  if (reserve.from <= n && n <= reserve.to) return true;
  // A terminal that was told of another day since calls the number one of that day.
  const days = [...openDays(db), day, localMoment(issuedAt).date];
  return all<{ body: string }>(
    db,
    sql`select body from queue_event where day in (${days})
        and json_extract(body, '$.type') in ('leased', 'numbers-skipped')`,
  )
    .map((row) => JSON.parse(row.body) as NumbersOut)
    .some(
      (out) =>
        (out.type === 'numbers-skipped' || out.terminal === terminal.id) &&
        out.line === line &&
        out.from <= n &&
        n <= out.to,
    );
}

type NumbersOut = Extract<QueueEvent, { type: 'leased' | 'numbers-skipped' }>;

/** The place among those who came at the same time: whoever took a number while the cable was cut loses nothing by it. */
function placeOf(context: QueueContext, given: GivenTicket): number {
  const { db } = context;
  const days = openDays(db);
  const { issuedAt } = given;
  const later = first(
    db,
    sql`select id from queue_ticket where day in (${days}) and issued_at > ${issuedAt}`,
  );
  if (later === undefined || !isClockRight(given)) return nextPlace(context);
  return (
    first<{ place: number | null }>(
      db,
      sql`select max(json_extract(body, '$.place')) as place from queue_ticket where day in (${days}) and issued_at <= ${issuedAt}`,
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
