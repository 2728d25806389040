import type { Ticket } from './ticket.ts';

/**
 * The order in which waiting tickets are called: by place of arrival, less the places that a priority group goes forward. A
 * later ticket passes an earlier one only within its `ahead` places, so each is passed a bounded number of times and nobody
 * waits for ever. Places, not times: a clock that jumps changes nothing.
 */
export function byTurn(a: Turn, b: Turn): number {
  return (
    a.place - a.ahead - (b.place - b.ahead) ||
    a.place - b.place ||
    a.issuedAt - b.issuedAt ||
    (a.id < b.id ? -1 : 1)
  );
}

type Turn = Pick<Ticket, 'place' | 'ahead' | 'id' | 'issuedAt'>;

/** What a window may call. */
export interface CallingWindow {
  readonly id: string;
  readonly lines: readonly string[];
}

/** Whether a window may call a ticket; one that was sent to a certain window is called there while that window is open. */
export function isFor(
  ticket: Pick<Ticket, 'line' | 'forWindow'>,
  window: CallingWindow,
  openWindows: ReadonlySet<string>,
): boolean {
  if (ticket.forWindow === window.id) return true;
  if (ticket.forWindow !== undefined && openWindows.has(ticket.forWindow)) return false;
  return window.lines.includes(ticket.line);
}

/** Whom a window calls next among the waiting, or undefined. */
export function nextTicket<Waiting extends Turn & Pick<Ticket, 'line' | 'forWindow'>>(
  waiting: readonly Waiting[],
  window: CallingWindow,
  openWindows: ReadonlySet<string>,
): Waiting | undefined {
  return waiting.filter((ticket) => isFor(ticket, window, openWindows)).sort(byTurn)[0];
}
