import type { DeskAlarm, DeskAnswer, DeskView } from '#shared/contract/queue.ts';
import type { StationClient } from '../station-client/station-client.ts';

export type Desks = StationClient['desk'];

/** What every order says: its id, which makes a repeated one count once, and the window. */
export interface OrderBase {
  readonly operation: string;
  readonly window: string;
}

/** An order to the queue. */
export type Order = (desk: Desks, base: OrderBase) => Promise<DeskAnswer | DeskView | DeskAlarm[]>;
/** Sends an order and shows how it ended. */
export type Give = (order: Order) => void;
/** The same, for what must not be lost: true when it was carried out. Tried again under the same `operation`, it counts once. */
export type Send = (order: Order, operation: string) => Promise<boolean>;

/** Orders about the ticket at the window, and when each makes sense. */
export const TICKET_ORDERS = [
  { order: 'recall', key: 'R', states: ['called'] },
  { order: 'finish', key: 'F', states: ['called'] },
  { order: 'hold', key: 'H', states: ['called'] },
  { order: 'skip', key: 'S', states: ['called'] },
  { order: 'noShow', key: 'X', states: ['called'] },
] as const;
export type TicketOrder = (typeof TICKET_ORDERS)[number]['order'];

/** What a key stands for; undefined when it stands for nothing now. */
export function orderOfKey(
  key: string,
  view: DeskView,
): 'callNext' | 'pause' | TicketOrder | undefined {
  const pressed = key.toUpperCase();
  if (pressed === 'N') return view.current === undefined ? 'callNext' : undefined;
  if (pressed === 'P') return 'pause';
  return view.current === undefined
    ? undefined
    : TICKET_ORDERS.find((one) => one.key === pressed)?.order;
}
