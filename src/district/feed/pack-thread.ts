import { parentPort } from 'node:worker_threads';
import { type PackOrder, writeSegment } from './write-segment.ts';
import type { WrittenTarget } from './write-target.ts';

/** What was written, or why not. */
export interface PackAnswer {
  readonly files?: readonly WrittenTarget[];
  readonly error?: { readonly message: string; readonly code?: string | undefined };
}

/** Takes orders one after the other; each is answered. */
parentPort?.on('message', (order: PackOrder) => {
  const say = (answer: PackAnswer) => parentPort?.postMessage(answer);
  try {
    say({ files: writeSegment(order) });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    say({ error: { message, code } });
  }
});
