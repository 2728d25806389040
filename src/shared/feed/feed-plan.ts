import type { FeedDelta, FeedIndex, FeedSegment } from './feed-index.ts';

/** How far a terminal has applied a division: the end of the last segment whose rows it holds. */
export interface FeedCursor {
  readonly epoch: string;
  readonly sequence: number;
}

/** What a terminal reads, in this order. */
export interface FeedPlan {
  /** Whether the segments stand in place of all that the terminal has of the division. */
  readonly isBase: boolean;
  /** Whether what the terminal has is an earlier state of the same numbering. */
  readonly goesOn: boolean;
  readonly segments: readonly (FeedSegment | FeedDelta)[];
}

/**
 * Which segments bring a terminal from its cursor to the top of an index. A delta may begin before the cursor: rows give
 * states, so that those already known change nothing. Below the floor, in another epoch, or ahead of the top (a server
 * that lost its newest changes) only the base helps.
 */
export function planReading(index: FeedIndex, cursor: FeedCursor | undefined): FeedPlan {
  const goesOn = cursor?.epoch === index.epoch && cursor.sequence <= index.top;
  const isBase = !goesOn || cursor.sequence < index.floor;
  const from = isBase ? index.base.to : cursor.sequence;
  const deltas = index.deltas.filter(({ to }) => to > from);
  return { isBase, goesOn, segments: isBase ? [...index.base.segments, ...deltas] : deltas };
}

/** What a terminal reads after it took the base's records in another way: what came since. */
export function planAfterBase(index: FeedIndex): FeedPlan {
  const { segments } = planReading(index, { epoch: index.epoch, sequence: index.base.to });
  return { isBase: true, goesOn: false, segments };
}
