import type { TicketPrinterState } from '#shared/printing/printer-state.ts';

/** What a printer can be asked at any moment, also while it prints or has stopped: DLE EOT n. */
const QUESTIONS = { printer: 1, paper: 4, offlineCause: 2, errorCause: 3 } as const;
export type Question = keyof typeof QUESTIONS;
/** All questions, the first one first: who does not answer it answers none. */
export const QUESTION_NAMES = ['printer', 'paper', 'offlineCause', 'errorCause'] as const;

/** The bytes of a question. */
export function questionBytes(question: Question): Buffer {
  return Buffer.from([0x10, 0x04, QUESTIONS[question]]);
}

/** Asks for the paper sensor once everything before it has been printed: GS r 1. */
export const WHEN_PRINTED = Buffer.from([0x1d, 0x72, 0x31]);

/** Clears what the printer still holds (DLE DC4 8), so that nothing old comes out when the paper has been changed. */
export const FORGET_ALL = Buffer.from([0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]);

/** What a printer said of itself; a question that it did not answer is missing. */
export type Answers = Readonly<Partial<Record<Question, number>>>;

/** An answer of the printer: to a question, to GS r, or an unasked report of four bytes (automatic status back). */
export type Answer =
  | { readonly type: 'status'; readonly byte: number }
  | { readonly type: 'printed'; readonly byte: number }
  | { readonly type: 'report'; readonly answers: Answers }
  | { readonly type: 'garbage' };

const MARKS = 0x93;
const IS_STATUS = 0x12;
const IS_REPORT = 0x10;
const FLOW_CONTROL = [0x11, 0x13];

/**
 * Reads what a printer sends, byte by byte, by the fixed bits of the ESC/POS reference: 0xx1xx10 answers DLE EOT, 0xx1xx00
 * begins a report of four bytes, 0xx0xxxx answers GS r. XON and XOFF are not for us; anything else is garbage.
 */
export function answerReader(): (bytes: Buffer) => Answer[] {
  let report: number[] = [];
  return (bytes) =>
    [...bytes].flatMap((byte): Answer[] => {
      if (report.length > 0 && (byte & 0x90) === 0) {
        report.push(byte);
        if (report.length < 4) return [];
        const whole = report;
        report = [];
        return [{ type: 'report', answers: answersOfReport(whole) }];
      }
      report = [];
      if (FLOW_CONTROL.includes(byte)) return [];
      if ((byte & MARKS) === IS_STATUS) return [{ type: 'status', byte }];
      if ((byte & MARKS) === IS_REPORT) {
        report = [byte];
        return [];
      }
      return [(byte & 0x90) === 0 ? { type: 'printed', byte } : { type: 'garbage' }];
    });
}

/** A report says the same as the four answers, in other places. */
function answersOfReport([first = 0, second = 0, third = 0]: readonly number[]): Answers {
  const bit = (byte: number, from: number, to: number) => ((byte >> from) & 1) << to;
  return {
    printer: IS_STATUS | bit(first, 3, 3),
    offlineCause: IS_STATUS | bit(first, 5, 2),
    errorCause: IS_STATUS | bit(second, 3, 3) | bit(second, 5, 5) | bit(second, 6, 6),
    paper: IS_STATUS | (third & 3 ? 0x0c : 0) | (third & 0x0c ? 0x60 : 0),
  };
}

/** What the answers mean, the most useful cause first: an open cover also reports "no paper" and "offline". */
export function stateOf(answers: Answers): TicketPrinterState {
  const { printer = 0, offlineCause = 0, errorCause = 0, paper = 0 } = answers;
  if (Object.keys(answers).length === 0) return 'unknown';
  if (offlineCause & 0x04) return 'cover-open';
  if (paper & 0x60 || offlineCause & 0x20) return 'paper-out';
  if (errorCause & 0x08) return 'jam';
  if (errorCause & 0x60 || offlineCause & 0x40) return 'fault';
  if (printer & 0x08) return 'offline';
  return paper & 0x0c ? 'paper-low' : 'ready';
}
