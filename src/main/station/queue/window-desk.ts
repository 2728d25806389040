import { StationError } from '#shared/contract/errors.ts';
import type { DeskAnswer, DeskView } from '#shared/contract/queue.ts';
import { nextTicket } from '#shared/queue/next-ticket.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { typedNumber } from '#shared/queue/ticket-number.ts';
import { judgeOrder, type TicketOrder } from '#shared/queue/window-order.ts';
import { type ReadableDb, run, sql, transaction } from '../store/sql.ts';
import { deskView } from './desk-view.ts';
import { noteEarlyClose } from './early-close.ts';
import { callOfToday } from './hall.ts';
import {
  currentDay,
  type DeskWindow,
  lineOf,
  planOf,
  type QueueContext,
  waitingNow,
  windowsOf,
} from './queue-context.ts';
import {
  appendEvent,
  eventOf,
  isDayOpen,
  type QueueEvent,
  ticketIn,
  ticketNumbered,
  ticketsHeld,
} from './queue-events.ts';
import { deskTicket, named } from './ticket-view.ts';

/** Who gives an order, from where; the log-in is checked before. */
export interface DeskOrder {
  /** Made by the page: the same again changes nothing. */
  readonly operation: string;
  readonly window: string;
  /** Shown to colleagues. */
  readonly staff: { readonly id: string; readonly name: string };
}

export interface DeskTicketOrder extends DeskOrder {
  readonly ticket: string;
}

/** Calls the next one for a window: the choice and the claim are one transaction, so no two windows get the same. */
export function callNext(context: QueueContext, order: DeskOrder): DeskAnswer {
  return carriedOut(context, order, (window) => {
    const blocked = whyNotCalling(context, window);
    if (blocked !== undefined) return blocked;
    const open = new Set(
      windowsOf(context)
        .filter((candidate) => candidate.state === 'open')
        .map((candidate) => candidate.id),
    );
    const ticket = nextTicket(waitingNow(context), window, open);
    if (ticket === undefined) return { outcome: 'nobody' };
    return { ticket: ticket.id, event: { type: 'called', window: window.id } };
  });
}

/** Carries out an order about a certain ticket, or says who or what stands against it. */
export function orderTicket(
  context: QueueContext,
  order: DeskTicketOrder,
  what: TicketOrder,
): DeskAnswer {
  return carriedOut(context, order, (window) => {
    const ticket = ticketIn(context.db, order.ticket);
    if (ticket === undefined || !isDayOpen(context.db, ticket.day))
      throw new StationError('not-found');
    if (what.type === 'transfer') assertTarget(context, what);
    return decideOn(context, window, ticket, what);
  });
}

/** Calls the one who holds a number, wherever they stand in the line: who was sent back to the window need not wait again. */
export function callNumber(context: QueueContext, order: DeskOrder, number: string): DeskAnswer {
  return carriedOut(context, order, (window) => {
    const typed = typedNumber(number);
    const ticket = typed === undefined ? undefined : ticketNumbered(context.db, typed);
    return ticket === undefined
      ? { outcome: 'no-such-number' }
      : decideOn(context, window, ticket, { type: 'call' });
  });
}

function decideOn(
  context: QueueContext,
  window: DeskWindow,
  ticket: Ticket,
  what: TicketOrder,
): Decision {
  const blocked =
    what.type === 'call' || what.type === 'resume'
      ? whyNotCalling(context, window, ticket)
      : undefined;
  if (blocked !== undefined) return blocked;
  const verdict = judgeOrder(ticket, window.id, what);
  if ('event' in verdict) return { ticket: ticket.id, event: verdict.event };
  if (verdict.refused === 'not-now') return { outcome: 'not-now', state: verdict.state };
  const by = named(windowsOf(context), verdict.by) ?? { id: '', label: '' };
  return { outcome: 'taken', by };
}

type Decision = DeskAnswer | { readonly ticket: string; readonly event: QueueEvent };

/** Decides and writes in one transaction; tells the hall afterwards. */
function carriedOut(
  context: QueueContext,
  order: DeskOrder,
  decide: (window: DeskWindow) => Decision,
): DeskAnswer {
  const { db, now } = context;
  const result = transaction(db, () => {
    const known = eventOf(db, order.operation);
    if (known !== undefined) return { answer: answeredBefore(context, known.ticket) };
    const decision = decide(windowNamed(context, order.window));
    if ('outcome' in decision) return { answer: decision };
    const seq = appendEvent(db, {
      operation: order.operation,
      day: currentDay(context),
      ticket: decision.ticket,
      at: now(),
      actor: order.staff.id,
      event: decision.event,
    });
    return { ticket: ticketNow(context, decision.ticket), event: decision.event, seq };
  });
  if (result.answer !== undefined) return result.answer;
  announce(context, result.ticket, result.event, result.seq);
  return { outcome: 'done', ticket: deskTicket(context, result.ticket) };
}

function announce(context: QueueContext, ticket: Ticket, event: QueueEvent, seq: number): void {
  if (event.type === 'finished') context.serviceClock.learn(ticket);
  if (event.type === 'called' || event.type === 'recalled' || event.type === 'resumed') {
    const call = callOfToday(context, seq);
    if (call !== undefined) context.publish({ type: 'called', call });
  }
  context.publish({ type: 'changed' });
}

function answeredBefore(context: QueueContext, ticket: string | undefined): DeskAnswer {
  if (ticket === undefined) throw new StationError('bad-input');
  return { outcome: 'done', ticket: deskTicket(context, ticketNow(context, ticket)) };
}

function ticketNow(context: QueueContext, id: string): Ticket {
  const ticket = ticketIn(context.db, id);
  if (ticket === undefined) throw new Error('an event names a ticket that is not there');
  return ticket;
}

/** A window calls when it is open and has nobody. */
function whyNotCalling(
  context: QueueContext,
  window: DeskWindow,
  wanted?: Ticket,
): DeskAnswer | undefined {
  if (window.state !== 'open') return { outcome: 'window-closed' };
  const current = currentOf(context.db, window.id);
  if (current === undefined) return undefined;
  // Whoever asks for the one they already have is told so by the ticket's own state.
  if (wanted !== undefined && wanted.id === current.id) return undefined;
  return { outcome: 'window-busy', ticket: deskTicket(context, current) };
}

/** The visitor a window has. */
function currentOf(db: ReadableDb, window: string): Ticket | undefined {
  return ticketsHeld(db, ['called']).find((ticket) => ticket.window === window);
}

/** A window of the plan. Throws `not-found` for one that it does not have. */
export function windowNamed(context: QueueContext, id: string): DeskWindow {
  const window = windowsOf(context).find((candidate) => candidate.id === id);
  if (window === undefined) throw new StationError('not-found');
  return window;
}

function assertTarget(
  context: QueueContext,
  target: { readonly line: string; readonly toWindow?: string | undefined },
): void {
  if (lineOf(planOf(context), target.line)?.id !== target.line) throw new StationError('not-found');
  if (target.toWindow !== undefined) windowNamed(context, target.toWindow);
}

/** Opens, pauses or closes a window. A visitor who is there stays there. */
export function setWindow(
  context: QueueContext,
  order: DeskOrder,
  state: DeskWindow['state'],
): DeskView {
  return stationOrder(context, order, (window) => ({
    type: 'window',
    window: window.id,
    state,
    staff: order.staff.name,
  }));
}

/** Ends the numbers of the day; the farewell is the plan's own when none is given. */
export function closeEarly(
  context: QueueContext,
  order: DeskOrder,
  farewell: string | undefined,
): DeskView {
  return stationOrder(context, order, () => {
    noteEarlyClose(context.db, context.now());
    return { type: 'closed-early', farewell: farewell ?? planOf(context)?.farewell ?? '' };
  });
}

/** Gives numbers again. */
export function reopen(context: QueueContext, order: DeskOrder): DeskView {
  return stationOrder(context, order, () => ({ type: 'reopened' }));
}

function stationOrder(
  context: QueueContext,
  order: DeskOrder,
  eventFor: (window: DeskWindow) => QueueEvent,
): DeskView {
  const { db, now } = context;
  transaction(db, () => {
    if (eventOf(db, order.operation) !== undefined) return;
    const day = currentDay(context);
    // It may write beside the event.
    const event = eventFor(windowNamed(context, order.window));
    appendEvent(db, { operation: order.operation, day, at: now(), actor: order.staff.id, event });
  });
  context.publish({ type: 'changed' });
  return deskView(context, order.window);
}

/** Writes words for colleagues: about a ticket, or for whoever sits here next. */
export function writeNote(
  context: QueueContext,
  order: DeskOrder & { readonly ticket?: string | undefined },
  text: string,
): void {
  const { db, now } = context;
  transaction(db, () => {
    const day = currentDay(context);
    windowNamed(context, order.window);
    if (order.ticket !== undefined) assertOpen(db, order.ticket);
    run(
      db,
      sql`insert into queue_note (operation, day, window, ticket, at, staff, text)
          values (${order.operation}, ${day}, ${order.window}, ${order.ticket ?? null}, ${now()}, ${order.staff.name}, ${text})
          on conflict (operation) do nothing`,
    );
  });
  context.publish({ type: 'changed' });
}

function assertOpen(db: ReadableDb, id: string): void {
  const ticket = ticketIn(db, id);
  if (ticket === undefined || !isDayOpen(db, ticket.day)) throw new StationError('not-found');
}

/** A note on a ticket; answers with the ticket. */
export function noteTicket(
  context: QueueContext,
  order: DeskTicketOrder,
  text: string,
): DeskAnswer {
  writeNote(context, order, text);
  return { outcome: 'done', ticket: deskTicket(context, ticketNow(context, order.ticket)) };
}
