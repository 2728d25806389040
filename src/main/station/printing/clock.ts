/** Two clocks: the civil one, which can be wrong and can jump, and one that only goes forward while the computer runs. */
export interface PrintClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds since the computer started; it outlives the program, not the computer. */
  readonly uptime: () => number;
}

/** The computer's own uptime beside a given civil clock. */
export function printClock(now: () => number): PrintClock {
  return { now, uptime: () => Number(process.hrtime.bigint() / 1_000_000n) };
}
