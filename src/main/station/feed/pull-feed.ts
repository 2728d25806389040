import { readFileSync } from 'node:fs';
import { feedChain } from '#shared/feed/feed-index.ts';
import { type FeedPlan, planReading } from '#shared/feed/feed-plan.ts';
import { appliedDivision } from '../content/feed-divisions.ts';
import type { WritableDb } from '../store/sql.ts';
import { applyDivision } from './apply-division.ts';
import { FeedRefusal } from './feed-refusal.ts';
import { type FeedPlace, type TrustedFeed, withTrustedFeed } from './trusted-feed.ts';

/** A terminal that takes content from a feed. */
export interface FeedTerminal extends FeedPlace {
  readonly cache: WritableDb;
  readonly station: string;
  /** Runs in the transaction of each division, before its commit. */
  readonly beforeCommit: () => void;
}

/** What a look at the feed gave. */
export interface FeedLook {
  /** The divisions whose content changed. */
  readonly changed: readonly string[];
  /** Divisions that stayed as they were because their update was refused. */
  readonly refused: readonly { readonly division: string; readonly refusal: FeedRefusal }[];
}

/**
 * Looks at a feed once and takes in what is new of this terminal's chain, each division in a transaction of its own; a
 * division that is refused does not keep the others back. Throws `FeedUnreachable` or `FeedRefusal` when there is nothing to
 * take or believe; whatever happens, the content is that of before or after.
 */
export async function pullFeed(terminal: FeedTerminal): Promise<FeedLook> {
  return await withTrustedFeed(terminal, async (feed) => {
    const changed: string[] = [];
    const refused: { division: string; refusal: FeedRefusal }[] = [];
    for (const division of feedChain(terminal.station)) {
      try {
        if (await pullDivision(terminal, feed, division)) changed.push(division);
      } catch (error) {
        if (!(error instanceof FeedRefusal)) throw error;
        refused.push({ division, refusal: error });
      }
    }
    if (refused.length === 0) feed.tidy();
    return { changed, refused };
  });
}

/** Takes in what is new of a division; false when nothing is. */
async function pullDivision(
  terminal: FeedTerminal,
  feed: TrustedFeed,
  division: string,
): Promise<boolean> {
  const { cache, station, beforeCommit } = terminal;
  const index = await feed.index(division);
  if (index === undefined) return false;
  const apply = async (plan: FeedPlan) => {
    const files = new Map<string, string>();
    for (const { path } of plan.segments) files.set(path, await feed.fetch(path));
    const read = ({ path }: { readonly path: string }) => readFileSync(files.get(path) ?? '');
    applyDivision(cache, { index, plan, read, station, now: terminal.now(), beforeCommit });
  };
  const plan = planReading(index, appliedDivision(cache, division));
  if (!plan.isBase && plan.segments.length === 0) return false;
  try {
    await apply(plan);
  } catch (error) {
    // Rows that are not the district's, whatever made them so, are mended from the base.
    const isMendable = error instanceof FeedRefusal && error.reason === 'digest' && !plan.isBase;
    if (!isMendable) throw error;
    await apply(planReading(index, undefined));
  }
  return true;
}
