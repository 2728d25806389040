import type { TicketView } from '#shared/contract/queue.ts';
import { type TicketService, ticketSlip } from '#shared/printing/ticket-slip.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { ticketCode } from '#shared/queue/ticket-code.ts';
import type { TicketPrinting } from '../printing/ticket-printing.ts';
import { planOf, type QueueContext, type Slips } from './queue-context.ts';
import { ticketView } from './ticket-view.ts';

/** Prints tickets on the station's ticket printers; the job has the ticket's own id. */
export function ticketSlips(printing: Pick<TicketPrinting, 'printTicket' | 'sendTicket'>): Slips {
  return {
    write: (context, ticket, view = ticketView(context, ticket, 'zh-CN')) =>
      planOf(context)?.printer === true &&
      printing.printTicket(context.db, slipOf(context, ticket, view), ticket.id),
    send: (ticket) => printing.sendTicket(ticket),
  };
}

/** What the slip says; how many are before is of the moment of taking and is not said again on a copy. */
function slipOf(context: QueueContext, ticket: Ticket, view: TicketView) {
  const { estimateMinutes: minutes, number, line, before } = view;
  return ticketSlip({
    station: context.stations.name(),
    number,
    line: line.name,
    ahead: before,
    wait: minutes === undefined ? undefined : { from: minutes, to: roundUp(minutes) },
    windows: view.windows.map((window) => window.label),
    priority: ticket.group && `${ticket.group.name}（请出示${ticket.group.proof ?? '有关证明'}）`,
    service: serviceOf(context, ticket.guide),
    qr: {
      text: ticketCode({
        station: context.stations.name(),
        day: view.day,
        number,
        line: line.name,
      }),
      caption: '拍下这个码，号丢了也记得住',
    },
    notes: ['过号没听到，请告诉窗口，当天可以再叫。'],
    issuedAt: ticket.issuedAt,
  });
}

const STEP_MINUTES = 5;

function roundUp(minutes: number): number {
  return Math.max(STEP_MINUTES, Math.ceil(minutes / STEP_MINUTES) * STEP_MINUTES);
}

function serviceOf(
  { library }: Pick<QueueContext, 'library'>,
  guide: string | undefined,
): TicketService | undefined {
  const body = guide === undefined ? undefined : library.record('service', guide)?.body;
  return (
    body && {
      title: body.title,
      bring: body.materials.map((material) => material.name),
      fee: body.fee.headline,
      timeLimit: body.timeLimit.headline,
    }
  );
}
