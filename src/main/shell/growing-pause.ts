/** Times in milliseconds. */
export interface PauseTimes {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After so long without a fault the pauses start small again. */
  readonly quietMs: number;
}

/**
 * How long to wait before something that died is started again: longer each time, up to a bound, and short again after a
 * quiet while. `clock` is monotonic milliseconds.
 */
export function growingPause(times: PauseTimes, clock: () => number): () => number {
  let pause = times.firstPauseMs;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock();
    pause =
      now - last > times.quietMs + pause
        ? times.firstPauseMs
        : Math.min(pause * 2, times.longestPauseMs);
    last = now;
    return pause;
  };
}
