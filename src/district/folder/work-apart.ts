import { Worker } from 'node:worker_threads';
import { type After, afterTime } from '../after.ts';
import { StartFault } from '../start-fault.ts';

/** Ten times what a province's content needs. */
const MEMORY_MB = 1_024;
/** Ten times what as much content as may be takes on a slow server. */
const WITHIN_MS = 120_000;
const TOO_MUCH = '内容太多，请分成几份。';

/** What a thread of its own rests on. */
export interface ApartParts {
  /** What the thread runs; it is given `data`, and says one thing. */
  readonly program: URL;
  readonly data: unknown;
  readonly after?: After | undefined;
}

/**
 * Lets a thread do something in memory and time of its own: terminals are answered meanwhile, and what is made to fill the memory, or
 * to take for ever, takes only that. Throws `StartFault` when it is too much, and what the thread throws.
 */
export async function workApart(parts: ApartParts): Promise<unknown> {
  const thread = new Worker(parts.program, {
    workerData: parts.data,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  try {
    return await said(thread, parts.after ?? afterTime);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw new StartFault(TOO_MUCH, { cause: error });
    throw error;
  } finally {
    // Not waited for: one that hangs in the system does not end either.
    void thread.terminate();
  }
}

function said(thread: Worker, after: After): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const isHeard = after(WITHIN_MS, () =>
    reject(new StartFault('内容太多，两分钟也没有处理完，请分成几份。')),
  );
  thread.once('message', resolve);
  thread.once('messageerror', reject);
  thread.on('error', reject);
  thread.once('exit', () => reject(new Error('The thread ended without a word.')));
  return promise.finally(isHeard);
}
