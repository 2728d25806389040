import { quietMs } from './quiet.ts';

/**
 * What is done about a page that died, hangs, stays white or cannot be touched, from the lightest measure to the last: load
 * the same page, load the first page, a new window (or browser), a new host, and a still page that needs nothing
 * (lessons: "Pages").
 */
export const RUNGS = ['reload', 'home', 'window', 'host', 'recovery-page'] as const;
export type Rung = (typeof RUNGS)[number];

/** After so long without a fault the ladder begins at its foot. */
export const QUIET_MS = quietMs(120_000);

/** How long the recovery page stays before everything is tried again. */
export const RECOVERY_PAGE_MS = 60_000;

/**
 * Gives the measure for each fault: one rung higher than for the fault before, or the first again after a quiet while.
 * `clock` is monotonic milliseconds. The last rung is kept, so that the ladder ends. `lowest` is for a fault that lighter
 * measures cannot mend.
 */
export function recoveryLadder(afterQuietMs: number, clock: () => number): (lowest?: Rung) => Rung {
  let next = 0;
  let lastFault = Number.NEGATIVE_INFINITY;
  return (lowest = 'reload') => {
    const now = clock();
    if (now - lastFault > afterQuietMs) next = 0;
    lastFault = now;
    next = Math.max(next, RUNGS.indexOf(lowest));
    const rung = RUNGS[next] ?? 'recovery-page';
    next += 1;
    return rung;
  };
}
