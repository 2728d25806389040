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
  /** Asks everything, one question after the other; `unknown` when it does not answer the first. */
  readonly state: () => Promise<TicketPrinterState>;
  /** Sends a slip and the request to say when it is printed; true when the way has taken all of it. */
  readonly send: (slip: Buffer) => Promise<boolean>;
  /** Resolves when the printer has said that everything before is printed. */
  readonly printed: Promise<void>;
  /** Whether it sends what no printer of this kind says: another device, or the wrong speed of a serial line. */
  readonly garbled: () => boolean;
}

/**
 * Begins to listen. `questions` are those that this printer is asked; one that it leaves unanswered, though it answered
 * the first, is taken off, so that it costs time only once.
 */
export function converse(
  stream: PrinterStream,
  questions: Set<Question>,
  patience: PrinterPatience,
): Conversation {
  const read = answerReader();
  const { promise: printed, resolve: sayPrinted } = Promise.withResolvers<void>();
  let garbled = false;
  let printAsked = false;
  let late = 0;
  let waiting: ((byte: number) => void) | undefined;
  // An answer that nobody asked for is garbage: a flood of bytes holds some that look right.
  const hear = (answer: Answer) => {
    if (answer.type === 'status' && waiting !== undefined) {
      waiting(answer.byte);
      waiting = undefined;
    } else if (answer.type === 'status' && late > 0) late -= 1;
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
    if (answer === undefined) late += 1;
    return answer;
  };
  return {
    state: async () => {
      const answers: Partial<Record<Question, number>> = {};
      for (const question of questions) {
        const byte = await ask(question);
        if (byte !== undefined) answers[question] = byte;
        else if (question === 'printer') break;
        else questions.delete(question);
      }
      return garbled ? 'fault' : stateOf(answers);
    },
    send: (slip) => {
      printAsked = true;
      return stream.send(Buffer.concat([slip, WHEN_PRINTED]), patience.send);
    },
    printed,
    garbled: () => garbled,
  };
}
