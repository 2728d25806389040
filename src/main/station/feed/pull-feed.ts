import { readFileSync } from 'node:fs';
import { type FeedIndex, feedChain } from '#shared/feed/feed-index.ts';
import { type FeedPlan, planAfterBase, planReading } from '#shared/feed/feed-plan.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { standingDigest } from '../content/division-digest.ts';
import { appliedDivision } from '../content/feed-divisions.ts';
import type { WritableDb } from '../store/sql.ts';
import { applyDivision } from './apply-division.ts';
import { FeedRefusal } from './feed-refusal.ts';
import { type Filling, tellingFill } from './fill-progress.ts';
import { mediaWanted } from './media-wants.ts';
import { withReadyBase } from './ready-base.ts';
import {
  type FeedPlace,
  type SignedMedia,
  type TrustedFeed,
  withTrustedFeed,
} from './trusted-feed.ts';

/** A terminal that takes content from a feed. */
export interface FeedTerminal extends FeedPlace, Pick<Filling, 'onFill'> {
  readonly cache: WritableDb;
  readonly station: string;
  /** Runs in the transaction of each division, before its commit. */
  readonly beforeCommit: () => void;
}

/** What a look at the feed gave. */
export interface FeedLook {
  /** The divisions whose content changed. */
  readonly changed: readonly string[];
  /** Divisions that stayed as they were because their update was refused. */
  readonly refused: readonly { readonly division: string; readonly refusal: FeedRefusal }[];
  /** Divisions that were filled from segments because their ready-made files did not serve, and why. */
  readonly setAside: readonly SetAside[];
  /** The files that this terminal should have, as far as they are signed. None of them was fetched. */
  readonly media: readonly SignedMedia[];
  /** Divisions of whose files could not be read what is signed, and why; the content does not depend on it. */
  readonly mediaTrouble: readonly SetAside[];
}

/** What of a division was of no use. */
export interface SetAside {
  readonly division: string;
  readonly reason: string;
}

/**
 * Looks at a feed once and takes in what is new of this terminal's chain, each division in a transaction of its own; a
 * division that is refused does not keep the others back. Throws `FeedUnreachable` or `FeedRefusal` when there is nothing to
 * take or believe; whatever happens, the content is that of before or after.
 */
export async function pullFeed(terminal: FeedTerminal): Promise<FeedLook> {
  return await withTrustedFeed(terminal, async (trusted) => {
    const feed = await tellingFill(trusted, terminal);
    const changed: string[] = [];
    const refused: { division: string; refusal: FeedRefusal }[] = [];
    const setAside: SetAside[] = [];
    for (const division of feedChain(terminal.station)) {
      try {
        if (await pullDivision(terminal, feed, division, setAside)) changed.push(division);
      } catch (error) {
        if (!(error instanceof FeedRefusal)) throw error;
        refused.push({ division, refusal: error });
      }
    }
    if (refused.length === 0) feed.tidy();
    return { changed, refused, setAside, ...(await signedMedia(terminal, feed)) };
  });
}

/** Files come after all records, and whatever is the matter with them is no matter of the records. */
async function signedMedia(
  { cache, station, now }: FeedTerminal,
  feed: TrustedFeed,
): Promise<Pick<FeedLook, 'media' | 'mediaTrouble'>> {
  const media: SignedMedia[] = [];
  const trouble = new Map<string, string>();
  for (const { division, file } of mediaWanted(cache, station, localMoment(now()).date)) {
    if (trouble.has(division)) continue;
    try {
      const signed = await feed.media(division, file);
      if (signed !== undefined) media.push(signed);
    } catch (error) {
      trouble.set(division, error instanceof FeedRefusal ? error.reason : nameOf(error));
    }
  }
  const mediaTrouble = [...trouble].map(([division, reason]) => ({ division, reason }));
  return { media, mediaTrouble };
}

/** Takes in what is new of a division; false when nothing is and its rows are the district's. */
async function pullDivision(
  terminal: FeedTerminal,
  feed: TrustedFeed,
  division: string,
  setAside: SetAside[],
): Promise<boolean> {
  const index = await feed.index(division);
  if (index === undefined) return false;
  const cursor = appliedDivision(terminal.cache, division);
  const plan = planReading(index, cursor);
  const isCurrent = !plan.isBase && plan.segments.length === 0;
  if (isCurrent && standingDigest(terminal.cache, division) === index.digest) return false;
  const apply = openApply(terminal, feed, index);
  if (cursor === undefined && (await isTakenReady(terminal, feed, index, apply, setAside)))
    return true;
  try {
    await apply(plan);
  } catch (error) {
    // Rows that are not the district's, whatever made them so, are mended from the base.
    const isMendable = error instanceof FeedRefusal && error.reason === 'digest' && !plan.isBase;
    if (!isMendable) throw error;
    await apply(planReading(index, undefined));
  }
  return true;
}

/** Fetches what a plan names and applies it, after the ready-made files if there are any. */
type Apply = (plan: FeedPlan, ready?: readonly string[]) => Promise<void>;

function openApply(terminal: FeedTerminal, feed: TrustedFeed, index: FeedIndex): Apply {
  const { cache, station, beforeCommit } = terminal;
  return async (plan, ready = []) => {
    const files = new Map<string, string>();
    for (const { path } of plan.segments) files.set(path, await feed.fetch(path));
    const read = ({ path }: { readonly path: string }) => readFileSync(files.get(path) ?? '');
    const now = terminal.now();
    applyDivision(cache, { index, plan, ready, read, station, now, beforeCommit });
  };
}

/** Why rows are refused whichever way they come. */
const OF_THE_ROWS: readonly unknown[] = ['mass-deletion', 'own-outlet'];

/**
 * Fills a division for the first time from its ready-made files; false when there are none that serve, whatever keeps them from it:
 * then the segments are the way, and after them there is a cursor, so that the files are not tried again.
 */
async function isTakenReady(
  { folder }: FeedTerminal,
  feed: TrustedFeed,
  index: FeedIndex,
  apply: Apply,
  setAside: SetAside[],
): Promise<boolean> {
  try {
    const after = planAfterBase(index);
    return await withReadyBase(feed, index, folder, (files) => apply(after, files));
  } catch (error) {
    if (error instanceof FeedRefusal && OF_THE_ROWS.includes(error.reason)) throw error;
    const reason = error instanceof FeedRefusal ? error.reason : nameOf(error);
    setAside.push({ division: index.division, reason });
    return false;
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
