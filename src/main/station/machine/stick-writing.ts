import { dirname, extname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { removeParts } from './stick-parts.ts';
import type { StickOrder, StickWord } from './stick-thread.ts';

/** Beside this file in the sources, beside the program when built. */
export const STICK_THREAD = join(
  import.meta.dirname,
  `stick-thread${extname(import.meta.filename)}`,
);

/** A stick that answers no more must not keep the host from closing its databases, for which the shell waits 10 s. */
const STOP_WITHIN_MS = 3000;

/** Writes to a stick without the host waiting for it: a worn stick takes seconds for a flush, and the shell kills a host that hangs. */
export interface StickWriting {
  /** Rejects with the error of the system or of SQLite, its `code` included. Whatever happens, nothing half written stays on the stick. */
  readonly write: (order: StickOrder) => Promise<void>;
  /** Ends a write that is still going. */
  readonly stop: () => Promise<void>;
}

/** `start` is another way to start the thread, for tests. */
export function openStickWriting(start: (order: StickOrder) => Worker = startThread): StickWriting {
  const threads = new Map<Worker, Promise<void>>();
  let isStopped = false;
  return {
    write: async (order) => {
      if (isStopped) throw new Error('The host is closing.');
      const thread = start(order);
      const ended = endOf(thread, order);
      threads.set(thread, ended);
      try {
        await ended;
      } finally {
        threads.delete(thread);
      }
    },
    stop: async () => {
      isStopped = true;
      const ends = [...threads].map(([thread, ended]) => {
        void thread.terminate();
        return ended;
      });
      if (ends.length === 0) return;
      await Promise.race([
        Promise.allSettled(ends),
        after(STOP_WITHIN_MS, undefined, { ref: false }),
      ]);
    },
  };
}

/** A thread and not a process: the packaged Electron program can start no Node of its own. */
function startThread(order: StickOrder): Worker {
  return new Worker(STICK_THREAD, { workerData: { order } });
}

async function endOf(thread: Worker, order: StickOrder): Promise<void> {
  const word = await lastWordOf(thread);
  if (word.isWritten) return;
  // A stick that was pulled out has nothing to clean; the next write does it.
  await removeParts(dirname(order.file)).catch(() => {});
  const error = new Error(word.message);
  throw word.code === undefined ? error : Object.assign(error, { code: word.code });
}

/** Only when the thread has ended does nobody hold its files. */
function lastWordOf(thread: Worker): Promise<StickWord> {
  return new Promise((resolve) => {
    let word: StickWord = { isWritten: false, message: 'The thread was ended.' };
    thread.on('message', (said: StickWord) => {
      word = said;
    });
    thread.on('error', (error) => {
      word = { isWritten: false, message: String(error) };
    });
    thread.once('exit', () => resolve(word));
  });
}
