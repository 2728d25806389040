import { oc } from '@orpc/contract';
import { z } from 'zod';
import { jobReasonSchema, jobStateSchema } from '../printing/print-job.ts';
import { ticketPrinterStateSchema } from '../printing/printer-state.ts';

const jobId = z.string().min(1).max(64);
const byJob = z.object({ jobId });

/** The printers of tickets, as last asked (every few seconds, and before and after each ticket). */
export const ticketPrintersSchema = z.object({
  /** The best of them: what a visitor can expect before choosing. `none`: this station gives numbers without paper. */
  state: ticketPrinterStateSchema,
  printers: z.array(
    z.object({
      /** The name that the profile gives it: 取号机. */
      name: z.string(),
      state: ticketPrinterStateSchema,
      /** When it was last asked, epoch milliseconds; absent before the first answer. */
      askedAt: z.number().optional(),
    }),
  ),
});

/** A ticket's print job, as a page follows it. The number is valid whatever stands here. */
export const ticketJobSchema = z.object({
  jobId,
  state: jobStateSchema,
  reason: jobReasonSchema,
  /** True for a 补打; `copyOf` names what it repeats. */
  copy: z.boolean(),
  copyOf: jobId.optional(),
  /** Of what it is: the number on a ticket, or the title of another slip. */
  label: z.string(),
  printer: z.string().optional(),
  createdAt: z.number(),
  changedAt: z.number(),
  /** Whether the visitor may ask for a 补打 now. */
  mayReprint: z.boolean(),
});

/**
 * Printing of tickets. `printers`, `job` and `reprint` are the visitor's; a job id is only known to the page that took the
 * number. The others are for staff.
 */
export const ticketPrintingContract = {
  printers: oc.output(ticketPrintersSchema),
  job: oc.input(byJob).output(ticketJobSchema),
  /** The visitor's 补打, marked as a copy. `busy` while it is still printing, or when it may not be repeated. */
  reprint: oc.input(byJob).output(ticketJobSchema),
  /** What staff have to look at: jobs of today that did not end well, the newest first, fifty at the most. */
  open: oc.output(z.array(ticketJobSchema)),
  /**
   * What staff decide of a job that did not end well: the paper was there; nobody needs it; or print it again as a copy.
   * The answer is the job, or the new one that repeats it. `not-found` for a slip of another day,
   * `busy` for one that somebody has decided.
   */
  decide: oc
    .input(z.object({ jobId, decision: z.enum(['came-out', 'not-needed', 'print-again']) }))
    .output(ticketJobSchema),
  /** Prints the test page on the named printer, or on the first. */
  testPage: oc.input(z.object({ printer: z.string().max(20).optional() })).output(ticketJobSchema),
};
