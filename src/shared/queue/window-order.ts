import type { TicketState } from '../contract/queue.ts';
import type { Ticket, TicketEvent } from './ticket.ts';

/** What a window wants done with a ticket. */
export type TicketOrder =
  | { readonly type: 'call' | 'resume' | 'recall' | 'skip' | 'hold' | 'finish' | 'no-show' }
  | { readonly type: 'transfer'; readonly line: string; readonly toWindow?: string | undefined };

/** The event that carries an order out, or why it cannot be. */
export type OrderVerdict =
  | { readonly event: TicketEvent }
  | { readonly refused: 'taken'; readonly by: string }
  | { readonly refused: 'not-now'; readonly state: TicketState };

/** States from which a ticket can be called by name: whoever missed a call may still come until the day is closed. */
const CALLABLE: readonly TicketState[] = ['waiting', 'held', 'skipped', 'no-show'];

const DONE_BY_HOLDER = {
  recall: 'recalled',
  skip: 'skipped',
  hold: 'held',
  finish: 'finished',
  'no-show': 'no-show',
} as const;

/** Judges an order by the ticket's state alone. Whether the window is open and free is judged before. */
export function judgeOrder(ticket: Ticket, window: string, order: TicketOrder): OrderVerdict {
  const { state } = ticket;
  if (order.type === 'call' || order.type === 'resume') {
    if (state === 'called') return { refused: 'taken', by: ticket.window ?? '' };
    if (order.type === 'resume' ? state !== 'held' : !CALLABLE.includes(state))
      return { refused: 'not-now', state };
    return { event: { type: order.type === 'call' ? 'called' : 'resumed', window } };
  }
  // A visitor who did not come after being put aside, or has gone while on hold, is a no-show of any window.
  if (order.type === 'no-show' && (state === 'skipped' || state === 'held'))
    return { event: { type: 'no-show', window } };
  if (state !== 'called') return { refused: 'not-now', state };
  if (ticket.window !== window) return { refused: 'taken', by: ticket.window ?? '' };
  if (order.type === 'transfer')
    return {
      event: { type: 'transferred', window, line: order.line, toWindow: order.toWindow },
    };
  return { event: { type: DONE_BY_HOLDER[order.type], window } };
}
