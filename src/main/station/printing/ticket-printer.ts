import type { JobReason } from '#shared/printing/print-job.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';

/** How a print ended, as far as can be known. */
export type PrintEnd =
  /** Provably no byte left: it may be tried again, here or elsewhere. */
  | { readonly state: 'not-sent'; readonly reason: JobReason }
  /** `''`: the printer said that it has printed; `handed-over`: everything was taken, and nobody can say more. */
  | { readonly state: 'printed'; readonly reason: '' | 'handed-over' }
  | { readonly state: 'in-doubt'; readonly reason: JobReason };

/** A ticket printer, whatever it is connected by. One thing at a time; none of its functions throws. */
export interface TicketPrinter {
  /** Asks how it is; waits for a print that is under way. */
  readonly ask: () => Promise<TicketPrinterState>;
  /**
   * Prints bytes. `sending` is called right before the first byte leaves; what it throws stops the print with nothing
   * sent. `heard` is told of every state that the printer reports on the way.
   */
  readonly print: (job: PrinterJob) => Promise<PrintEnd>;
  /** Takes back what a print system still holds of an earlier run, by the name of `handedOver`. */
  readonly takeBack?: (request: string) => Promise<void>;
}

export interface PrinterJob {
  readonly bytes: Buffer;
  /** A name for print systems that list their jobs. */
  readonly title: string;
  readonly sending: () => void;
  /** Told how a print system calls what it took, before anything else is waited for. */
  readonly handedOver: (request: string) => void;
  readonly heard: (state: TicketPrinterState) => void;
}

/** How long a printer may take, in milliseconds. */
export interface PrinterPatience {
  /** To open the way to it. */
  readonly open: number;
  /** To answer one question. */
  readonly answer: number;
  /** To take all bytes of a slip. */
  readonly send: number;
  /** To say that it has printed; a slip takes a second or two. */
  readonly print: number;
  /** Between two looks while it prints. */
  readonly look: number;
  /** To close the way in order. */
  readonly close: number;
}

export const PRINTER_PATIENCE: PrinterPatience = {
  open: 3000,
  answer: 800,
  send: 10_000,
  print: 12_000,
  look: 400,
  close: 2000,
};
