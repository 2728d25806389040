import type { ReadableDb } from '../store/sql.ts';

/** Gives what `read` gives, from memory while nothing has changed. What it gives is everybody's: never change it. */
export type Keep = <Value>(name: string, read: () => Value) => Value;

/**
 * Keeps what was read from a database until it or `circumstances` (the day, say) change. A page of one guide looks through
 * all questions and samples; to parse those anew for each touch costs more time, and more memory, than to keep them.
 */
export function keepReadings(db: ReadableDb, circumstances: () => string): Keep {
  const kept = new Map<string, unknown>();
  const stateOf = changesOf(db);
  let keptFor = '';
  return <Value>(name: string, read: () => Value): Value => {
    const state = `${stateOf()} ${circumstances()}`;
    if (state !== keptFor) kept.clear();
    keptFor = state;
    if (!kept.has(name)) kept.set(name, read());
    return kept.get(name) as Value;
  };
}

/** Counted up by SQLite: the first by changes through other connections, the second by changes through this one. */
function changesOf({ read }: ReadableDb): () => string {
  const others = read.prepare('pragma data_version').pluck();
  const own = read.prepare('select total_changes()').pluck();
  return () => `${String(others.get())} ${String(own.get())}`;
}
