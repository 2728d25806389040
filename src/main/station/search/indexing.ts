import type { WritableDb } from '../store/sql.ts';
import { catchUp, indexContext } from './search-index.ts';

type Settings = Parameters<typeof indexContext>[0];

/** Small enough that a page's call in between is answered at once. */
const BATCH = 20;
const BETWEEN_MS = 5;
/** The first pages are drawn before indexing begins. */
const AFTER_START_MS = 1500;

/** Indexes what waits, in small steps between other work. */
export interface Indexing {
  /** Looks whether something waits; done at the start, and called after a mass load. */
  readonly wake: () => void;
  readonly stop: () => void;
}

/** Starts indexing in the background. What fails is reported and tried again at the next `wake`. */
export function startIndexing(
  db: WritableDb,
  settings: Settings,
  onFault: (error: unknown) => void,
): Indexing {
  let timer: NodeJS.Timeout | undefined;
  const step = () => {
    timer = undefined;
    try {
      if (!catchUp(db, indexContext(settings), BATCH)) timer = setTimeout(step, BETWEEN_MS);
    } catch (error) {
      onFault(error);
    }
  };
  const wake = () => {
    timer ??= setTimeout(step, AFTER_START_MS);
  };
  wake();
  return { wake, stop: () => clearTimeout(timer) };
}

/** Indexes all that waits, at once: for commands and tests. */
export function indexEverything(db: WritableDb, settings: Settings): void {
  const context = indexContext(settings);
  while (!catchUp(db, context, 500));
}
