import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FeedSource, openFeedSource } from '#station/feed/feed-source.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';

/** By which way a terminal fills. */
export type Way = 'segments' | 'file';

/** What the program below says of its look. */
export interface Told {
  readonly coldMs: number;
  readonly beforeMB: number;
  readonly peakMB: number;
}

/** A terminal without a host around it, with an empty cache; `beforeCommit` is the last of each transaction. */
export function openFilling(
  folder: string,
  source: FeedSource,
  root: Buffer,
  beforeCommit: (cache: WritableDb) => void = () => {},
) {
  mkdirSync(folder, { recursive: true });
  const cache = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  const stationDb = openDatabase(join(folder, 'station.sqlite'), 'station');
  return {
    cache,
    pull: () =>
      pullFeed({
        ...{ source, root, stationDb, cache },
        ...{ folder: join(folder, 'feed'), station: '530102001', now: () => NOW },
        beforeCommit: () => beforeCommit(cache),
      }),
    close: () => {
      closeDatabase(cache);
      closeDatabase(stationDb);
    },
  };
}

/** The feed at an address, with the ready-made files or as if there were none. */
export function feedBy(url: string, way: Way): FeedSource {
  const web = openFeedSource(url, new AbortController().signal);
  const read: FeedSource['read'] = async (path) =>
    way === 'segments' && path.endsWith('.sqlite.zst') ? undefined : await web.read(path);
  return { read };
}

/** As a program, `FOLDER URL ROOT WAY`: looks once, which fills an empty folder, and says how much memory it took. */
if (import.meta.main) {
  const [folder = '', url = '', root = '', way = ''] = process.argv.slice(2);
  const source = feedBy(url, way === 'file' ? 'file' : 'segments');
  const terminal = openFilling(folder, source, readFileSync(root));
  const beforeMB = process.memoryUsage().rss / 1e6;
  const began = performance.now();
  await terminal.pull();
  const coldMs = performance.now() - began;
  const peakMB = process.resourceUsage().maxRSS / 1e3;
  const told: Told = { coldMs, beforeMB, peakMB };
  console.log(JSON.stringify(told));
}
