import { mediaRoleOf } from '#shared/feed/feed-media.ts';
import type { District } from '../district.ts';
import { type DivisionFeed, RefusedChange } from '../feed/division-log.ts';
import { openPacker, type Packer } from '../feed/lay-out-segments.ts';
import { layOutMedia } from '../feed/media-targets.ts';
import { publish } from '../feed/publish.ts';
import { type Look, versionSeen } from '../feed/seen-roles.ts';
import { all, type Db, first, lock, run, sql } from '../store/sql.ts';
import { begunAnew, goneSinceCut, isLeapDue, leapDone, putBackSound } from './begin-anew.ts';
import { type LeftOut, recordsLeftOut } from './left-out.ts';
import { compact, type DivisionRow, isCutAt, type OpenLog, replayed } from './open-log.ts';

/** Writes what is published into the feed's folder. */
export interface FeedWriter {
  /** Writes what changed since the last time, and renews what would expire; the first time after `beginAllAnew` as `publish` does when restored. */
  readonly write: () => Promise<Written>;
}

/** What did not go out as it stands in the database, although the feed was written. */
export interface Written {
  /** Divisions that wait for a person's word. */
  readonly waiting: readonly WaitingDivision[];
  /** Published records that this program finds unsound. */
  readonly leftOut: readonly LeftOut[];
  /** Divisions of which terminals go on seeing what was written before. */
  readonly failed: readonly FailedDivision[];
  /** Divisions whose records went out, and not all files that they name. */
  readonly withoutFiles: readonly FailedDivision[];
}

/** A division in which much would go, and that stays as it was written before. */
export interface WaitingDivision {
  readonly division: string;
  /** Records that do not fit this program any more; none where editors took many away. */
  readonly unsound: readonly LeftOut[];
  /** So many records that terminals show were taken away by editors, and go with the same word. */
  readonly gone: number;
  /** The last change that this is told of; a person's word is for these and no later ones. */
  readonly top: number;
}

/** How the feed stands since the last time that it was to be written. */
export interface FeedState extends Written {
  /** False: it could not be written at all. */
  readonly isWritten: boolean;
}

/** A division that could not be written, and why. */
export interface FailedDivision {
  readonly division: string;
  readonly error: unknown;
}

/** When deltas are folded into a new base. */
export interface Compaction {
  /** So many are one too many. */
  readonly most: number;
  /** So many of the newest stay, so that terminals which were away for a while need no base. */
  readonly kept: number;
}

const COMPACTION: Compaction = { most: 200, kept: 100 };

/** Opens the writer. It keeps the divisions in memory; only one of a district may run. `packerIn` is another way to lay segments out, for tests. */
export function openFeedWriter(
  district: District,
  compaction = COMPACTION,
  packerIn: (folder: string) => Packer = openPacker,
): FeedWriter {
  const logs = new Map<string, OpenLog>();
  const holds = new Map<string, Hold>();
  let leftOut: readonly LeftOut[] | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<Written> => {
    const { database, keys, settings, now } = district;
    if (leftOut === undefined) await putBackSound(database, now());
    const { divisions, restored } = await database.transaction(async (db) => {
      await lock(db, 'feed');
      const rows = all<DivisionRow>(db, sql`select * from feed_division order by division`);
      return { divisions: await rows, restored: await isLeapDue(db) };
    });
    const waiting: WaitingDivision[] = [];
    const failed = await eachAttempted(
      divisions,
      ({ division }) => division,
      async (row) => {
        const held = heldAt(holds, row) ?? (await heldBack(district, logs, row, compaction));
        if (held === undefined) holds.delete(row.division);
        else waiting.push(held);
        if (held !== undefined && !logs.has(row.division))
          holds.set(row.division, { top: row.top, waiting: held });
      },
    );
    const logged = [...logs.values()].map(({ log }) => log.feed());
    const unpacked = await laidOut(packerIn(settings.feedFolder), logged);
    const feeds = logged.filter(
      ({ index }) => !unpacked.some(({ division }) => division === index.division),
    );
    const look = { folder: settings.feedFolder, key: keys.feed.content.key.keyID, now: now() };
    const withoutFiles = await eachAttempted(
      feeds.filter((feed) => !hasFilesSeen(feed, look)),
      nameOf,
      ({ index, media }) =>
        layOutMedia(settings.mediaFolder, settings.feedFolder, index.division, media),
    );
    publish(settings.feedFolder, feeds, keys.feed, now(), restored);
    if (restored) await leapDone(database);
    if (mayHaveChanged(leftOut, divisions, feeds)) leftOut = await recordsLeftOut(database);
    return { waiting, leftOut: leftOut ?? [], failed: [...failed, ...unpacked], withoutFiles };
  };
  return {
    // One after the other: each writes files of its own numbers.
    write: () => {
      const next = running.then(write, write);
      running = next.catch(() => undefined);
      return next;
    },
  };
}

/** Records are left out only where a division begins anew, and come back only by a change; to ask each time costs a look at all. */
function mayHaveChanged(
  leftOut: readonly LeftOut[] | undefined,
  divisions: readonly DivisionRow[],
  feeds: readonly DivisionFeed[],
): boolean {
  const epochs = new Map(divisions.map(({ division, epoch }) => [division, epoch]));
  const isAnew = feeds.some(({ index }) => epochs.get(index.division) !== index.epoch);
  return leftOut === undefined || leftOut.length > 0 || isAnew;
}

const nameOf = ({ index }: DivisionFeed) => index.division;

const hasFilesSeen = (feed: DivisionFeed, look: Look) =>
  versionSeen(feed, mediaRoleOf(feed.index.division), look) !== undefined;

/** Lays all segments out; gives the divisions of which that was not possible. */
async function laidOut(packer: Packer, feeds: readonly DivisionFeed[]): Promise<FailedDivision[]> {
  try {
    return await eachAttempted(feeds, nameOf, packer.layOut);
  } finally {
    await packer.end();
  }
}

/** What one division cannot do must not hold the others back. */
async function eachAttempted<Part>(
  parts: readonly Part[],
  divisionOf: (part: Part) => string,
  work: (part: Part) => Promise<void>,
): Promise<FailedDivision[]> {
  const failed: FailedDivision[] = [];
  for (const part of parts)
    await work(part).catch((error: unknown) => failed.push({ division: divisionOf(part), error }));
  return failed;
}

/** What a look at a division found that this program cannot read. */
interface Hold {
  readonly top: number;
  readonly waiting: WaitingDivision;
}

/** To look again costs a look at all its records, and finds the same until something changes or a person says a word. */
function heldAt(holds: ReadonlyMap<string, Hold>, row: DivisionRow): WaitingDivision | undefined {
  const hold = holds.get(row.division);
  const isSame = row.held && row.confirmed === 0 && row.top === hold?.top;
  return isSame ? hold?.waiting : undefined;
}

/** Brings a division's log up to date, or tells what waits for a person's word. */
async function heldBack(
  { database, now }: District,
  logs: Map<string, OpenLog>,
  row: DivisionRow,
  compaction: Compaction,
): Promise<WaitingDivision | undefined> {
  const { division } = row;
  const known = logs.get(division);
  try {
    const open = known?.epoch === row.epoch ? known : await replayed(database, row);
    logs.set(division, open);
    if (!(await isStillWaiting(database, open, row, compaction))) return undefined;
    const { gone } = await goneSinceCut(database, division);
    return { division, unsound: [], gone: gone.length, top: row.top };
  } catch (error) {
    // This program cannot read what is kept.
    if (!(error instanceof RefusedChange)) throw error;
    const begun = await database.transaction((db) => begunAnew(db, division, now()));
    const { log, gone } = begun;
    if (log !== undefined) {
      logs.set(division, log);
      return undefined;
    }
    logs.delete(division);
    return {
      division,
      unsound: begun.unsound.map(({ id, scope }) => ({ id, scope })),
      gone,
      top: row.top,
    };
  }
}

async function isStillWaiting(
  db: Db,
  open: OpenLog,
  { division, top, confirmed, held }: DivisionRow,
  { most, kept }: Compaction,
): Promise<boolean> {
  // Nothing came: a district has very many divisions, and most changes are in one of them.
  if (open.cut === top && open.confirmed === confirmed && !held) return false;
  // A person's word holds for what was there then; what came after it is looked at for itself.
  if (confirmed > 0 && confirmed >= open.sequence)
    await isCutAt(db, open, { division, to: confirmed, massDeletion: true });
  if (!(await isCutAt(db, open, { division, to: top, massDeletion: false }))) return true;
  if (open.deltas > most) await compact(db, open, division, kept);
  // All fits again, as when the program before an update is put back.
  if (held) await run(db, sql`update feed_division set held = false where division = ${division}`);
  open.confirmed = confirmed;
  return false;
}

/** The last change of a division; undefined where nothing was ever published. */
export async function topOf(db: Db, division: string): Promise<number | undefined> {
  const row = await first<{ top: number }>(
    db,
    sql`select top from feed_division where division = ${division}`,
  );
  return row?.top;
}

/**
 * A person says that the deletions which wait in a division are meant, or that records which do not fit may go, having seen all changes
 * up to `top`. `changed`: there were more since, and nothing is confirmed; `before`: it was said already.
 */
export async function confirmDeletions(
  db: Db,
  division: string,
  top: number,
): Promise<'confirmed' | 'changed' | 'before'> {
  await lock(db, 'feed');
  if ((await topOf(db, division)) !== top) return 'changed';
  const said = await run(
    db,
    sql`update feed_division set confirmed = top where division = ${division} and confirmed < top`,
  );
  return said > 0 ? 'confirmed' : 'before';
}
