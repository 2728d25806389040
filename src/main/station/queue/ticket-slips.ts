import type { TicketView } from '#shared/contract/queue.ts';
import type { Slip } from '#shared/printing/slip.ts';
import { type TicketService, ticketSlip } from '#shared/printing/ticket-slip.ts';
import { ticketCode } from '#shared/queue/ticket-code.ts';
import type { TicketPrinting } from '../printing/ticket-printing.ts';
import { planOf, type QueueContext, type Slips } from './queue-context.ts';
import { ticketView } from './ticket-view.ts';

/** Prints tickets on the station's ticket printers; the job has the ticket's own id. */
export function ticketSlips(printing: Pick<TicketPrinting, 'printTicket' | 'sendTicket'>): Slips {
  return {
    write: (context, ticket, view = ticketView(context, ticket, 'zh-CN')) =>
      planOf(context)?.printer === true &&
      printing.printTicket(context.db, slipOf(context, view), ticket.id),
    send: (ticket) => printing.sendTicket(ticket),
  };
}

/** What a ticket's slip says; how many are before is of the moment of taking and is not said again on a copy. */
export function slipOf(context: QueueContext, view: TicketView): Slip {
  const { estimateMinutes: minutes, number, line, before } = view;
  return ticketSlip({
    station: context.stations.name(),
    number,
    line: line.name,
    ahead: before,
    wait: minutes === undefined ? undefined : { from: minutes, to: roundUp(minutes) },
    windows: view.windows.map((window) => window.label),
    priority: priorityOn(context, view.group),
    service: serviceOf(context, view.guide),
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
    issuedAt: view.issuedAt,
  });
}

const STEP_MINUTES = 5;

function roundUp(minutes: number): number {
  return Math.max(STEP_MINUTES, Math.ceil(minutes / STEP_MINUTES) * STEP_MINUTES);
}

function priorityOn(context: QueueContext, group: TicketView['group']): string | undefined {
  if (group === undefined) return undefined;
  const proof = planOf(context)?.priorities.find(({ id }) => id === group.id)?.proof;
  return proof === undefined ? group.name : `${group.name}（请出示${proof}）`;
}

function serviceOf(
  { library }: Pick<QueueContext, 'library'>,
  guide: string | undefined,
): TicketService | undefined {
  const body = guide === undefined ? undefined : library.record('service', guide)?.body;
  return (
    body && {
      title: body.title,
      // Nobody must fetch what only others need.
      bring: body.materials.map(({ name, when }) =>
        when === undefined ? name : `${name}（只在这种情况：${when}）`,
      ),
      fee: body.fee.headline,
      timeLimit: body.timeLimit.headline,
    }
  );
}
