import { mediaFileName } from '#shared/media/media-path.ts';
import type { SignedMedia } from '../feed/trusted-feed.ts';
import type { StationLog } from '../log/station-log.ts';
import { fetchMedia, MediaFault, type MediaPlace } from './fetch-media.ts';
import type { MediaFiles } from './media-files.ts';
import type { LeftReason, MediaLeft } from './media-left.ts';

/** What a keeper of media works with. */
export interface MediaKeeperOptions extends MediaPlace {
  /** All media of this terminal: a file that the deployment brought is not fetched. */
  readonly files: Pick<MediaFiles, 'isSound'>;
  readonly now: () => number;
  /** 0 to 1, another at each call; undefined where nobody else reads from the source, such as a stick. */
  readonly chance: (() => number) | undefined;
  readonly log: StationLog;
  /** Hears after each round what is not here. */
  readonly note: (left: MediaLeft) => void;
}

/** Fetches files beside the looks at the feed, and never in their way. */
export interface MediaKeeper {
  /** Says after a look what there should be; `arrived` is told when something of it is there. */
  readonly want: (files: readonly SignedMedia[], arrived: () => void) => void;
  /** Resolves when nothing is being fetched; for who stops the source. */
  readonly idle: () => Promise<void>;
}

/** Larger files are not begun by all terminals of a district at once. */
const SPREAD_FROM_BYTES = 10_000_000;
/** Terminals begin within so much time of each other that each takes this much of the district's line, whatever the size. */
const SPREAD_BYTES_PER_MS = 100;

/** A file that could not be taken is tried again after this pause, doubled at each failure, up to the longest. */
const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** Somebody clears the disk, and wants to see that it helped; to look for room costs nothing. */
const LONGEST_WITHOUT_ROOM_MS = 3_600_000;

interface Failure {
  readonly reason: LeftReason;
  readonly times: number;
  readonly notBefore: number;
}

/** Opens the keeper. Looks are its clock: each of them lets it try again what is due. */
export function openMediaKeeper(options: MediaKeeperOptions): MediaKeeper {
  const { files, now, chance, log, stop } = options;
  const failures = new Map<string, Failure>();
  let wanted: readonly SignedMedia[] = [];
  let working: Promise<void> | undefined;
  let starts: ReadonlyMap<string, number> = new Map();

  const startOf = ({ bytes }: SignedMedia) =>
    now() + (bytes < SPREAD_FROM_BYTES ? 0 : ((chance?.() ?? 0) * bytes) / SPREAD_BYTES_PER_MS);
  // A clock that was put back must not make a file wait until it is there again.
  const isPast = (moment: number, longestMs: number) =>
    moment <= now() || moment - now() > longestMs;
  const isDue = (name: string, { bytes }: SignedMedia) =>
    isPast(failures.get(name)?.notBefore ?? 0, LONGEST_PAUSE_MS) &&
    isPast(starts.get(name) ?? 0, bytes / SPREAD_BYTES_PER_MS);
  const fetchOne = async (media: SignedMedia): Promise<boolean> => {
    const name = mediaFileName(media);
    if (!isDue(name, media) || (await files.isSound(name, media))) return false;
    try {
      await fetchMedia(options, media);
      failures.delete(name);
      return true;
    } catch (error) {
      if (stop.aborted) return false;
      const times = (failures.get(name)?.times ?? 0) + 1;
      const reason = reasonOf(error);
      const longest = reason === 'no-room' ? LONGEST_WITHOUT_ROOM_MS : LONGEST_PAUSE_MS;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), longest);
      failures.set(name, { reason, times, notBefore: now() + pause });
      // Once for each spell of trouble: the rest of it is told by the self-test.
      if (times === 1) log.event('media-not-fetched', { reason });
      return false;
    }
  };
  const work = async (arrived: () => void) => {
    const tried = new Set<SignedMedia>();
    // The list may be another one by the time a film is here.
    for (let next = wanted[0]; next !== undefined && !stop.aborted; ) {
      tried.add(next);
      if (await fetchOne(next)) {
        log.event('media-fetched', { kind: next.mime });
        arrived();
      }
      next = wanted.find((media) => !tried.has(media));
    }
    const left = wanted.flatMap((media) => failures.get(mediaFileName(media)) ?? []);
    if (!stop.aborted) options.note({ files: left.length, reason: left[0]?.reason });
  };
  return {
    want: (media, arrived) => {
      wanted = media;
      starts = new Map(
        media.map((one) => {
          const name = mediaFileName(one);
          return [name, starts.get(name) ?? startOf(one)];
        }),
      );
      working ??= work(arrived)
        .catch((error: unknown) => log.event('media-failed', { reason: nameOf(error) }))
        .finally(() => {
          working = undefined;
        });
    },
    idle: async () => {
      await working;
    },
  };
}

function reasonOf(error: unknown): LeftReason {
  return error instanceof MediaFault ? error.reason : 'unreachable';
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
