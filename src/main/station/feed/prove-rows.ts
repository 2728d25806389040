import { setImmediate as otherWork } from 'node:timers/promises';
import { proveDivision } from '../content/division-digest.ts';
import { feedDivisions } from '../content/feed-divisions.ts';
import type { WritableDb } from '../store/sql.ts';

/**
 * Reads all rows that the feed gave, in steps between other work, and gives the divisions in which they are not those that were
 * applied: the file was damaged beneath SQLite. The next look at the feed brings those anew. Rejects when `stop` ends it.
 */
export async function proveRows(db: WritableDb, stop?: AbortSignal): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const division of feedDivisions(db))
    if (!(await proveDivision(db, division, () => otherWork(undefined, { signal: stop }))))
      damaged.push(division);
  return damaged;
}

/** By day and night a terminal may run for months: rows are proven at its first look and once a day. */
const PROVEN_FOR_MS = 24 * 3_600_000;

/** `proveRows` where it is due, and nothing in between. */
export function openDailyProof(
  db: WritableDb,
  now: () => number,
  stop: AbortSignal,
): () => Promise<readonly string[]> {
  let provenAt: number | undefined;
  return async () => {
    // Also when the clock was put back.
    const isDue = provenAt === undefined || Math.abs(now() - provenAt) >= PROVEN_FOR_MS;
    if (!isDue) return [];
    const damaged = await proveRows(db, stop);
    provenAt = now();
    return damaged;
  };
}
