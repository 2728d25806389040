import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allRecords } from '#station/content/content-store.ts';
import {
  type FeedSource,
  openFeedSource,
  type ResumableSource,
} from '#station/feed/feed-source.ts';
import { type FeedTerminal, pullFeed } from '#station/feed/pull-feed.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { NOW } from '../../district/feed/sample-feed.ts';

/** The feed in a folder. */
export const folderSource = (folder: string): ResumableSource =>
  openFeedSource(pathToFileURL(folder).href, new AbortController().signal);

/** A terminal of a street in Wuhua without a host around it. */
export function sampleTerminal(root: Buffer, source: FeedSource) {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  const cache = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  const stationDb = openDatabase(join(folder, 'station.sqlite'), 'station');
  const terminal = {
    source,
    root,
    stationDb,
    cache,
    folder: join(folder, 'feed'),
    station: '530102001',
    now: () => NOW,
    beforeCommit: () => {},
  };
  return {
    terminal,
    cache,
    stationDb,
    pull: (change: Partial<FeedTerminal> = {}) => pullFeed({ ...terminal, ...change }),
    /** Names and versions of the notices that it has. */
    notices: () =>
      allRecords(cache, 'notice').map(({ id, version }) => `${id.slice(7)}@${version}`),
    remove: () => {
      closeDatabase(cache);
      closeDatabase(stationDb);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
