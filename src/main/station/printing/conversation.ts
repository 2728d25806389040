import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import {
  type Answer,
  answerReader,
  type Question,
  questionBytes,
  stateOf,
  WHEN_PRINTED,
} from './printer-answers.ts';
import type { PrinterPatience } from './ticket-printer.ts';
import type { PrinterStream } from './transports/printer-stream.ts';
import { within } from './transports/within.ts';

/** Talking with a printer over an open way. */
export interface Conversation {
  /**
   * Asks everything, one question after the other; `unknown` when it does not answer the first. Once an answer was late no
   * more is asked, and the state is what was heard before.
   */
  readonly state: () => Promise<TicketPrinterState>;
  /** Whether every question was answered in time. If not, an answer may still come, and nobody could say to which question. */
  readonly isInStep: () => boolean;
  /** Sends a slip and the request to say when it is printed; true when the way has taken all of it. */
  readonly send: (slip: Buffer) => Promise<boolean>;
  /** Resolves when the printer has said that everything before is printed. */
  readonly printed: Promise<void>;
  /** Whether it sends what no printer of this kind says: another device, or the wrong speed of a serial line. */
  readonly garbled: () => boolean;
}

/** The questions that a printer is asked, each with how many connections running it was left unanswered. */
export type AskedQuestions = Map<Question, number>;

/** A network may stand still for a second, but not at the same question each time: this printer does not know it. */
const UNANSWERED_MOST = 3;

/**
 * Begins to listen. `questions` are those that this printer is asked; one that it left unanswered on three connections
 * running, though it answered the first, is taken off and costs no more time.
 */
export function converse(
  stream: PrinterStream,
  questions: AskedQuestions,
  patience: PrinterPatience,
): Conversation {
  const read = answerReader();
  const { promise: printed, resolve: sayPrinted } = Promise.withResolvers<void>();
  let garbled = false;
  let printAsked = false;
  let isInStep = true;
  let isLateDue = false;
  let answers: Partial<Record<Question, number>> = {};
  let waiting: ((byte: number) => void) | undefined;
  // An answer that nobody asked for is garbage: a flood of bytes holds some that look right.
  const hear = (answer: Answer) => {
    if (answer.type === 'status' && waiting !== undefined) {
      waiting(answer.byte);
      waiting = undefined;
    } else if (answer.type === 'status' && isLateDue) isLateDue = false;
    else if (answer.type === 'printed' && printAsked) sayPrinted();
    else if (answer.type !== 'report') garbled = true;
  };
  stream.listen((bytes) => {
    for (const answer of read(bytes)) hear(answer);
  });

  const ask = async (question: Question): Promise<number | undefined> => {
    const { promise, resolve } = Promise.withResolvers<number>();
    waiting = resolve;
    void stream.send(questionBytes(question), patience.answer);
    const gone = stream.broken.then(() => undefined);
    const answer = await within(patience.answer, Promise.race([promise, gone]), undefined);
    waiting = undefined;
    if (answer === undefined) {
      isInStep = false;
      isLateDue = true;
    }
    return answer;
  };
  const askAll = async () => {
    answers = {};
    for (const [question, unanswered] of questions) {
      const byte = await ask(question);
      if (byte === undefined) {
        if (question === 'printer') return;
        if (unanswered + 1 < UNANSWERED_MOST) questions.set(question, unanswered + 1);
        else questions.delete(question);
        return;
      }
      answers[question] = byte;
      questions.set(question, 0);
    }
  };
  return {
    state: async () => {
      if (isInStep) await askAll();
      return garbled ? 'fault' : stateOf(answers);
    },
    isInStep: () => isInStep,
    send: (slip) => {
      printAsked = true;
      return stream.send(Buffer.concat([slip, WHEN_PRINTED]), patience.send);
    },
    printed,
    garbled: () => garbled,
  };
}
