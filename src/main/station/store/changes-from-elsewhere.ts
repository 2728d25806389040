import type { ReadableDb } from './sql.ts';

/** Whether another program changed a database since the last call: a technician's command that took content from a stick. */
export function changesFromElsewhere({ read }: ReadableDb): () => boolean {
  // Changes with commits of other connections only.
  const version = () => read.pragma('data_version', { simple: true });
  let known = version();
  return () => {
    const now = version();
    const hasChanged = now !== known;
    known = now;
    return hasChanged;
  };
}
