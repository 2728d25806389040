import { existsSync, readdirSync, statSync } from 'node:fs';
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
import { proveRows } from '#station/feed/prove-rows.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import type { SignedMedia } from '#station/feed/trusted-feed.ts';
import { fetchMedia, MediaFault, type MediaFaultReason } from '#station/media/fetch-media.ts';
import { openMediaFiles, ownMediaFolder } from '#station/media/media-files.ts';
import { isDoubtful } from '#station/store/cache-database.ts';
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

/** What came of the content on a stick: each division is taken or refused by itself. */
export interface ImportedFeed {
  /** How many brought something new. */
  readonly divisions: number;
  /** Pictures, films and pamphlets that were taken in. */
  readonly files: number;
  /** How many were not, and why the first of them was not. */
  readonly left: number;
  readonly why: MediaFaultReason | 'unreadable' | undefined;
  readonly refusedDivisions: readonly RefusedDivision[];
}

interface RefusedDivision {
  readonly division: string;
  readonly reason: FeedRefusalReason;
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
 * changed. Taking it twice is harmless. Throws `CliError` when nothing of it could be read or believed.
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
    const assertKept = keeping(cachePath);
    const cache = openDatabase(cachePath, 'cache');
    const source = openFeedSource(pathToFileURL(feed).href, new AbortController().signal);
    try {
      // A terminal without a network looks at no feed by itself.
      await proveRows(cache);
      const { changed, refused, media } = await pullFeed({
        ...{ cache, stationDb, station, now: () => now, beforeCommit: () => {}, source },
        root: Buffer.from(enrolled.district.root, 'base64'),
        // Not the folder in which a running terminal looks at its own source.
        folder: join(dataDir, 'feed-import'),
      });
      const refusedDivisions = refused.map(({ division, refusal }) => ({
        division,
        reason: refusal.reason,
      }));
      const brought = await importMedia(dataDir, source, media);
      assertKept();
      return { divisions: changed.length, refusedDivisions, ...brought };
    } catch (error) {
      throw sentenceOf(error);
    } finally {
      closeDatabase(cache);
    }
  });
}

/**
 * Refuses to write into a cache that could not be read: a start may put another in its place. Gives what looks once more at the end;
 * by then that may have been done, too.
 */
function keeping(cachePath: string): () => void {
  const { ino } = statSync(cachePath);
  const assertKept = () => {
    if (isDoubtful(cachePath) || statSync(cachePath).ino !== ino)
      throw new CliError('本机的内容读出过错，没有导入；请先重启一体机，再导入一次。');
  };
  assertKept();
  return assertKept;
}

/** Takes the files in after the records; one that cannot be taken keeps no other back. */
async function importMedia(
  dataDir: string,
  source: ResumableSource,
  media: readonly SignedMedia[],
): Promise<Pick<ImportedFeed, 'files' | 'left' | 'why'>> {
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

/** Why files of a stick were left, and what helps. */
const LEFT_FILES: Readonly<Record<NonNullable<ImportedFeed['why']>, string>> = {
  'no-room': '磁盘空间不够，请清理磁盘，再导入一次',
  missing: 'U 盘上缺这些文件，请向区县要一份全的',
  'too-long': '文件和区县签发的不一样，请重新拷一份',
  'wrong-hash': '文件和区县签发的不一样，请重新拷一份',
  unreadable: '文件读不出来，请重新拷一份',
};

/** What came of the content on a stick, in words. */
export function contentWords(imported: ImportedFeed): string {
  const { divisions, files, left, why, refusedDivisions } = imported;
  const isNew = divisions + files > 0;
  const isAll = left + refusedDivisions.length === 0;
  const byReason = Map.groupBy(refusedDivisions, ({ reason }) => reason);
  const refused = [...byReason].map(([reason, those]) => {
    const names = those.map(({ division }) => division).join('、');
    return `区划 ${names} 的没有读入，还是原来的：${REFUSALS[reason]}`;
  });
  return [
    isNew ? '已读入新的内容；一体机开着的，一分钟内换上。' : '',
    !isNew && isAll ? 'U 盘上的内容本机都有了。' : '',
    files === 0 ? '' : `其中图片、视频、宣传册 ${files} 个。`,
    why === undefined ? '' : `还有 ${left} 个文件没有读入：${LEFT_FILES[why]}。`,
    ...refused,
  ].join('');
}

function sentenceOf(error: unknown): unknown {
  if (error instanceof FeedRefusal)
    return new CliError(`${REFUSALS[error.reason]}内容还是原来的。`, { cause: error });
  if (error instanceof FeedUnreachable)
    return new CliError('U 盘上的内容读不出来，请重新拷一份；内容还是原来的。', {
      cause: error,
    });
  return error;
}
