import type { DivisionFeed } from './division-log.ts';

/** Where and when a division's role was found to be as it should. */
export interface Look {
  readonly folder: string;
  /** The id of the key that signs it. */
  readonly key: string;
  readonly now: number;
}

/** Somebody may have taken files out of the folder, and metadata comes of age: then it is looked at again. */
const LOOK_AGAIN_MS = 6 * 3_600_000;

const seen = new WeakMap<DivisionFeed, Map<string, Look & { readonly version: number }>>();

/**
 * The version in which a role says what this feed says, if that was seen a short while ago: a district has very many divisions, and a
 * change of one must not cost a look at the files of all.
 */
export function versionSeen(feed: DivisionFeed, role: string, look: Look): number | undefined {
  const known = seen.get(feed)?.get(role);
  if (known?.folder !== look.folder || known.key !== look.key) return undefined;
  return Math.abs(look.now - known.now) < LOOK_AGAIN_MS ? known.version : undefined;
}

/** Notes that the role says in this version what the feed says. */
export function noteSeen(feed: DivisionFeed, role: string, look: Look, version: number): void {
  const roles = seen.get(feed) ?? new Map<string, Look & { readonly version: number }>();
  seen.set(feed, roles.set(role, { ...look, version }));
}
