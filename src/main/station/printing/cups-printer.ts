import { setTimeout as sleep } from 'node:timers/promises';
import type { Spooler } from '../papers/spooler.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { PrintEnd, PrinterJob, PrinterPatience, TicketPrinter } from './ticket-printer.ts';

/**
 * A ticket printer behind a queue of CUPS that passes bytes on unchanged. CUPS knows whether its queue works, not whether
 * there is paper: the best that can be said is `unknown`, and of a slip that it was handed over.
 */
export function cupsPrinter(spooler: Spooler, patience: PrinterPatience): TicketPrinter {
  const inTurn = oneAtATime();
  const ask = async () => ((await spooler.status()) === 'ready' ? 'unknown' : 'offline');

  const print = async ({
    bytes,
    title,
    sending,
    handedOver,
    heard,
  }: PrinterJob): Promise<PrintEnd> => {
    const before = await ask();
    heard(before);
    if (before === 'offline') return { state: 'not-sent', reason: 'offline' };
    try {
      sending();
    } catch {
      return { state: 'not-sent', reason: 'interrupted' };
    }
    const handover = await spooler.submit(bytes, title);
    if (handover.state === 'refused') return { state: 'not-sent', reason: 'offline' };
    if (handover.state === 'unknown') return { state: 'in-doubt', reason: 'no-answer' };
    handedOver(handover.request);
    const until = performance.now() + patience.print;
    for (;;) {
      const state = await spooler.requestState(handover.request);
      if (state === 'done') return { state: 'printed', reason: 'handed-over' };
      if (state !== 'waiting' || performance.now() >= until) break;
      await sleep(patience.look);
    }
    await spooler.cancel(handover.request);
    return { state: 'in-doubt', reason: 'no-answer' };
  };
  return {
    ask: () => inTurn(ask),
    print: (job) => inTurn(() => print(job)),
    takeBack: (request) => inTurn(() => spooler.cancel(request)),
  };
}
