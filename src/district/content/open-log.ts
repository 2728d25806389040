import { setImmediate } from 'node:timers/promises';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { type DivisionLog, openDivisionLog, RefusedChange } from '../feed/division-log.ts';
import { all, type Db, run, sql } from '../store/sql.ts';

/** A division as the database has it. */
export interface DivisionRow {
  readonly division: string;
  readonly epoch: string;
  readonly floor: number;
  readonly base: number;
  readonly top: number;
  readonly confirmed: number;
  /** A person has to say that records which no longer fit may go. */
  readonly held: boolean;
}

/** A change of a division; `record` is null where it takes the record away. */
export interface ChangeRow {
  readonly seq: number;
  readonly id: string;
  readonly scope: string;
  readonly record: ContentRecord | null;
}

/** A division's log, and how far it follows the database. */
export interface OpenLog {
  readonly log: DivisionLog;
  readonly epoch: string;
  /** The last change that the log has taken in. */
  sequence: number;
  /** The last one that went out. */
  cut: number;
  deltas: number;
  /** The newest word of a person that it took in. */
  confirmed?: number;
}

/** Takes changes in and closes them into a delta; false when they wait for a person's word. */
export async function isCutAt(
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
  open.cut = to;
  open.deltas += await run(
    db,
    sql`insert into feed_cut (division, seq) values (${division}, ${to}) on conflict do nothing`,
  );
  return true;
}

/** So many changes are read at a time, and others get their turn in between: each is checked as a terminal would. */
const PAGE = 250;

async function takeIn(db: Db, open: OpenLog, division: string, to: number): Promise<void> {
  while (open.sequence < to) {
    const rows = await all<ChangeRow>(
      db,
      sql`select seq, id, scope, record from feed_row
          where division = ${division} and seq > ${open.sequence} and seq <= ${to} order by seq limit ${PAGE}`,
    );
    for (const { id, scope, record } of rows) {
      if (record === null) open.log.remove(id, scope);
      else open.log.put(record);
    }
    open.sequence = rows.length < PAGE ? to : (rows.at(-1)?.seq ?? to);
    await setImmediate();
  }
}

/** A division as the last run of the server left it. Throws `RefusedChange` when this program cannot read what is kept. */
export async function replayed(db: Db, row: DivisionRow): Promise<OpenLog> {
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
    ...{ sequence: floor, cut: floor },
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
    open.cut = seq;
    open.deltas += 1;
    if (seq === base) open.log.compact(cuts.length);
  }
  return open;
}

/** Puts a base at the top, and forgets what no terminal needs any more. */
export async function compact(
  db: Db,
  open: OpenLog,
  division: string,
  kept: number,
): Promise<void> {
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
