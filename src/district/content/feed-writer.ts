import type { ContentRecord } from '#shared/content/envelope.ts';
import { readRow } from '#shared/feed/feed-row.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import {
  type DivisionFeed,
  type DivisionLog,
  openDivisionLog,
  RefusedChange,
} from '../feed/division-log.ts';
import { layOutMedia } from '../feed/media-targets.ts';
import { publish } from '../feed/publish.ts';
import { all, type Database, type Db, first, lock, run, sql } from '../store/sql.ts';
import { type LeftOut, recordsLeftOut } from './left-out.ts';
import { newEpoch, raiseVersions } from './published.ts';

/** Writes what is published into the feed's folder. */
export interface FeedWriter {
  /** Writes what changed since the last time, and renews what would expire; the first time after `beginAllAnew` as `publish` does when restored. */
  readonly write: () => Promise<Written>;
}

/** What did not go out as it stands in the database, although the feed was written. */
export interface Written {
  /** Divisions that wait for a person's word. */
  readonly waiting: readonly string[];
  /** Published records that this program finds unsound. */
  readonly leftOut: readonly LeftOut[];
  /** Divisions of which terminals go on seeing what was written before. */
  readonly failed: readonly FailedDivision[];
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

interface DivisionRow {
  readonly division: string;
  readonly epoch: string;
  readonly floor: number;
  readonly base: number;
  readonly top: number;
  readonly confirmed: number;
}

interface ChangeRow {
  readonly seq: number;
  readonly id: string;
  readonly scope: string;
  readonly record: ContentRecord | null;
}

/** When deltas are folded into a new base. */
export interface Compaction {
  /** So many are one too many. */
  readonly most: number;
  /** So many of the newest stay, so that terminals which were away for a while need no base. */
  readonly kept: number;
}

const COMPACTION: Compaction = { most: 200, kept: 100 };

/** Opens the writer. It keeps the divisions in memory; only one of a district may run. */
export function openFeedWriter(district: District, compaction = COMPACTION): FeedWriter {
  const logs = new Map<string, OpenLog>();
  let leftOut: readonly LeftOut[] | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<Written> => {
    const { database, keys, settings, now } = district;
    const { divisions, restored } = await database.transaction(async (db) => {
      await lock(db, 'feed');
      const rows = all<DivisionRow>(db, sql`select * from feed_division order by division`);
      return { divisions: await rows, restored: await isLeapDue(db) };
    });
    const waiting: string[] = [];
    const failed: FailedDivision[] = [];
    const attempt = async (division: string, work: () => Promise<void>) => {
      // What one division cannot do must not hold the others back.
      await work().catch((error: unknown) => failed.push({ division, error }));
    };
    for (const row of divisions)
      await attempt(row.division, async () => {
        if (await isHeldBack(district, logs, row, compaction)) waiting.push(row.division);
      });
    const feeds = [...logs.values()].map(({ log }) => log.feed());
    for (const { index, media } of feeds)
      await attempt(index.division, () =>
        layOutMedia(settings.mediaFolder, settings.feedFolder, index.division, media),
      );
    publish(settings.feedFolder, feeds, keys.feed, now(), restored);
    if (restored) await run(database, sql`delete from setting where name = ${LEAP_DUE}`);
    if (mayHaveChanged(leftOut, divisions, feeds)) leftOut = await recordsLeftOut(database);
    return { waiting, leftOut: leftOut ?? [], failed };
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

interface OpenLog {
  readonly log: DivisionLog;
  readonly epoch: string;
  /** The last change that the log has taken in. */
  sequence: number;
  deltas: number;
}

/** Brings a division's log up to date; true when its deletions wait for a person's word. */
async function isHeldBack(
  district: District,
  logs: Map<string, OpenLog>,
  row: DivisionRow,
  compaction: Compaction,
): Promise<boolean> {
  const known = logs.get(row.division);
  try {
    const open = known?.epoch === row.epoch ? known : await replayed(district.database, row);
    logs.set(row.division, open);
    return await isStillWaiting(district.database, open, row, compaction);
  } catch (error) {
    // This program cannot read what is kept.
    if (!(error instanceof RefusedChange)) throw error;
    const begin = (db: Db) => begunAnew(db, row.division, district.now());
    logs.set(row.division, await district.database.transaction(begin));
    return false;
  }
}

async function isStillWaiting(
  db: Db,
  open: OpenLog,
  { division, top, confirmed }: DivisionRow,
  { most, kept }: Compaction,
): Promise<boolean> {
  // A person's word holds for what was there then; what came after it is looked at for itself.
  if (confirmed > 0 && confirmed >= open.sequence)
    await isCutAt(db, open, { division, to: confirmed, massDeletion: true });
  if (!(await isCutAt(db, open, { division, to: top, massDeletion: false }))) return true;
  if (open.deltas > most) await compact(db, open, division, kept);
  return false;
}

/** Takes changes in and closes them into a delta; false when they wait for a person's word. */
async function isCutAt(
  db: Db,
  open: OpenLog,
  { division, to, massDeletion }: { division: string; to: number; massDeletion: boolean },
): Promise<boolean> {
  await takeIn(db, open, division, to);
  try {
    open.log.cut({ massDeletion });
  } catch (error) {
    if (error instanceof RefusedChange) return false;
    throw error;
  }
  open.deltas += await run(
    db,
    sql`insert into feed_cut (division, seq) values (${division}, ${to}) on conflict do nothing`,
  );
  return true;
}

async function takeIn(db: Db, open: OpenLog, division: string, to: number): Promise<void> {
  const rows = await all<ChangeRow>(
    db,
    sql`select seq, id, scope, record from feed_row
        where division = ${division} and seq > ${open.sequence} and seq <= ${to} order by seq`,
  );
  for (const { id, scope, record } of rows) {
    if (record === null) open.log.remove(id, scope);
    else open.log.put(record);
  }
  open.sequence = to;
}

/** A division as the last run of the server left it. Throws `RefusedChange` when this program cannot read what is kept. */
async function replayed(db: Db, row: DivisionRow): Promise<OpenLog> {
  const { division, epoch, floor, base, confirmed } = row;
  const atFloor = await all<ChangeRow>(
    db,
    sql`select seq, id, scope, record from feed_row
        where division = ${division} and seq <= ${floor} and record is not null order by seq`,
  );
  const records = atFloor.flatMap(({ record }) => record ?? []);
  const open: OpenLog = {
    log: openDivisionLog(division, epoch, records, {
      at: floor,
      confirmedDeletionsTo: Math.min(confirmed, floor),
    }),
    epoch,
    sequence: floor,
    deltas: 0,
  };
  const cuts = await all<{ seq: number }>(
    db,
    sql`select seq from feed_cut where division = ${division} and seq > ${floor} order by seq`,
  );
  for (const { seq } of cuts) {
    await takeIn(db, open, division, seq);
    // It was let through when it was cut.
    open.log.cut({ massDeletion: seq <= confirmed });
    open.deltas += 1;
    if (seq === base) open.log.compact(cuts.length);
  }
  return open;
}

/**
 * Starts a new life of the numbering with what is published and can still be read; what cannot is left out and named in the trail.
 * What a person confirmed in the old one says nothing of what a backup lacks.
 */
async function begunAnew(db: Db, division: string, at: number): Promise<OpenLog> {
  const epoch = newEpoch();
  await lock(db, 'feed');
  await run(db, sql`delete from feed_cut where division = ${division}`);
  await run(
    db,
    sql`delete from feed_row where division = ${division} and (record is null or exists (
          select 1 from feed_row later where later.division = feed_row.division and later.id = feed_row.id
          and later.scope = feed_row.scope and later.seq > feed_row.seq))`,
  );
  const place = await first<{ top: number }>(
    db,
    sql`update feed_division set epoch = ${epoch}, floor = top, base = top, confirmed = 0
        where division = ${division} returning top`,
  );
  const sequence = place?.top ?? 0;
  const records = await soundRecords(db, division, at);
  const log = openDivisionLog(division, epoch, records, { at: sequence });
  return { log, epoch, sequence, deltas: 0 };
}

/** The records of a division that terminals of this program's version take; the others are taken out of the feed. */
async function soundRecords(db: Db, division: string, at: number): Promise<ContentRecord[]> {
  const rows = await all<ChangeRow>(
    db,
    sql`select seq, id, scope, record from feed_row where division = ${division} order by seq`,
  );
  const sound: ContentRecord[] = [];
  for (const { seq, id, scope, record } of rows) {
    if (record !== null && isSound(record, division)) {
      sound.push(record);
      continue;
    }
    await run(db, sql`delete from feed_row where division = ${division} and seq = ${seq}`);
    const subject = `${id} ${scope}`;
    await writeAct(db, { at, actor: 'server', action: 'record-left-out', subject });
  }
  return sound;
}

function isSound(record: ContentRecord, division: string): boolean {
  return readRow(JSON.stringify({ op: 'put', record }), division) !== undefined;
}

/** Set while the feed's metadata may be numbered below what terminals saw. */
const LEAP_DUE = 'leap-due';

const isLeapDue = async (db: Db) =>
  (await first(db, sql`select 1 from setting where name = ${LEAP_DUE}`)) !== undefined;

/**
 * For a server that was restored from a backup: every division takes a new epoch, and from now on records take versions above any
 * that was given in the time that is lost; otherwise a withdrawal of then would fit what is published now. Numbers of changes go on
 * after `published`, which also brings back divisions that the backup knows nothing of, without a record: terminals then send again
 * what they kept. All or nothing; that the feed's metadata has to be numbered anew is remembered until it was written.
 */
export async function beginAllAnew(
  database: Database,
  now: number,
  published: readonly { readonly division: string; readonly top: number }[] = [],
): Promise<void> {
  await database.transaction(async (db) => {
    await lock(db, 'feed');
    await run(
      db,
      sql`insert into setting (name, value) values (${LEAP_DUE}, 'true') on conflict (name) do nothing`,
    );
    await raiseVersions(db, now);
    for (const { division, top } of published)
      await run(
        db,
        sql`insert into feed_division (division, epoch, floor, base, top, confirmed)
            values (${division}, ${newEpoch()}, 0, 0, ${top}, 0)
            on conflict (division) do update set top = greatest(feed_division.top, excluded.top)`,
      );
    const rows = await all<{ division: string }>(db, sql`select division from feed_division`);
    for (const { division } of rows) await begunAnew(db, division, now);
  });
}

async function compact(db: Db, open: OpenLog, division: string, kept: number): Promise<void> {
  open.log.compact(kept);
  const { floor, base } = open.log.feed().index;
  await run(db, sql`delete from feed_cut where division = ${division} and seq <= ${floor}`);
  await run(
    db,
    sql`delete from feed_row where division = ${division} and seq <= ${floor} and (record is null or exists (
          select 1 from feed_row later where later.division = feed_row.division and later.id = feed_row.id
          and later.scope = feed_row.scope and later.seq > feed_row.seq and later.seq <= ${floor}))`,
  );
  await run(
    db,
    sql`update feed_division set floor = ${floor}, base = ${base.to} where division = ${division}`,
  );
  open.deltas = kept;
}

/** A person says that the deletions which wait in a division are meant. */
export async function confirmDeletions(db: Db, division: string): Promise<boolean> {
  const changed = await run(
    db,
    sql`update feed_division set confirmed = top where division = ${division} and confirmed < top`,
  );
  return changed > 0;
}
