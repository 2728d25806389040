import { type GuardedContext, requireStaff } from '../access/guard.ts';
import type { StationImplementer } from '../access/implement-station.ts';
import type { TicketPrinting } from './ticket-printing.ts';

/** Puts the contract's `tickets` methods and printing together. */
export function ticketRoutes(os: StationImplementer['tickets'], tickets: TicketPrinting) {
  const actor = (context: GuardedContext) => requireStaff(context).person;
  return {
    printers: os.printers.handler(() => tickets.printers()),
    job: os.job.handler(({ input }) => tickets.job(input.jobId)),
    reprint: os.reprint.handler(({ input }) => tickets.reprint(input.jobId)),
    open: os.open.handler(() => tickets.open()),
    decide: os.decide.handler(({ context, input }) =>
      tickets.decide(actor(context), input.jobId, input.decision),
    ),
    testPage: os.testPage.handler(({ context, input }) =>
      tickets.testPage(actor(context), input.printer),
    ),
  };
}
