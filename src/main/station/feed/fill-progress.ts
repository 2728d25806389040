import { feedChain } from '#shared/feed/feed-index.ts';
import { planReading } from '#shared/feed/feed-plan.ts';
import { readyPath } from '#shared/feed/ready-file.ts';
import { feedDivisions } from '../content/feed-divisions.ts';
import type { ReadableDb } from '../store/sql.ts';
import { FeedRefusal } from './feed-refusal.ts';
import type { TrustedFeed } from './trusted-feed.ts';

/** Who is told how far the first fill is, and what tells that it is the first. */
export interface Filling {
  readonly cache: ReadableDb;
  readonly station: string;
  /** Hears the share that was fetched, 0 to 1, from the beginning on. */
  readonly onFill?: ((share: number) => void) | undefined;
}

/** The same feed, which tells at a first fill how much of it has been fetched; later looks are short and tell nothing. */
export async function tellingFill(
  feed: TrustedFeed,
  { cache, station, onFill }: Filling,
): Promise<TrustedFeed> {
  if (onFill === undefined || feedDivisions(cache).size > 0) return feed;
  const bytes = new Map<string, number>();
  /** A ready-made file stands in place of its segment, and is as far on the way. */
  const segmentOf = new Map<string, string>();
  for (const division of feedChain(station))
    for (const segment of await segmentsOf(feed, division)) {
      bytes.set(segment.path, segment.bytes);
      segmentOf.set(readyPath(segment.path), segment.path);
    }
  const total = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  let fetched = 0;
  onFill(0);
  return {
    ...feed,
    fetch: async (path) => {
      const file = await feed.fetch(path);
      const segment = segmentOf.get(path) ?? path;
      fetched += bytes.get(segment) ?? 0;
      bytes.delete(segment);
      onFill(total === 0 ? 0 : fetched / total);
      return file;
    },
  };
}

/** A division that is refused is refused when it is read; here it only does not count. */
async function segmentsOf(feed: TrustedFeed, division: string) {
  try {
    const index = await feed.index(division);
    return index === undefined ? [] : planReading(index, undefined).segments;
  } catch (error) {
    if (error instanceof FeedRefusal) return [];
    throw error;
  }
}
