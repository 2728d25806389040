import { oc } from '@orpc/contract';
import { z } from 'zod';
import { doctorReportSchema } from '../health/finding.ts';
import { upkeepDaySchema } from '../health/upkeep-day.ts';
import { ticketJobSchema } from './ticket-printing.ts';

/** The terminal's self-test, for technicians. */
export const healthContract = {
  /** Looks at everything now; takes seconds when a printer does not answer. */
  doctor: oc.output(doctorReportSchema),
  /** Looks at everything and prints it (自检单). `no-printer` where there is no ticket printer. */
  printSlip: oc.output(ticketJobSchema),
  /** The daily upkeep log, the newest day first. */
  log: oc.input(z.object({ days: z.int().min(1).max(800) })).output(z.array(upkeepDaySchema)),
};
