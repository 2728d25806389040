import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusedContent } from '#shared/operations/heartbeat.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { thisComputer } from '../doctor/computer.ts';
import type { StationLog } from '../log/station-log.ts';
import { openMediaKeeper } from '../media/keep-media.ts';
import type { MediaFiles } from '../media/media-files.ts';
import { noteMediaLeft } from '../media/media-left.ts';
import { removeUnnamed } from '../media/remove-unnamed.ts';
import { StartError } from '../start-error.ts';
import { keptExpiry } from './feed-metadata.ts';
import { FeedRefusal } from './feed-refusal.ts';
import { openFeedSource } from './feed-source.ts';
import { mediaNamed } from './media-wants.ts';
import { openDailyProof } from './prove-rows.ts';
import type { FeedLook, FeedTerminal } from './pull-feed.ts';

/** The file beside `profile.yaml` that holds the root of the district's feed. */
const ROOT_FILE = 'feed-root.json';

/** A source that does not answer is asked less and less often, up to this pause. */
const LONGEST_PAUSE_MINUTES = 60;

/** So long after a change at most a district has written its feed. */
const WRITTEN_WITHIN_MS = 2_000;

/** What the feed of a terminal is opened with. */
export interface FeedOptions extends Omit<FeedTerminal, 'source' | 'root' | 'onFill'> {
  readonly settings: Profile['feed'];
  readonly profileDir: string;
  /** The root that came with the enrolment; the file beside the profile otherwise. */
  readonly root?: Buffer | undefined;
  readonly log: StationLog;
  /** Where files that records name are kept, and what else this terminal has of them. */
  readonly media: { readonly folder: string; readonly files: MediaFiles };
}

/** A division that stays as it is, as the district is told. */
export interface RefusedDivision extends RefusedContent {
  readonly division: string;
}

/** The feed of a running terminal. */
export interface Feed {
  /** Looks at once and from then on again and again; `changed` is told of new content after its commit. */
  readonly start: (changed: () => void) => void;
  /** Whether what is shown may be out of date: nobody renewed the feed in time, or what it brought was refused. */
  readonly isStale: () => boolean;
  /** Looks within seconds: something that this terminal wrote is about to be in the feed. */
  readonly wake: () => void;
  /** When the feed was last read and found sound, epoch milliseconds; undefined before that. */
  readonly checkedAt: () => number | undefined;
  /** The divisions of which the newest look did not take what is published, and why. */
  readonly refused: () => readonly RefusedDivision[];
  /** The share of a first fill that has been fetched, 0 to 1; undefined while none goes on. */
  readonly filled: () => number | undefined;
  /** Breaks off a look that is going on and waits for its end. */
  readonly stop: () => Promise<void>;
}

/** Opens the feed that a profile names, if it names one. Throws `StartError` when its root is missing. */
export function openFeed(options: FeedOptions): Feed | undefined {
  const { settings, stationDb, now, log } = options;
  if (settings === undefined) return undefined;
  const stopping = new AbortController();
  const root = options.root ?? readRoot(options.profileDir);
  const source = openFeedSource(settings.url, stopping.signal);
  const keeper = openMediaKeeper({
    ...{ ...options.media, source, now, log, stop: stopping.signal },
    chance: settings.url.startsWith('file:') ? undefined : Math.random,
    note: (left) => noteMediaLeft(stationDb, left, now()),
    ...{ partial: '.partial', free: async (folder) => (await thisComputer.space(folder)).free },
  });
  const proveRows = openDailyProof(options.cache, now, stopping.signal);
  let filled: number | undefined;
  const terminal = {
    ...{ ...options, root, source },
    onFill: (share: number) => {
      filled = share;
    },
  };
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let pause = settings.everyMinutes;
  let trouble = '';
  const setAside = new Map<string, string>();
  let isWokenMeanwhile = false;
  const soon = () => WRITTEN_WITHIN_MS * (1 + Math.random());
  let checkedAt: number | undefined;
  let refused: readonly RefusedDivision[] = [];
  let waiting: (() => void) | undefined;

  const note = (event: string, facts: { reason: string; division?: string }[]) => {
    const told = JSON.stringify([event, facts]);
    // The same trouble at each poll is one line in the log, not three hundred a day.
    if (told !== trouble) for (const fact of facts) log.event(event, fact);
    trouble = facts.length === 0 ? '' : told;
  };
  const noteSetAside = (event: string, files: FeedLook['setAside']) => {
    const known = setAside.get(event);
    const told = JSON.stringify(files);
    if (told !== known) for (const file of files) log.event(event, { ...file });
    setAside.set(event, told);
  };
  /** Beside the look: a database that cannot be proven is none the better for not being fed. */
  const prove = async () => {
    try {
      for (const division of await proveRows()) log.event('feed-rows-damaged', { division });
    } catch (error) {
      log.event('feed-proof-failed', { reason: error instanceof Error ? error.name : 'unknown' });
    }
  };
  const look = async (changed: () => void): Promise<void> => {
    try {
      // Read at the first look: a terminal without a feed needs none of what verifies it.
      const { pullFeed } = await import('./pull-feed.ts');
      await prove();
      const found = await pullFeed(terminal);
      if (found.refused.length === 0) checkedAt = now();
      refused = found.refused.map(({ division, refusal: { reason, deletion } }) => ({
        ...{ division, reason, ...deletion },
      }));
      pause = settings.everyMinutes;
      note(
        REFUSED,
        found.refused.map(({ division, refusal }) => ({ division, reason: refusal.reason })),
      );
      noteSetAside('feed-file-set-aside', found.setAside);
      noteSetAside('media-role-refused', found.mediaTrouble);
      keeper.want(found.media, changed);
      if (found.refused.length === 0)
        removeUnnamed(options.media.folder, mediaNamed(options.cache), now());
      if (found.changed.length === 0) return;
      log.event('feed-applied', { divisions: found.changed.length });
      changed();
    } catch (error) {
      if (stopping.signal.aborted) return;
      pause = Math.min(pause * 2, Math.max(LONGEST_PAUSE_MINUTES, settings.everyMinutes));
      if (error instanceof FeedRefusal) note(REFUSED, [{ reason: error.reason }]);
      else note('feed-unreachable', [{ reason: error instanceof Error ? error.name : 'unknown' }]);
    } finally {
      filled = undefined;
    }
  };
  const begin = (changed: () => void) => {
    waiting = undefined;
    looking = look(changed).then(() => {
      if (stopping.signal.aborted) return;
      waiting = () => begin(changed);
      // A fifth earlier or later: terminals that start together in the morning must not ask together all day.
      const inTurn = pause * 60_000 * (0.8 + 0.4 * Math.random());
      timer = setTimeout(waiting, isWokenMeanwhile ? soon() : inTurn);
      isWokenMeanwhile = false;
      timer.unref();
    });
  };
  return {
    start: begin,
    wake: () => {
      // A source that fails keeps its pauses. A look that goes on may have begun before what there is to see now.
      if (pause > settings.everyMinutes) return;
      if (waiting === undefined) {
        isWokenMeanwhile = true;
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(waiting, soon());
      timer.unref();
    },
    checkedAt: () => checkedAt,
    refused: () => refused,
    filled: () => filled,
    isStale: () => trouble.includes(REFUSED) || (keptExpiry(stationDb, root) ?? Infinity) < now(),
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await looking;
      await keeper.idle();
    },
  };
}

const REFUSED = 'feed-refused';

function readRoot(profileDir: string): Buffer {
  const file = join(profileDir, ROOT_FILE);
  if (existsSync(file)) return readFileSync(file);
  throw new StartError(
    'broken-profile',
    `部署写了 feed，却没有区县的根证书文件 ${ROOT_FILE}；向区县索取后放进部署文件夹。`,
  );
}
