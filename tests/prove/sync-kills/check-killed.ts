import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedDigest, EMPTY_DIGEST } from '#shared/feed/rows-digest.ts';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { outboxState } from '#station/district/outbox.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, type ReadableDb, sql } from '#station/store/sql.ts';

const FILES = ['station.sqlite', 'station.sqlite-wal', 'cache.sqlite', 'cache.sqlite-wal'];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What a terminal was told to keep, and what the district did. */
export interface Known {
  /** Titles whose publication the terminal answered. */
  readonly said: readonly string[];
  /** The rows of the district's own division at each of its tops. */
  readonly states: ReadonlyMap<number, string>;
  /** Ids of operations that the district has answered. */
  readonly answered: ReadonlySet<string>;
  readonly district: string;
  readonly divisions: readonly string[];
}

/** Rows as one text, to compare. */
export const rowsText = (rows: readonly { readonly id: string; readonly version: number }[]) =>
  rows
    .map(({ id, version }) => `${id}@${version}`)
    .sort()
    .join(' ');

/**
 * Opens a copy of what a terminal that was killed has left, as its next start does; gives how many operations wait. Throws with
 * what must not be. The files themselves stay as they are for the next start.
 */
export function checkKilled(data: string, known: Known): number {
  const place = mkdtempSync(join(tmpdir(), 'killed-'));
  for (const name of FILES)
    if (existsSync(join(data, name))) copyFileSync(join(data, name), join(place, name));
  const station = openDatabase(join(place, 'station.sqlite'), 'station');
  const cache = openDatabase(join(place, 'cache.sqlite'), 'cache');
  try {
    checkOutbox(station, known);
    for (const division of known.divisions) checkDivision(cache, division, known);
    return outboxState(station).waiting;
  } finally {
    station.write.close();
    cache.write.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** Rows, cursor and digest are of one moment. */
function checkDivision(cache: ReadableDb, division: string, { states, district }: Known): void {
  const applied = appliedDivision(cache, division);
  if (applied === undefined) return;
  const rows = recordsOfDivision(cache, division);
  const digest = rows.reduce((sum, row) => changedDigest(sum, 'add', row, sha256), EMPTY_DIGEST);
  if (digest !== applied.digest) throw new Error(`the digest of ${division} is not of its rows`);
  if (division === district && rowsText(rows) !== states.get(applied.sequence))
    throw new Error(`the rows of ${division} are not those at ${applied.sequence}`);
}

/** What was said to be kept is there, whole; what counts as answered the district has. */
function checkOutbox(station: ReadableDb, { said, answered }: Known): void {
  const outbox = all<{ id: string; payload: string }>(
    station,
    sql`select id, payload from outbox where type like 'content-%'`,
  );
  const kept = outbox.map(({ payload }) => payload).join('\n');
  for (const title of said) if (!kept.includes(title)) throw new Error(`${title} is lost`);
  const ids = (query: ReturnType<typeof sql>) =>
    all<{ id: string }>(station, query)
      .map(({ id }) => id)
      .sort()
      .join(' ');
  const versions = ids(sql`select operation as id from edit_version`);
  if (
    versions !==
    outbox
      .map(({ id }) => id)
      .sort()
      .join(' ')
  )
    throw new Error('an edit is there by half');
  const answers = ids(
    sql`select id from outbox_answer where id in (select operation from edit_version)`,
  );
  if (answers !== ids(sql`select operation as id from edit_state`))
    throw new Error('an answer is there by half');
  for (const { id } of all<{ id: string }>(station, sql`select id from outbox_answer`))
    if (!answered.has(id)) throw new Error(`${id} counts as answered, and the district has it not`);
}
