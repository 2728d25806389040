import type { JobReason, JobState } from '#shared/printing/print-job.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';

/** What a visitor reads of the printer before choosing; a printer of which nothing need be said has none. */
export const PRINTER_NOTES = [
  'none',
  'paper-low',
  'paper-out',
  'cover-open',
  'jam',
  'fault',
  'offline',
  'unknown',
] as const satisfies readonly TicketPrinterState[];
export type PrinterNote = (typeof PRINTER_NOTES)[number];

/** The note of a state, if it has one. */
export function printerNote(state: TicketPrinterState): PrinterNote | undefined {
  return PRINTER_NOTES.find((note) => note === state);
}

/** What a visitor reads of the paper after the number was given. The number is valid in every case. */
export const PAPER_WORDS = [
  'printing',
  'waiting',
  'printed',
  'handed-over',
  'in-doubt',
  'not-printed',
] as const;
export type PaperWord = (typeof PAPER_WORDS)[number];

/** Whether the visitor had better take the slip from the screen. */
export function isPaperMissing(job: { readonly state: JobState; readonly reason: JobReason }) {
  const word = paperWord(job);
  return word === 'waiting' || word === 'in-doubt' || word === 'not-printed';
}

/** What is to be said of a print job. */
export function paperWord(job: {
  readonly state: JobState;
  readonly reason: JobReason;
}): PaperWord {
  switch (job.state) {
    case 'queued':
      return job.reason === '' ? 'printing' : 'waiting';
    case 'sending':
      return 'printing';
    case 'printed':
      return job.reason === 'handed-over' ? 'handed-over' : 'printed';
    case 'in-doubt':
      return 'in-doubt';
    case 'failed':
    case 'expired':
      return 'not-printed';
  }
}
