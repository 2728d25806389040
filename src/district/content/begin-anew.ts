import type { ContentRecord } from '#shared/content/envelope.ts';
import { isMassDeletion } from '#shared/feed/deletion-brake.ts';
import { readRow } from '#shared/feed/feed-row.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { openDivisionLog } from '../feed/division-log.ts';
import { all, type Database, type Db, first, lock, run, sql } from '../store/sql.ts';
import { recordsLeftOut } from './left-out.ts';
import type { ChangeRow, OpenLog } from './open-log.ts';
import { appendRow, newEpoch, raiseVersions } from './published.ts';
import { changeServerEpoch } from './server-epoch.ts';

/** A division in a new life of its numbering, or what stands in its way. */
export interface Begun {
  /** Absent: terminals go on seeing what was written before, until the records are mended or a person lets them go. */
  readonly log: OpenLog | undefined;
  /** What this program finds unsound: left out, or waited for. */
  readonly unsound: readonly Pick<ChangeRow, 'seq' | 'id' | 'scope'>[];
  /** So many records that terminals show were taken away by editors since. */
  readonly gone: number;
}

/**
 * Starts a new life of the numbering with what is published. Where this program finds a record unsound that terminals may go on showing,
 * or where much was taken away that was not written yet, a person has to say that it may go; until then the division is held, with all
 * that tells what was written last. What a person confirmed before it was held says nothing of that, and what came after the word is
 * looked at for itself.
 */
export async function begunAnew(db: Db, division: string, at: number): Promise<Begun> {
  await lock(db, 'feed');
  const rows = await newestRows(db, division);
  const unsound = rows.filter(({ record }) => !isSound(record, division));
  const said = await first<{ held: boolean; confirmed: number }>(
    db,
    sql`select held, confirmed from feed_division where division = ${division}`,
  );
  const word = said?.held === true ? said.confirmed : 0;
  const { shown, gone } = await goneSinceCut(db, division);
  const late = gone.filter((seq) => seq > word).length;
  const meant = gone.length - late;
  const found = { unsound, gone: gone.length };
  if (unsound.some(({ seq }) => seq > word) || isMassDeletion(() => shown - meant, late)) {
    await hold(db, division);
    if (said?.held !== true) await note(db, at, 'content-held', unsound);
    return { log: undefined, ...found };
  }
  await forgetHistory(db, division);
  await leaveOut(db, division, at, unsound);
  const isWordNeeded = unsound.length > 0 || isMassDeletion(() => shown, meant);
  const confirmed = isWordNeeded ? word : 0;
  const sound = rows.filter((row) => !unsound.includes(row)).map(({ record }) => record);
  return { log: await openAnew(db, division, sound, confirmed), ...found };
}

async function openAnew(
  db: Db,
  division: string,
  records: readonly ContentRecord[],
  confirmed: number,
): Promise<OpenLog> {
  const epoch = newEpoch();
  const place = await first<{ top: number }>(
    db,
    sql`update feed_division set epoch = ${epoch}, floor = top, base = top, held = false, confirmed = ${confirmed}
        where division = ${division} returning top`,
  );
  const sequence = place?.top ?? 0;
  const log = openDivisionLog(division, epoch, records, {
    at: sequence,
    confirmedDeletionsTo: confirmed,
  });
  return { log, epoch, sequence, cut: sequence, deltas: 0 };
}

async function hold(db: Db, division: string): Promise<void> {
  await run(
    db,
    sql`update feed_division set held = true, confirmed = 0 where division = ${division}`,
  );
}

type Standing = ChangeRow & { readonly record: ContentRecord };

/** The last state of each record that is there. */
async function newestRows(db: Db, division: string): Promise<Standing[]> {
  return all<Standing>(
    db,
    sql`select seq, id, scope, record from (
          select distinct on (id, scope) seq, id, scope, record from feed_row
          where division = ${division} order by id, scope, seq desc) newest
        where record is not null order by seq`,
  );
}

/** How many records were there when the division was last written, and the changes that took some of them away since. */
export async function goneSinceCut(
  db: Db,
  division: string,
): Promise<{ readonly shown: number; readonly gone: readonly number[] }> {
  const rows = await all<{ seq: number; isGone: boolean }>(
    db,
    sql`select newest.seq, newest.record is null as "isGone" from (
          select distinct on (id, scope) id, scope, record from feed_row
          where division = ${division} and seq <= greatest(
            (select floor from feed_division where division = ${division}),
            (select max(seq) from feed_cut where division = ${division}))
          order by id, scope, seq desc) written
        join (
          select distinct on (id, scope) id, scope, seq, record from feed_row
          where division = ${division} order by id, scope, seq desc) newest
        on newest.id = written.id and newest.scope = written.scope
        where written.record is not null`,
  );
  const gone = rows.filter(({ isGone }) => isGone).map(({ seq }) => seq);
  return { shown: rows.length, gone };
}

/** Leaves the last state of each record that is there. */
async function forgetHistory(db: Db, division: string): Promise<void> {
  await run(db, sql`delete from feed_cut where division = ${division}`);
  await run(
    db,
    sql`delete from feed_row where division = ${division} and (record is null or exists (
          select 1 from feed_row later where later.division = feed_row.division and later.id = feed_row.id
          and later.scope = feed_row.scope and later.seq > feed_row.seq))`,
  );
}

async function leaveOut(
  db: Db,
  division: string,
  at: number,
  unsound: Begun['unsound'],
): Promise<void> {
  for (const { seq } of unsound)
    await run(db, sql`delete from feed_row where division = ${division} and seq = ${seq}`);
  await note(db, at, 'record-left-out', unsound);
}

async function note(
  db: Db,
  at: number,
  action: string,
  records: readonly { readonly id: string; readonly scope: string }[],
): Promise<void> {
  for (const { id, scope } of records)
    await writeAct(db, { at, actor: 'server', action, subject: `${id} ${scope}` });
}

function isSound(record: ContentRecord, division: string): boolean {
  return readRow(JSON.stringify({ op: 'put', record }), division) !== undefined;
}

/** Puts records back that an earlier program left out and this one finds sound: into the feed, and for programs of others (changes-since.ts). */
export async function putBackSound(database: Database, at: number): Promise<void> {
  if ((await recordsLeftOut(database)).length === 0) return;
  await database.transaction(async (db) => {
    await lock(db, 'feed');
    const rows = await all<{ division: string; record: ContentRecord }>(
      db,
      sql`select division, record from content where state = 'published' and not exists (
            select 1 from feed_row where feed_row.division = content.division and feed_row.id = content.id
            and feed_row.scope = content.scope) order by scope, id`,
    );
    for (const { division, record } of rows) {
      if (!isSound(record, division)) continue;
      await appendRow(db, record, JSON.stringify(record));
      await run(
        db,
        sql`update content set change = default where id = ${record.id} and scope = ${record.scope}`,
      );
      await note(db, at, 'content-returned', [record]);
    }
  });
}

/** Set while the feed's metadata may be numbered below what terminals saw. */
const LEAP_DUE = 'leap-due';

/** Whether the feed's metadata has to be numbered above all that a restored folder knows of. */
export async function isLeapDue(db: Db): Promise<boolean> {
  return (await first(db, sql`select 1 from setting where name = ${LEAP_DUE}`)) !== undefined;
}

/** To be called when it was written so. */
export async function leapDone(db: Db): Promise<void> {
  await run(db, sql`delete from setting where name = ${LEAP_DUE}`);
}

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
    await changeServerEpoch(db);
    for (const { division, top } of published)
      await run(
        db,
        sql`insert into feed_division (division, epoch, floor, base, top, confirmed)
            values (${division}, ${newEpoch()}, 0, 0, ${top}, 0)
            on conflict (division) do update set top = greatest(feed_division.top, excluded.top)`,
      );
    // A word that the backup has says nothing of what the backup lacks.
    await run(db, sql`update feed_division set confirmed = 0 where held`);
    const rows = await all<{ division: string }>(db, sql`select division from feed_division`);
    for (const { division } of rows) {
      const { log } = await begunAnew(db, division, now);
      if (log !== undefined) continue;
      await run(
        db,
        sql`update feed_division set epoch = ${newEpoch()} where division = ${division}`,
      );
    }
  });
}
