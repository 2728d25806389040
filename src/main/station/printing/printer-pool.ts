import { PRINTER_STATES, type TicketPrinterState } from '#shared/printing/printer-state.ts';
import type { SlipPaper } from '#shared/printing/slip-layout.ts';
import type { PrintClock } from './clock.ts';
import type { TicketPrinter } from './ticket-printer.ts';

/** A printer with the name and the paper that the profile gives it. */
export interface NamedPrinter {
  readonly name: string;
  readonly paper: SlipPaper;
  readonly device: TicketPrinter;
}

/** What is known of a printer of the pool. */
export interface PooledPrinter extends NamedPrinter {
  state: TicketPrinterState;
  askedAt: number | undefined;
  /** Uptime at which its present job began. */
  busySince: number | undefined;
}

/** The station's ticket printers in the order of the profile: the first one that works is used. */
export interface PrinterPool {
  readonly printers: readonly PooledPrinter[];
  readonly note: (printer: PooledPrinter, state: TicketPrinterState) => void;
  /**
   * The printer for a job that has been turned away by those in `tried`; undefined when there is none, or when the right
   * one is about to be free. A job is not sent to the other end of the room because the one before takes a second.
   */
  readonly choose: (tried: ReadonlySet<string>) => PooledPrinter | undefined;
  readonly stop: () => Promise<void>;
}

export interface PoolOptions {
  readonly printers: readonly NamedPrinter[];
  readonly clock: PrintClock;
  /** Milliseconds between two looks at an idle printer. */
  readonly lookMs: number;
  /** Called when a printer's state has changed. */
  readonly changed: (printer: PooledPrinter) => void;
}

/** A printer that works on one slip for longer than this does not keep the next visitor waiting. */
const BUSY_MS = 4000;

/** Opens the pool and begins to look after its printers. */
export function openPrinterPool({ printers, clock, lookMs, changed }: PoolOptions): PrinterPool {
  const pooled = printers.map(
    (printer): PooledPrinter => ({
      ...printer,
      state: 'unknown',
      askedAt: undefined,
      busySince: undefined,
    }),
  );
  let stopped = false;
  const looks = new Map<PooledPrinter, Promise<void>>();

  const note = (printer: PooledPrinter, state: TicketPrinterState) => {
    printer.askedAt = clock.now();
    if (stopped || printer.state === state) return;
    printer.state = state;
    changed(printer);
  };
  const look = () => {
    for (const printer of pooled) {
      if (printer.busySince !== undefined || looks.has(printer)) continue;
      const asked = printer.device.ask().then((state) => {
        looks.delete(printer);
        note(printer, state);
      });
      looks.set(printer, asked);
    }
  };
  look();
  const timer = setInterval(look, lookMs);
  timer.unref();
  return {
    printers: pooled,
    note,
    choose: (tried) => choose(pooled, tried, clock.uptime()),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await Promise.allSettled(looks.values());
    },
  };
}

function choose(
  printers: readonly PooledPrinter[],
  tried: ReadonlySet<string>,
  uptime: number,
): PooledPrinter | undefined {
  const works = (printer: PooledPrinter) => PRINTER_STATES[printer.state].prints;
  const inOrder = [...printers.filter(works), ...printers.filter((printer) => !works(printer))];
  for (const printer of inOrder) {
    if (tried.has(printer.name)) continue;
    if (printer.busySince === undefined) return printer;
    if (uptime - printer.busySince < BUSY_MS) return undefined;
  }
  return undefined;
}
