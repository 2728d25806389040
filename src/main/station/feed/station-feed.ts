import type { Profile } from '#shared/profile/profile.ts';
import { readEnrolled } from '../district/enrolled.ts';
import { type Feed, type FeedOptions, openFeed } from './open-feed.ts';

/** What the feed of a station is opened with; where it comes from is the profile's or the enrolment's to say. */
export interface StationFeedOptions extends Omit<FeedOptions, 'settings' | 'root'> {
  readonly profile: Profile;
}

/** The feed of a station: none until its profile or its enrolment names one. */
export interface StationFeed
  extends Pick<Feed, 'start' | 'isStale' | 'wake' | 'checkedAt' | 'refused' | 'filled' | 'stop'> {
  /** This terminal has just been enrolled: what its district publishes is read from now on, without a start. */
  readonly enrolled: () => void;
}

/** Opens the feed of a station, if there is one. Throws `StartError` when the profile names one without its root. */
export function openStationFeed(options: StationFeedOptions): StationFeed {
  let feed = openFeed({ ...options, ...sourceOf(options) });
  let onChanged: (() => void) | undefined;
  /** What was read from before; its last look may still be going on. */
  let former: Promise<void> = Promise.resolve();
  let isStopped = false;
  return {
    start: (changed) => {
      onChanged = changed;
      feed?.start(changed);
    },
    enrolled: () => {
      if (options.profile.feed !== undefined) return;
      const left = feed;
      feed = undefined;
      former = (left?.stop() ?? Promise.resolve()).then(() => {
        if (isStopped) return;
        feed = openFeed({ ...options, ...sourceOf(options) });
        if (onChanged !== undefined) feed?.start(onChanged);
      });
    },
    wake: () => feed?.wake(),
    checkedAt: () => feed?.checkedAt(),
    refused: () => feed?.refused() ?? [],
    filled: () => feed?.filled(),
    isStale: () => feed?.isStale() === true,
    stop: async () => {
      isStopped = true;
      await former;
      await feed?.stop();
    },
  };
}

/** A feed that the profile names goes before that of the enrolment. */
function sourceOf({
  profile,
  stationDb,
}: StationFeedOptions): Pick<FeedOptions, 'settings' | 'root'> {
  if (profile.feed !== undefined) return { settings: profile.feed };
  const enrolled = readEnrolled(stationDb);
  if (enrolled === undefined) return { settings: undefined };
  const { feed, root } = enrolled.district;
  return { settings: { url: feed, everyMinutes: 5 }, root: Buffer.from(root, 'base64') };
}
