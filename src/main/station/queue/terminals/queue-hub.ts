import type { GivenTicket, QueueOverview } from '#shared/contract/queue-hub.ts';
import type { NumberBlock } from '#shared/queue/ticket-number.ts';
import type { LocalDate } from '#shared/time/local-date.ts';

/** A wish for numbers, with the id that makes it one wish however often it is sent. */
export interface LeaseWish {
  readonly operation: string;
  readonly day: LocalDate;
  readonly line: string;
  readonly size: number;
  /** How many of the line's numbers of that day it still has; nobody is lent more than a share of what is left. */
  readonly held?: number | undefined;
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
