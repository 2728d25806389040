/**
 * What is done about a page that died, hangs or stays white, from the lightest measure to the last: load the same page,
 * load the first page, a new window, a new host, and a still page that needs nothing (lessons: "Pages").
 */
export const RUNGS = ['reload', 'home', 'window', 'host', 'recovery-page'] as const;
export type Rung = (typeof RUNGS)[number];

/**
 * Gives the measure for each fault: one rung higher than for the fault before, or the first again after a quiet while.
 * `clock` is monotonic milliseconds. The last rung is kept, so that the ladder ends.
 */
export function recoveryLadder(quietMs: number, clock: () => number): () => Rung {
  let next = 0;
  let lastFault = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock();
    if (now - lastFault > quietMs) next = 0;
    lastFault = now;
    const rung = RUNGS[next] ?? 'recovery-page';
    next += 1;
    return rung;
  };
}
