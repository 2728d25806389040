import { telling } from '../store/damage.ts';
import type { WritableDb } from '../store/sql.ts';
import { countTokens, isCountingDue } from './frequent-tokens.ts';
import { catchUp, indexContext, isCaughtUp, mergeSome } from './search-index.ts';

type Settings = Parameters<typeof indexContext>[0];

/** Small enough that a page's call in between is answered at once. */
const BATCH = 20;
const BETWEEN_MS = 5;
/** After so many steps the index is in many parts. */
const STEPS_OF_MASS = 50;
/** Some milliseconds of work. */
const MERGED_PAGES = 64;
/** Tokens counted in one go: some milliseconds of work, too. */
const COUNTED_TERMS = 500;
/** The first pages are drawn before indexing begins. */
const AFTER_START_MS = 1500;

/** After a fault (a disk without room) it is tried again, less and less often. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** Indexes what waits, in small steps between other work. */
export interface Indexing {
  /** Looks whether something waits; done at the start, and called after a mass load. */
  readonly wake: () => void;
  readonly stop: () => void;
}

/** Runs something later; gives what takes that back. */
export type Later = (work: () => void, ms: number) => () => void;

const byTimer: Later = (work, ms) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** Starts indexing in the background. What fails is reported and tried again after a pause that grows. */
export function startIndexing(
  db: WritableDb,
  settings: Settings,
  onFault: (error: unknown) => void,
  later: Later = byTimer,
): Indexing {
  let takeBack: (() => void) | undefined;
  let pause = FIRST_PAUSE_MS;
  let steps = 0;
  let counting: (() => boolean) | undefined;
  /** True when nothing is left. */
  const work = () => {
    if (!isCaughtUp(db)) {
      steps += 1;
      catchUp(db, indexContext(settings), BATCH);
      return false;
    }
    if (steps >= STEPS_OF_MASS && !mergeSome(db, MERGED_PAGES)) return false;
    if (counting === undefined && !isCountingDue(db)) return true;
    counting ??= countTokens(db, COUNTED_TERMS);
    if (counting()) counting = undefined;
    return false;
  };
  const step = () => {
    takeBack = undefined;
    try {
      if (telling(db.write, work)) steps = 0;
      else takeBack = later(step, BETWEEN_MS);
      pause = FIRST_PAUSE_MS;
    } catch (error) {
      counting = undefined;
      takeBack = later(step, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      onFault(error);
    }
  };
  const wake = () => {
    takeBack ??= later(step, AFTER_START_MS);
  };
  wake();
  return { wake, stop: () => takeBack?.() };
}

const EVERY_PAGE = 100_000;

/** Indexes all that waits, at once: for commands and tests. */
export function indexEverything(db: WritableDb, settings: Settings): void {
  const context = indexContext(settings);
  if (!isCaughtUp(db)) {
    while (!catchUp(db, context, 500));
    while (!mergeSome(db, EVERY_PAGE));
  }
  if (!isCountingDue(db)) return;
  const count = countTokens(db, COUNTED_TERMS);
  while (!count());
}
