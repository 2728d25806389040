import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import type { FeedSource, ResumableSource } from '#station/feed/feed-source.ts';
import { mediaNamed } from '#station/feed/media-wants.ts';
import { openMediaKeeper } from '#station/media/keep-media.ts';
import { openMediaFiles } from '#station/media/media-files.ts';
import { mediaLeft, noteMediaLeft } from '#station/media/media-left.ts';
import { removeUnnamed } from '#station/media/remove-unnamed.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { sampleTerminal } from './sample-terminal.ts';

/** Room for whatever is published. */
export const PLENTY = 100 * MEDIA_LIMITS.roomBytes;

/** The name under which a terminal keeps a pamphlet. */
export const nameOf = (file: Buffer) => `${hash('sha256', file)}.pdf`;

/** What may be otherwise about the terminal. */
export interface MediaTerminalParts {
  readonly station?: string;
  /** A folder of files that the deployment brought. */
  readonly deployment?: string;
}

/** A terminal that takes records and files from a source, look by look. */
export function mediaTerminal(
  root: Buffer,
  source: ResumableSource,
  more: MediaTerminalParts = {},
) {
  const read: string[] = [];
  const counted: FeedSource = {
    read: (path) => {
      read.push(path);
      return source.read(path);
    },
  };
  const terminal = sampleTerminal(root, counted);
  const folder = join(terminal.terminal.folder, '..', 'media');
  const events: string[] = [];
  const line = { source, free: PLENTY, now: NOW, chance: 0 };
  const keeper = openMediaKeeper({
    folder,
    partial: '.partial',
    files: openMediaFiles([folder, more.deployment ?? '']),
    source: { readFrom: (path, from) => line.source.readFrom(path, from) },
    free: async () => line.free,
    now: () => line.now,
    chance: () => line.chance,
    stop: new AbortController().signal,
    note: (left) => noteMediaLeft(terminal.stationDb, left, line.now),
    log: {
      event: (name, facts) => events.push(`${name} ${facts?.reason ?? facts?.kind ?? ''}`),
      close: async () => {},
    },
  });
  let arrived = 0;
  const station = more.station ?? '530102001';
  return {
    ...terminal,
    read,
    folder,
    events,
    /** What can be changed about the world around it. */
    line,
    arrived: () => arrived,
    left: () => mediaLeft(terminal.stationDb),
    files: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
    bytes: (file: Buffer) => readFileSync(join(folder, nameOf(file))),
    /** Looks once, at another source when one is given. */
    look: async (other?: FeedSource) => {
      const look = await terminal.pull({
        ...{ station, now: () => line.now },
        ...(other && { source: other }),
      });
      keeper.want(look.media, () => {
        arrived += 1;
      });
      await keeper.idle();
      if (look.refused.length === 0) removeUnnamed(folder, mediaNamed(terminal.cache), line.now);
      return look;
    },
  };
}
