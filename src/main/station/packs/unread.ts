import { readFileSync } from 'node:fs';

/**
 * Names that stand in what could not be read. What has a fault of its own is there all the same: to say besides that it
 * is missing would have somebody delete what points to it.
 */
export interface Unread {
  /** Whether a record's id or an outlet's code may stand in what could not be read. */
  readonly mayHold: (name: string) => boolean;
}

/** Everything could be read. */
export const NOTHING_UNREAD: Unread = { mayHold: () => false };

/** What could not be read in several places. */
export function allUnread(places: readonly Unread[]): Unread {
  return { mayHold: (name) => places.some((place) => place.mayHold(name)) };
}

/**
 * A file that is no sound YAML, or whose records are not known for records: its text still names them. One that cannot
 * be read at all, as a folder that is not there, may hold every name.
 */
export function unreadFile(path: string): Unread {
  const names = namesIn(path);
  return { mayHold: (name) => names === undefined || names.has(name) };
}

/** A record that does not fit its kind. One without an id may be any. */
export function unreadRecord(raw: Readonly<Record<string, unknown>>): Unread {
  const { id, body } = raw;
  const code = (body as { code?: unknown } | null | undefined)?.code;
  // A code is often wrong only for its missing quotes.
  return { mayHold: (name) => typeof id !== 'string' || id === name || String(code) === name };
}

const NAMED = /(?:^|[\s{,-])(?:id|code)["']?\s*:\s*["']?([\w.-]+)/gm;

/** What a text calls `id` or `code`; undefined when there is no text to be had. */
function namesIn(path: string): ReadonlySet<string> | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return new Set([...text.matchAll(NAMED)].map(([, name = '']) => name));
  } catch {
    return undefined;
  }
}
