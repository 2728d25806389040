import type { TicketState } from '../contract/queue.ts';
import type { LocalDate } from '../time/local-date.ts';

/** A ticket as it stands after all its events. Times are epoch milliseconds by the queue host's clock. */
export interface Ticket {
  /** The id of the operation that took it. */
  readonly id: string;
  readonly day: LocalDate;
  readonly number: string;
  /** The number without its letter. */
  readonly n: number;
  readonly line: string;
  readonly state: TicketState;
  /** Its place in the order of arrival; fixed when it is taken and kept through transfers. */
  readonly place: number;
  readonly issuedAt: number;
  /** The terminal that gave it. */
  readonly terminal: string;
  /** How many places it goes forward, by its priority group; 0 for most. */
  readonly ahead: number;
  readonly group?: TicketGroup | undefined;
  readonly guide?: string | undefined;
  /** The window that has it, or had it last. */
  readonly window?: string | undefined;
  /** Meant for this window only, after a transfer. */
  readonly forWindow?: string | undefined;
  readonly from?: string | undefined;
  /** When it was first called, for the waiting time. */
  readonly firstCalledAt?: number | undefined;
  /** When it was last called by the window that has it. */
  readonly calledAt?: number | undefined;
  readonly calls: number;
  /** Milliseconds at windows so far, without the time on hold. */
  readonly servedMs: number;
  /** The same by who served, in order; absent before the first and where an older program wrote the ticket. */
  readonly served?: readonly ServedPart[] | undefined;
  readonly endedAt?: number | undefined;
}

/** Time at one window, for the line in which the ticket was then. */
export interface ServedPart {
  readonly window: string;
  readonly line: string;
  readonly ms: number;
}

/** The priority group with the words that were in force when the ticket was taken. */
export interface TicketGroup {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly proof?: string | undefined;
}

/** What happened to a ticket. Appended once, never changed; a ticket's state follows from its events. */
export type TicketEvent =
  | {
      readonly type: 'issued';
      readonly ticket: Pick<
        Ticket,
        | 'day'
        | 'number'
        | 'n'
        | 'line'
        | 'place'
        | 'issuedAt'
        | 'terminal'
        | 'ahead'
        | 'group'
        | 'guide'
      >;
    }
  | { readonly type: 'called' | 'resumed'; readonly window: string }
  | {
      readonly type: 'recalled' | 'skipped' | 'held' | 'finished' | 'no-show';
      readonly window: string;
    }
  | {
      readonly type: 'transferred';
      readonly window: string;
      readonly line: string;
      readonly toWindow?: string | undefined;
    }
  | { readonly type: 'expired'; readonly reason: string };

/** A ticket after one more event; `undefined` before its `issued`. Throws for a second `issued` or an event without one. */
export function ticketAfter(
  ticket: Ticket | undefined,
  id: string,
  event: TicketEvent,
  at: number,
): Ticket {
  if (event.type === 'issued') {
    if (ticket !== undefined) throw new Error(`ticket ${id} was issued twice`);
    return { ...event.ticket, id, state: 'waiting', calls: 0, servedMs: 0 };
  }
  if (ticket === undefined) throw new Error(`ticket ${id} was never issued`);
  return { ...ticket, ...changeBy(ticket, event, at) };
}

type LaterEvent = Exclude<TicketEvent, { type: 'issued' }>;

function changeBy(ticket: Ticket, event: LaterEvent, at: number): Partial<Ticket> {
  switch (event.type) {
    case 'called':
    case 'resumed':
      return {
        state: 'called',
        window: event.window,
        forWindow: undefined,
        firstCalledAt: ticket.firstCalledAt ?? at,
        calledAt: at,
        calls: ticket.calls + (event.type === 'called' ? 1 : 0),
        endedAt: undefined,
      };
    case 'recalled':
      return { calls: ticket.calls + 1 };
    case 'skipped':
      return { state: 'skipped' };
    case 'held':
      return { state: 'held', ...afterService(ticket, event.window, at) };
    case 'finished':
      return { state: 'finished', ...afterService(ticket, event.window, at), endedAt: at };
    case 'no-show':
      return { state: 'no-show', endedAt: at };
    case 'transferred':
      return {
        state: 'waiting',
        line: event.line,
        from: ticket.line,
        window: undefined,
        forWindow: event.toWindow,
        ...afterService(ticket, event.window, at),
        calledAt: undefined,
      };
    case 'expired':
      return { state: 'expired', endedAt: at };
  }
}

/** A clock that fell back must not take service time away. */
function afterService(
  { state, calledAt, servedMs, served = [], line }: Ticket,
  window: string,
  at: number,
): Pick<Ticket, 'servedMs' | 'served'> {
  const since = state === 'called' ? (calledAt ?? at) : at;
  const ms = Math.max(0, at - since);
  return { servedMs: servedMs + ms, served: [...served, { window, line, ms }] };
}
