import type { GivenTicket, QueueOverview } from '#shared/contract/queue-hub.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { NumberBlock } from '#shared/queue/ticket-number.ts';
import { formatNumber, reserveOf } from '#shared/queue/ticket-number.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { all, first, type ReadableDb, sql, transaction } from '../../store/sql.ts';
import { lastEndAt } from '../last-end.ts';
import { isForgotten, lastRestore } from '../last-restore.ts';
import { currentDay, lineNow, lineOf, planOf, type QueueContext } from '../queue-context.ts';
import {
  appendEvent,
  eventOf,
  isGiven,
  issuedOf,
  letterOf,
  openDays,
  type QueueEvent,
  ticketIn,
} from '../queue-events.ts';
import { ticketView } from '../ticket-view.ts';
import { closeDay } from '../turn-day.ts';
import { nextPlace, numbersAfterLast, priorityOf, queueState } from '../visitor-queue.ts';
import { isResting } from './left-host.ts';
import type { PairedTerminal } from './paired-terminal.ts';
import type { LeaseWish } from './queue-hub.ts';
import { listTerminals } from './terminal-keys.ts';

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
    if (known !== undefined || line === undefined || isResting(db)) return undefined;
    if (wish.day !== currentDay(context)) return undefined;
    const size = Math.min(wish.size, shareOf(context, wish.day, line) - (wish.held ?? 0));
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

/**
 * How many numbers of a line one terminal may hold that it was lent. They do not count as given: near the quota each terminal gets
 * few, so that those who are cut off with them give few over it. What it was lent before stays with it when its share grows less.
 */
function shareOf(
  { db }: QueueContext,
  day: LocalDate,
  { id, dayQuota }: { readonly id: string; readonly dayQuota?: number | undefined },
): number {
  if (dayQuota === undefined) return Number.POSITIVE_INFINITY;
  const left = dayQuota - issuedOf(db, day, id);
  return left < 1 ? 0 : Math.max(1, Math.floor(left / (listTerminals(db).length + 1)));
}

/**
 * Takes over what a terminal gave, all of it in one transaction. A number that is refused holds up no other; one that comes too
 * late to be called still counts on its day, and the district hears of that day again.
 */
export function takeOver(
  context: QueueContext,
  terminal: PairedTerminal,
  tickets: readonly GivenTicket[],
  clock?: number,
): { known: string[]; refused: string[] } {
  const behindMs = clock === undefined ? 0 : context.now() - clock;
  const known: string[] = [];
  const refused: string[] = [];
  const late = new Set<LocalDate>();
  transaction(context.db, () => {
    for (const ticket of tickets) {
      const taken = takeOverOne(context, terminal, ticket, behindMs);
      (taken === undefined ? refused : known).push(ticket.id);
      if (taken?.isLate === true) late.add(taken.day);
    }
    for (const day of late) closeDay(context, day);
  });
  if (known.length > 0 || refused.length > 0) context.publish({ type: 'changed' });
  if (refused.length > 0) context.log.event('queue-report-refused', { tickets: refused.length });
  return { known, refused };
}

/** Where a number of a terminal was put; undefined when it was refused. */
function takeOverOne(
  context: QueueContext,
  terminal: PairedTerminal,
  given: GivenTicket,
  behindMs: number,
): { readonly day: LocalDate; readonly isLate?: boolean } | undefined {
  const { db, now } = context;
  const before = eventOf(db, given.id);
  if (before !== undefined) return before.event.type === 'issued' ? before : undefined;
  const line = lineNow(planOf(context), given.line);
  const number = formatNumber(letterFor(context, given.line), given.n);
  const found = dayFor(context, terminal, given, behindMs, number);
  const [at, actor] = [now(), `terminal:${terminal.id}`];
  if (found === undefined) {
    const day = currentDay(context);
    const event = { type: 'number-refused', line, number, issuedAt: given.issuedAt } as const;
    appendEvent(db, { operation: given.id, day, at, actor, event });
    return undefined;
  }
  const { day, isLate } = found;
  appendEvent(db, {
    ...{ operation: given.id, day, ticket: given.id, at, actor },
    event: {
      type: 'issued',
      ticket: {
        ...{ day, number, n: given.n, line, issuedAt: given.issuedAt, terminal: terminal.id },
        place: placeOf(context, given),
        ...priorityIfKnown(context, given.group, line),
        ...(given.guide === undefined ? {} : { guide: given.guide }),
      },
    },
  });
  if (isLate)
    appendEvent(db, {
      ...{ operation: `expired:${given.id}`, day, ticket: given.id, at, actor: 'station' },
      event: { type: 'expired', reason: 'reported-late' },
    });
  return found;
}

/** The letter on the visitor's slip; a line may be gone since it was given, or be part of another. */
function letterFor(context: QueueContext, id: string): string {
  const plan = planOf(context);
  const own = plan?.lines.find((line) => line.id === id)?.prefix;
  return own ?? letterOf(context.db, id) ?? lineOf(plan, id)?.prefix ?? '';
}

/**
 * The day of a number that a terminal gave. While it may be in somebody's hand it is of an open day: its own, today, or whichever has
 * no such number yet. It is over only when nobody can be waiting with it: its day is closed here or was forgotten with a backup, and it
 * was given before numbers last ended. The terminal's clock is behind this one by so much. Undefined for a number that is not its own, or that another
 * visitor holds.
 */
function dayFor(
  context: QueueContext,
  terminal: PairedTerminal,
  given: GivenTicket,
  behindMs: number,
  number: string,
): { readonly day: LocalDate; readonly isLate: boolean } | undefined {
  const { db } = context;
  const days = openDays(db);
  const isFree = (day: LocalDate) => !isGiven(db, [day], [number]);
  const over = isOver(context, given, behindMs);
  if (!over && isTheirs(db, terminal, given) && !isInHand(db, number)) {
    const day = [given.day, currentDay(context), ...days].find(
      (one) => days.includes(one) && isFree(one),
    );
    if (day !== undefined) return { day, isLate: false };
  }
  const day = [given.day, localMoment(given.issuedAt).date].find(
    (one) => (over || isClosed(db, one)) && isFree(one),
  );
  return day === undefined ? undefined : { day, isLate: true };
}

/** By the terminal's clock, set against this one; a day's name says little, for a wrong clock may have given it. */
function isOver({ db, now }: QueueContext, given: GivenTicket, behindMs: number): boolean {
  const end = lastEndAt(db) ?? Number.POSITIVE_INFINITY;
  const at = given.issuedAt + behindMs;
  if (!isClockRight(given) || at >= end) return false;
  // An end to come was noted by a wrong clock.
  return isClosed(db, given.day) || (end <= now() && isForgottenDay(db, given.day, at));
}

/** A day that a restored backup does not know: by its name and by the clock before all that are open. */
function isForgottenDay(db: ReadableDb, day: LocalDate, at: number): boolean {
  const [oldest] = openDays(db);
  if (oldest === undefined || !isForgotten(db, day)) return false;
  return day < oldest && localMoment(at).date < oldest;
}

/** Whether somebody may come with this number. */
function isInHand(db: ReadableDb, number: string): boolean {
  const held = sql`select id from queue_ticket where number = ${number}
    and state in ('waiting', 'called', 'held', 'skipped', 'no-show')
    and day in (select day from queue_day where closed_at is null)`;
  return first(db, held) !== undefined;
}

function isClosed(db: ReadableDb, day: LocalDate): boolean {
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
