import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type After, afterTime } from '../after.ts';
import type { DivisionFeed, SegmentText } from './division-log.ts';
import type { PackAnswer } from './pack-thread.ts';
import { targetPath } from './target-path.ts';
import { type PackOrder, writeSegment } from './write-segment.ts';
import type { WrittenTarget } from './write-target.ts';

/** Segments never change: what was packed and written once is not packed again. */
const written = new WeakMap<SegmentText, readonly WrittenTarget[]>();

/** The files of a segment in a feed's folder, if they lie there. */
function filesOf(folder: string, segment: SegmentText): readonly WrittenTarget[] | undefined {
  const files = written.get(segment);
  const isThere = ({ path, sha256 }: WrittenTarget) => existsSync(targetPath(folder, path, sha256));
  return files?.every(isThere) === true ? files : undefined;
}

/** The division, for a segment that gets a ready-made file. */
function readyFor({ index }: DivisionFeed, { path }: SegmentText): string | undefined {
  return index.base.segments.some((part) => part.path === path) ? index.division : undefined;
}

/** The files of all segments of a division; those that do not lie there are written on this thread. */
export function segmentFiles(folder: string, feed: DivisionFeed): WrittenTarget[] {
  return feed.segments.flatMap((segment) => {
    const known = filesOf(folder, segment);
    const files = known ?? writeSegment({ folder, segment, readyFor: readyFor(feed, segment) });
    written.set(segment, files);
    return files;
  });
}

/** So much is packed sooner than a thread starts. */
const FEW_CHARACTERS = 200_000;
const FEW_SEGMENTS = 4;

/** Straight from the sources, as the server itself. */
const PACK_THREAD = join(import.meta.dirname, 'pack-thread.ts');

/** Lays segments out before they are signed, on another thread when they are more than a few, so that the server goes on answering. */
export interface Packer {
  /** Rejects when a segment cannot be written. */
  readonly layOut: (feed: DivisionFeed) => Promise<void>;
  /** Ends the thread. */
  readonly end: () => Promise<void>;
}

/** So long one segment may take: a hundred times what the largest takes on a slow server. */
const ORDER_WITHIN_MS = 120_000;

/** What a packer rests on beside the folder. */
export interface PackingParts {
  /** What its thread runs. */
  readonly program: string;
  readonly after: After;
}

const PARTS: PackingParts = { program: PACK_THREAD, after: afterTime };

/** The thread neither answers nor ends. */
class SilentThread extends Error {}

/**
 * Opens a packer for one write of the feed in this folder. A thread that neither answers nor ends in time is ended, and another is given
 * the order; one order gets no third, so that it holds the other divisions up for four minutes at most.
 */
export function openPacker(folder: string, parts: Partial<PackingParts> = {}): Packer {
  const { program, after } = { ...PARTS, ...parts };
  let thread: Worker | undefined;
  let segments = 0;
  let characters = 0;
  const isMuch = ({ text }: SegmentText) => {
    segments += 1;
    characters += text.length;
    return segments > FEW_SEGMENTS || characters > FEW_CHARACTERS;
  };
  const opened = () => {
    const worker = new Worker(program);
    // One that has ended tells nothing any more: an order given to it would wait for ever.
    const forget = () => {
      if (thread === worker) thread = undefined;
    };
    return worker.on('error', forget).on('exit', forget);
  };
  const tryPacking = async (order: PackOrder) => {
    thread ??= opened();
    const asked = thread;
    return answerWithin(asked, order, after).catch((error: unknown) => {
      if (error instanceof SilentThread) {
        thread = undefined;
        // Not waited for: one that hangs in the system does not end either.
        void asked.terminate();
      }
      throw error;
    });
  };
  const pack = (order: PackOrder) =>
    tryPacking(order).catch((error: unknown) => {
      if (error instanceof SilentThread) return tryPacking(order);
      throw error;
    });
  return {
    layOut: async (feed) => {
      for (const segment of feed.segments) {
        // Whether it still lies there is looked at when it is signed.
        if (written.has(segment)) continue;
        const order = { folder, segment, readyFor: readyFor(feed, segment) };
        written.set(segment, isMuch(segment) ? await pack(order) : writeSegment(order));
      }
    },
    end: async () => {
      await thread?.terminate();
    },
  };
}

function answerWithin(
  thread: Worker,
  order: PackOrder,
  after: PackingParts['after'],
): Promise<readonly WrittenTarget[]> {
  return new Promise((resolve, reject) => {
    const isLate = () =>
      refuse(new SilentThread(`The thread that packs ${order.segment.path} does not answer.`));
    const isHeard = after(ORDER_WITHIN_MS, isLate);
    const listen = (on: 'once' | 'off') => {
      if (on === 'off') isHeard();
      thread[on]('message', take);
      thread[on]('messageerror', refuse);
      thread[on]('error', refuse);
      thread[on]('exit', refuse);
    };
    const refuse = (why: unknown) => {
      listen('off');
      reject(why instanceof Error ? why : new Error('The thread that packs segments has ended.'));
    };
    const take = ({ files, error }: PackAnswer) => {
      listen('off');
      if (files === undefined) reject(Object.assign(new Error(error?.message), error));
      else resolve(files);
    };
    listen('once');
    thread.postMessage(order);
  });
}
