import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type TargetFile, Updater } from 'tuf-js';
import { DownloadHTTPError, ExpiredMetadataError } from 'tuf-js/dist/error.js';
import { type FeedIndex, feedIndexSchema, indexPath } from '#shared/feed/feed-index.ts';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { mediaTargetPath, type NamedFile } from '#shared/feed/feed-media.ts';
import type { WritableDb } from '../store/sql.ts';
import { FEED_BASE, type FeedFetcher, feedFetcher } from './feed-fetcher.ts';
import { keepMetadata, keptExpiry, layOutMetadata } from './feed-metadata.ts';
import { FeedRefusal } from './feed-refusal.ts';
import { type FeedSource, FeedUnreachable } from './feed-source.ts';

/** What a look at a feed needs. */
export interface FeedPlace {
  readonly source: FeedSource;
  /** The root that the terminal was given at enrolment, or with its profile. */
  readonly root: Buffer;
  /** Remembers which metadata was verified. */
  readonly stationDb: WritableDb;
  /** For files that pass through. */
  readonly folder: string;
  readonly now: () => number;
}

/** A file that records name, as a division's role signed it. */
export interface SignedMedia extends NamedFile {
  /** Where the source has it. */
  readonly path: string;
}

/**
 * A feed whose metadata was verified at this look. Each call throws `FeedUnreachable` when the source went away, and `FeedRefusal`
 * when what the division has there is missing or does not hold: the other divisions are none the worse.
 */
export interface TrustedFeed {
  /** What a division offers; undefined when the district does not publish it. */
  readonly index: (division: string) => Promise<FeedIndex | undefined>;
  /** Whether the division's role signs a file under this path. */
  readonly offers: (path: string) => Promise<boolean>;
  /** What the division's role says of a file that records name; undefined when it signs none. Nothing of it is fetched. */
  readonly media: (division: string, file: NamedFile) => Promise<SignedMedia | undefined>;
  /** Fetches a file that an index names and gives where it lies; one that was fetched before is not fetched again. */
  readonly fetch: (path: string) => Promise<string>;
  /** Throws away what was fetched but the indexes: an idle look must not fetch those again. */
  readonly tidy: () => void;
}

/**
 * Verifies a feed's metadata and hands it to `work`. Throws `FeedUnreachable` when the source does not answer and
 * `FeedRefusal` when it is not to be believed.
 */
export async function withTrustedFeed<Result>(
  place: FeedPlace,
  work: (feed: TrustedFeed) => Promise<Result>,
): Promise<Result> {
  const metadataDir = join(place.folder, 'metadata');
  const targetDir = join(place.folder, 'targets');
  mkdirSync(targetDir, { recursive: true });
  layOutMetadata(place.stationDb, place.root, metadataDir);
  const indexes = new Set<string>();
  const fetcher = feedFetcher(place.source, place.folder);
  try {
    const updater = new Updater({
      metadataDir,
      targetDir,
      metadataBaseUrl: `${FEED_BASE}metadata`,
      targetBaseUrl: `${FEED_BASE}targets`,
      fetcher,
    });
    setClock(updater, place.now());
    await updater.refresh();
    const apart = <Result>(read: () => Promise<Result>) => ofOneDivision(fetcher, place, read);
    return await work({
      index: (division) =>
        apart(async () => {
          const read = await readIndex(updater, targetDir, division);
          if (read !== undefined) indexes.add(read.file);
          return read?.index;
        }),
      tidy: () => {
        for (const name of readdirSync(targetDir))
          if (!indexes.has(join(targetDir, name))) rmSync(join(targetDir, name));
      },
      media: (division, file) => apart(() => signedMedia(updater, division, file)),
      offers: (path) => apart(async () => (await updater.getTargetInfo(path)) !== undefined),
      fetch: (path) =>
        apart(async () => {
          const target = await updater.getTargetInfo(path);
          if (target === undefined || target.length > FEED_LIMITS.packedBytes)
            throw new FeedRefusal('unreadable', `${path} is not signed, or too large`);
          return await fetched(updater, targetDir, target);
        }),
    });
  } catch (error) {
    throw fetcher.unreachable() ?? explained(error, isOver(place));
  } finally {
    keepMetadata(place.stationDb, place.root, metadataDir);
  }
}

async function readIndex(
  updater: Updater,
  targetDir: string,
  division: string,
): Promise<{ index: FeedIndex; file: string } | undefined> {
  const target = await updater.getTargetInfo(indexPath(division));
  if (target === undefined) return undefined;
  if (target.length > FEED_LIMITS.indexBytes)
    throw new FeedRefusal('unreadable', `the index of ${division} is too large`);
  const file = await fetched(updater, targetDir, target);
  const index = feedIndexSchema.safeParse(parsedJson(readFileSync(file, 'utf8')));
  if (!index.success || index.data.division !== division)
    throw new FeedRefusal('unreadable', `the index of ${division} is not of this protocol`);
  return { index: index.data, file };
}

/** Only what record and role say alike: its length bounds what is fetched, its hash what is kept. */
async function signedMedia(
  updater: Updater,
  division: string,
  file: NamedFile,
): Promise<SignedMedia | undefined> {
  const path = mediaTargetPath(division, file);
  const target = await updater.getTargetInfo(path);
  if (target?.length !== file.bytes || target.hashes.sha256 !== file.sha256) return undefined;
  const { dir, base } = posix.parse(path);
  return { ...file, path: `targets/${dir}/${file.sha256}.${base}` };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function fetched(updater: Updater, targetDir: string, target: TargetFile): Promise<string> {
  const file = join(targetDir, target.hashes.sha256 ?? encodeURIComponent(target.path));
  return (
    (await updater.findCachedTarget(target, file)) ?? (await updater.downloadTarget(target, file))
  );
}

/**
 * The library takes the computer's clock when it starts; time is passed in here (invariant 10). A test fails should a newer
 * version of it keep the moment elsewhere.
 */
function setClock(updater: Updater, now: number): void {
  const store: unknown = Reflect.get(updater, 'trustedSet');
  if (typeof store === 'object' && store !== null)
    Reflect.set(store, 'referenceTime', new Date(now));
}

/** The updater wraps what it finds expired on the way to the snapshot; what is known tells it as well. */
function isOver({ stationDb, root, now }: FeedPlace): boolean {
  return (keptExpiry(stationDb, root) ?? Number.POSITIVE_INFINITY) < now();
}

/** The updater wraps what a role or a file fails with; only a source that went away is more than its division's affair. */
async function ofOneDivision<Result>(
  fetcher: FeedFetcher,
  place: FeedPlace,
  read: () => Promise<Result>,
): Promise<Result> {
  const before = fetcher.unreachable();
  try {
    return await read();
  } catch (error) {
    const gone = fetcher.unreachable();
    if (gone !== undefined && gone !== before) throw gone;
    if (error instanceof DownloadHTTPError)
      throw new FeedRefusal('unreadable', 'a file is missing', { cause: error });
    throw refusalOf(error, isOver(place));
  }
}

function explained(error: unknown, isKnownOver: boolean): Error {
  if (error instanceof FeedUnreachable) return error;
  if (error instanceof DownloadHTTPError)
    return new FeedUnreachable('there is no feed at this place', { cause: error });
  return refusalOf(error, isKnownOver);
}

function refusalOf(error: unknown, isKnownOver: boolean): FeedRefusal {
  if (error instanceof FeedRefusal) return error;
  const isExpired = isKnownOver || error instanceof ExpiredMetadataError;
  const reason = isExpired ? 'expired' : 'untrusted';
  return new FeedRefusal(reason, 'the metadata does not hold', { cause: error });
}
