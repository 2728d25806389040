import { z } from 'zod';

/**
 * What is known of a ticket printer. `unknown`: it is there, but does not say how it is (a parallel line, a CUPS queue, a
 * printer that does not answer): never shown as "ready".
 */
export const ticketPrinterStateSchema = z.enum([
  'none',
  'ready',
  'paper-low',
  'paper-out',
  'cover-open',
  'jam',
  'fault',
  'offline',
  'unknown',
]);
export type TicketPrinterState = z.infer<typeof ticketPrinterStateSchema>;

interface StateRule {
  /** Whether a ticket is sent to a printer in this state. */
  readonly prints: boolean;
  /** Whether staff have to do something. */
  readonly needsStaff: boolean;
  /** Among several printers the lowest is taken first. */
  readonly rank: number;
}

/** What each state means for printing, in one place. */
export const PRINTER_STATES: Readonly<Record<TicketPrinterState, StateRule>> = {
  ready: { prints: true, needsStaff: false, rank: 0 },
  'paper-low': { prints: true, needsStaff: true, rank: 1 },
  unknown: { prints: true, needsStaff: false, rank: 2 },
  'paper-out': { prints: false, needsStaff: true, rank: 3 },
  'cover-open': { prints: false, needsStaff: true, rank: 4 },
  jam: { prints: false, needsStaff: true, rank: 5 },
  fault: { prints: false, needsStaff: true, rank: 6 },
  offline: { prints: false, needsStaff: true, rank: 7 },
  none: { prints: false, needsStaff: false, rank: 8 },
};

/** The state of the best of several printers, which is what a visitor can expect; `none` when there are none. */
export function bestState(states: readonly TicketPrinterState[]): TicketPrinterState {
  return states.reduce<TicketPrinterState>(
    (best, state) => (PRINTER_STATES[state].rank < PRINTER_STATES[best].rank ? state : best),
    'none',
  );
}
