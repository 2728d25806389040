import { byTurn, isFor } from './next-ticket.ts';
import type { Ticket } from './ticket.ts';

/** A window that takes visitors now, and whom it has. */
export interface ServingWindow {
  readonly id: string;
  readonly lines: readonly string[];
  /** The line of the visitor at the window and the minutes since they were called. */
  readonly current?: { readonly line: string; readonly minutes: number } | undefined;
}

export type WaitingTicket = Pick<
  Ticket,
  'id' | 'line' | 'place' | 'ahead' | 'issuedAt' | 'forWindow'
>;

/** A visitor who has been long at the window is expected to stay at least this share of the usual time. */
const LEAST_REMAINING = 0.25;

/**
 * Minutes until each waiting ticket is called: the windows are played forward, each taking the next ticket by the rules of
 * calling when its visitor is expected to leave. Tickets that no open window takes are not in the answer.
 */
export function estimateWaits(
  waiting: readonly WaitingTicket[],
  windows: readonly ServingWindow[],
  minutesOfLine: (line: string) => number,
): Map<string, number> {
  const open = new Set(windows.map((window) => window.id));
  const free = windows.map((window) => ({ window, at: remaining(window, minutesOfLine) }));
  const left = [...waiting].sort(byTurn);
  const waits = new Map<string, number>();
  while (left.length > 0) {
    const next = nextStart(left, free, open);
    if (next === undefined) break;
    left.splice(next.index, 1);
    waits.set(next.ticket.id, next.slot.at);
    next.slot.at += minutesOfLine(next.ticket.line);
  }
  return waits;
}

interface Slot {
  readonly window: ServingWindow;
  at: number;
}

/** The window that is free first and has somebody to call, with whom it calls. */
function nextStart(
  left: readonly WaitingTicket[],
  free: readonly Slot[],
  open: ReadonlySet<string>,
): { slot: Slot; ticket: WaitingTicket; index: number } | undefined {
  for (const slot of [...free].sort((a, b) => a.at - b.at)) {
    const index = left.findIndex((ticket) => isFor(ticket, slot.window, open));
    const ticket = left[index];
    if (ticket !== undefined) return { slot, ticket, index };
  }
  return undefined;
}

function remaining(window: ServingWindow, minutesOfLine: (line: string) => number): number {
  if (window.current === undefined) return 0;
  const usual = minutesOfLine(window.current.line);
  return Math.max(usual - window.current.minutes, usual * LEAST_REMAINING);
}
