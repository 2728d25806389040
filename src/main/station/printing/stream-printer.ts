import type { JobReason } from '#shared/printing/print-job.ts';
import { PRINTER_STATES, type TicketPrinterState } from '#shared/printing/printer-state.ts';
import { type AskedQuestions, type Conversation, converse } from './conversation.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { FORGET_ALL, QUESTION_NAMES } from './printer-answers.ts';
import type { PrintEnd, PrinterJob, PrinterPatience, TicketPrinter } from './ticket-printer.ts';
import type { OpenStream, PrinterStream } from './transports/printer-stream.ts';
import { within } from './transports/within.ts';

/** How much of the printer's silence is normal. */
interface Manners {
  /** False where the way carries no answers, or a technician wrote `status=none`. */
  readonly answers: boolean;
}

/** Three connections show that a printer does not know a question; on the fourth it is not asked any more. */
const TRIES_MOST = 4;

/**
 * A printer behind a stream of bytes. Its state is read before and after each job; a printer that has once answered in this
 * run and then says nothing counts as not there, one that never answers as unknown.
 */
export function streamPrinter(
  open: OpenStream,
  { answers }: Manners,
  patience: PrinterPatience,
): TicketPrinter {
  let hasAnswered = false;
  const questions: AskedQuestions = new Map(QUESTION_NAMES.map((name) => [name, 0]));
  const inTurn = oneAtATime();

  const stateOn = async (talk: Conversation): Promise<TicketPrinterState> => {
    const state = await talk.state();
    if (state !== 'unknown') hasAnswered = true;
    return state === 'unknown' && hasAnswered ? 'offline' : state;
  };

  /** Opens the way and asks; anew when an answer was late, for a slip must be watched by answers that can be told apart. */
  const begin = async () => {
    for (let tries = 1; ; tries += 1) {
      const stream = await open(patience.open);
      if (stream === undefined) return undefined;
      const talk = converse(stream, questions, patience);
      const before = answers ? await stateOn(talk) : 'unknown';
      const isGood = before === 'unknown' || !PRINTER_STATES[before].prints || talk.isInStep();
      if (isGood || tries === TRIES_MOST) return { stream, talk, before };
      await stream.close(patience.close);
    }
  };

  const print = async (job: PrinterJob): Promise<PrintEnd> => {
    const begun = await begin();
    if (begun === undefined) {
      job.heard('offline');
      return { state: 'not-sent', reason: 'offline' };
    }
    const { stream, talk, before } = begun;
    try {
      job.heard(before);
      if (!PRINTER_STATES[before].prints) return { state: 'not-sent', reason: reasonOf(before) };
      try {
        job.sending();
      } catch {
        return { state: 'not-sent', reason: 'interrupted' };
      }
      return await (before === 'unknown'
        ? handOver(stream, job, patience)
        : printWatched(stream, talk, job, patience));
    } finally {
      await stream.close(patience.close);
    }
  };

  return {
    print: (job) => inTurn(() => print(job)),
    ask: () =>
      inTurn(async () => {
        const stream = await open(patience.open);
        if (stream === undefined) return 'offline';
        try {
          return answers ? await stateOn(converse(stream, questions, patience)) : 'unknown';
        } finally {
          await stream.close(patience.close);
        }
      }),
  };
}

/** Without answers all that can be known is whether the other side took everything and closed in order. */
async function handOver(
  stream: PrinterStream,
  { bytes }: PrinterJob,
  patience: PrinterPatience,
): Promise<PrintEnd> {
  const sent = await stream.send(bytes, patience.send);
  if (!sent) return { state: 'in-doubt', reason: 'line-dropped' };
  const taken = await stream.close(patience.close);
  return taken
    ? { state: 'printed', reason: 'handed-over' }
    : { state: 'in-doubt', reason: 'no-answer' };
}

async function printWatched(
  stream: PrinterStream,
  talk: Conversation,
  job: PrinterJob,
  patience: PrinterPatience,
): Promise<PrintEnd> {
  const broken = stream.broken.then(() => 'broken' as const);
  const sending = talk.send(job.bytes);
  const printed = talk.printed.then(() => 'printed' as const);
  const until = performance.now() + patience.print;
  while (performance.now() < until) {
    const seen = await within(patience.look, Promise.race([printed, broken]), 'look' as const);
    if (seen === 'broken') return { state: 'in-doubt', reason: 'line-dropped' };
    if (seen === 'printed') return afterwards(talk, job);
    const state = await talk.state();
    if (state === 'unknown') return { state: 'in-doubt', reason: 'no-answer' };
    job.heard(state);
    if (!PRINTER_STATES[state].prints) {
      // What it still holds must not come out when the paper has been changed and the visitor has gone.
      await stream.send(FORGET_ALL, patience.answer);
      return { state: 'in-doubt', reason: reasonOf(state) };
    }
  }
  // It answers and is well, but does not know how to say that it has printed.
  return (await sending) && talk.isInStep()
    ? { state: 'printed', reason: 'handed-over' }
    : { state: 'in-doubt', reason: 'no-answer' };
}

/** The paper is out; the state now is what the next visitor meets. */
async function afterwards(talk: Conversation, job: PrinterJob): Promise<PrintEnd> {
  if (talk.garbled()) return { state: 'in-doubt', reason: 'fault' };
  const after = await talk.state();
  if (after !== 'unknown') job.heard(after);
  return talk.garbled() ? { state: 'in-doubt', reason: 'fault' } : { state: 'printed', reason: '' };
}

const REASONS: Readonly<Partial<Record<TicketPrinterState, JobReason>>> = {
  'paper-out': 'paper-out',
  'cover-open': 'cover-open',
  jam: 'jam',
  fault: 'fault',
};

/** Why a printer in this state does not print. */
export function reasonOf(state: TicketPrinterState): JobReason {
  return REASONS[state] ?? 'offline';
}
