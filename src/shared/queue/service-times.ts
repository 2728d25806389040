/** How long visitors of a line take, learnt from those who were served. */
export interface ServiceTime {
  /** Expected minutes at the window. */
  readonly minutes: number;
  /** How much it has been learnt from, in visitors; the plan's figure counts as `PRIOR_WEIGHT`. */
  readonly weight: number;
}

/** The plan's guess counts as much as so many measured visitors. */
const PRIOR_WEIGHT = 6;
/** Older visitors fade: the newest always counts at least this share. */
const LEAST_SHARE = 0.04;
/** A visitor forgotten at the window, or finished by a slip of the hand, teaches no more than this multiple. */
const LONGEST_FACTOR = 3;
const SHORTEST_FACTOR = 0.2;

/** What is expected before anything was measured. */
export function plannedTime(minutes: number): ServiceTime {
  return { minutes, weight: PRIOR_WEIGHT };
}

/** The expectation after one more visitor: an exponentially weighted mean, with far-off times pulled in. */
export function learnTime(known: ServiceTime, minutes: number): ServiceTime {
  const bounded = Math.min(
    Math.max(minutes, known.minutes * SHORTEST_FACTOR),
    known.minutes * LONGEST_FACTOR,
  );
  const share = Math.max(LEAST_SHARE, 1 / (known.weight + 1));
  return {
    minutes: known.minutes + share * (bounded - known.minutes),
    weight: known.weight + 1,
  };
}
