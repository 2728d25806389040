import { oc } from '@orpc/contract';
import { z } from 'zod';
import { localDateSchema } from '../time/date-schemas.ts';
import { queueStateSchema, ticketViewSchema } from './queue.ts';

/**
 * What the other terminals of a station ask of its queue host. Numbers come in blocks, so that a terminal goes on when the
 * cable is cut; what it gave is reported later, and reported again without harm.
 */
const block = z.object({ from: z.int().min(1), to: z.int().min(1) });

/** A ticket that a terminal gave by itself. */
export const givenTicketSchema = z.object({
  id: z.uuid(),
  day: localDateSchema,
  line: z.string().max(40),
  n: z.int().min(1).max(99_999),
  issuedAt: z.number(),
  group: z.string().max(40).optional(),
  guide: z.string().max(80).optional(),
});
export type GivenTicket = z.infer<typeof givenTicketSchema>;

/** The queue as it stands on the host, and how some tickets stand there; those that it does not know are left out. */
export const overviewSchema = z.object({
  /** The outlet's code: a terminal of another outlet must not share its numbers. */
  station: z.string(),
  state: queueStateSchema,
  tickets: z.array(ticketViewSchema),
  /** The oldest day of which numbers are still held; the numbers of a terminal's own begin anew only after it. */
  since: localDateSchema.optional(),
  /** Names the last time that a backup took the place of the host's data: what it was told since has to be told again. */
  restored: z.string().optional(),
  /** A technician removed this terminal: it gives no numbers any more, and reports those that it gave. */
  removed: z.boolean().optional(),
});
export type QueueOverview = z.infer<typeof overviewSchema>;

export const queueHubContract = {
  /** A block of numbers, fewer than wanted near the quota, none when it is reached. The same operation is the same block. */
  lease: oc
    .input(
      z.object({
        operation: z.uuid(),
        day: localDateSchema,
        line: z.string().max(40),
        size: z.int().min(1).max(50),
        /** How many it still has of those that it was lent; a terminal of an older program does not say. */
        held: z.int().min(0).max(99_999).optional(),
      }),
    )
    .output(z.object({ block: block.optional() })),
  /** Takes given tickets in; those that the host now knows, by id, may be forgotten as unreported. */
  report: oc
    // What the terminal's clock says now, in milliseconds: theirs and the host's may differ by a day.
    .input(z.object({ tickets: z.array(givenTicketSchema).max(200), clock: z.number().optional() }))
    .output(z.object({ known: z.array(z.uuid()), refused: z.array(z.uuid()) })),
  overview: oc.input(z.object({ tickets: z.array(z.uuid()).max(50) })).output(overviewSchema),
};
export type QueueHubContract = typeof queueHubContract;
