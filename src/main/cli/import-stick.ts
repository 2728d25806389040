import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mediaFileName } from '#shared/media/media-path.ts';
import { readEnrolled } from '#station/district/enrolled.ts';
import { thisComputer } from '#station/doctor/computer.ts';
import { FeedRefusal, type FeedRefusalReason } from '#station/feed/feed-refusal.ts';
import {
  FeedUnreachable,
  openFeedSource,
  type ResumableSource,
} from '#station/feed/feed-source.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import type { SignedMedia } from '#station/feed/trusted-feed.ts';
import { fetchMedia, MediaFault, type MediaFaultReason } from '#station/media/fetch-media.ts';
import { openMediaFiles, ownMediaFolder } from '#station/media/media-files.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { readSetting } from '#station/store/settings.ts';
import { CliError } from './cli-error.ts';
import { withStationData } from './station-data.ts';

/** Why content on a stick was not taken, for technicians; what the terminal has stays in every case. */
const REFUSALS: Readonly<Record<FeedRefusalReason, string>> = {
  expired: '内容太旧，已经过了有效期，或者本机时间不对；请核对时间，再向区县要新的。',
  untrusted: '内容不是本区县签发的，或者被改动过，或者比本机已有的旧。',
  unreadable: '内容不完整，或者需要更新的程序。',
  'mass-deletion': '内容会删去很多条目，要区县先确认。',
  'own-outlet': '内容里没有本网点。',
  digest: '内容和区县的不一致，请重新拷一份。',
};

/** What came of the content on a stick. */
export interface ImportedFeed {
  readonly divisions: number;
  /** Pictures, films and pamphlets that were taken in. */
  readonly files: number;
  /** How many were not, and why the first of them was not. */
  readonly left: number;
  readonly why: MediaFaultReason | 'unreadable' | undefined;
}

/** The folder of a feed on a stick: itself, or `feed` in it; undefined when it has none. */
export function feedOnStick(folder: string): string | undefined {
  return [folder, join(folder, 'feed')].find((one) =>
    existsSync(join(one, 'metadata', 'timestamp.json')),
  );
}

/** The receipts on a stick, for whichever terminals they are. */
export function receiptsOnStick(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^receipts-.*\.json$/.test(name))
    .map((name) => join(folder, name));
}

/**
 * Takes content from a stick, proven as over the network. Also while the terminal runs: it sees within a minute that its content
 * changed. Taking it twice is harmless. Throws `CliError`.
 */
export async function importFeed(
  dataDir: string,
  feed: string,
  now: number,
): Promise<ImportedFeed> {
  const cachePath = join(dataDir, 'cache.sqlite');
  return await withStationData(dataDir, async (stationDb) => {
    const enrolled = readEnrolled(stationDb);
    const station = readSetting(stationDb, 'station');
    if (enrolled === undefined) throw new CliError('这台终端还没有登记到区县，请先用 enrol 登记。');
    if (typeof station !== 'string' || !existsSync(cachePath))
      throw new CliError('请先启动一次一体机。');
    const cache = openDatabase(cachePath, 'cache');
    const source = openFeedSource(pathToFileURL(feed).href, new AbortController().signal);
    try {
      const { changed, refused, media } = await pullFeed({
        ...{ cache, stationDb, station, now: () => now, beforeCommit: () => {}, source },
        root: Buffer.from(enrolled.district.root, 'base64'),
        // Not the folder in which a running terminal looks at its own source.
        folder: join(dataDir, 'feed-import'),
      });
      const [first] = refused;
      if (first !== undefined) throw first.refusal;
      return { divisions: changed.length, ...(await importMedia(dataDir, source, media)) };
    } catch (error) {
      throw sentenceOf(error);
    } finally {
      closeDatabase(cache);
    }
  });
}

/** Takes the files in after the records; one that cannot be taken keeps no other back. */
async function importMedia(
  dataDir: string,
  source: ResumableSource,
  media: readonly SignedMedia[],
): Promise<Omit<ImportedFeed, 'divisions'>> {
  const folder = ownMediaFolder(dataDir);
  const known = openMediaFiles([folder]);
  // Another ending than the running terminal's: both may be at the same file.
  const place = { ...{ source, folder, partial: '.stick', free }, stop: NEVER };
  let files = 0;
  const left: (MediaFaultReason | 'unreadable')[] = [];
  for (const file of media) {
    if (await known.isSound(mediaFileName(file), file)) continue;
    try {
      await fetchMedia(place, file);
      files += 1;
    } catch (error) {
      left.push(error instanceof MediaFault ? error.reason : 'unreadable');
    }
  }
  return { files, left: left.length, why: left[0] };
}

const NEVER = new AbortController().signal;
const free = async (folder: string) => (await thisComputer.space(folder)).free;

function sentenceOf(error: unknown): unknown {
  if (error instanceof FeedRefusal)
    return new CliError(`${REFUSALS[error.reason]}本机的内容没有改动。`, { cause: error });
  if (error instanceof FeedUnreachable)
    return new CliError('U 盘上的内容读不出来，请重新拷一份；本机的内容没有改动。', {
      cause: error,
    });
  return error;
}
