import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GivenTicket } from '#shared/contract/queue-hub.ts';
import { LAST_BEFORE_RESERVES, type NumberBlock, reserveOf } from '#shared/queue/ticket-number.ts';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../../store/sql.ts';
import type { NumberReserve, ReservedNumbers } from '../number-reserve.ts';
import type { QueueHub } from './queue-hub.ts';

/** So many numbers are leased at a time; when fewer than half are left, more are asked for. */
const BLOCK_SIZE = 6;
/** So many given tickets are reported in one call. */
const REPORT_SIZE = 100;

/** Confirmed tickets are kept for so many days of work, as an answer to who asks after a number. */
const DAYS_KEPT = 30;

/** What a terminal gives a number for. */
export interface GiveOrder {
  readonly operation: string;
  readonly day: LocalDate;
  /** The host says now that it is this day; otherwise this terminal's clock has to. */
  readonly isTold?: boolean;
  readonly line: string;
  readonly group?: string | undefined;
  readonly guide?: string | undefined;
}

/** What an exchange with the host goes by. */
export interface ExchangeWish {
  /** The host's; what was given under a later one, because this terminal's clock had run ahead, is of that day. */
  readonly day: LocalDate;
  /** The oldest day of the host of which numbers are held. */
  readonly since?: LocalDate | undefined;
  /** To lease numbers for; none when this terminal is to give no more. */
  readonly lines: readonly string[];
  /** The host's last restore, as it names it. */
  readonly restored?: string | undefined;
}

/** The numbers that a further terminal of the station may give by itself, and what it has given. */
export interface NumberStock {
  /**
   * The next number, written before it is shown; the same operation is the same number. From a leased block while there is
   * one, else from the terminal's own reserve; undefined when both are used up.
   */
  readonly give: (order: GiveOrder) => GivenTicket | undefined;
  readonly ticket: (id: string) => GivenTicket | undefined;
  /** How many are not yet confirmed by the host. */
  readonly unreported: () => number;
  /** How many of a line's day were given here. */
  readonly given: (day: LocalDate, line: string) => number;
  /** How many leased numbers are left. */
  readonly leased: (day: LocalDate, line: string) => number;
  /** The latest day on which it gave a number, or that the host had when it was last heard of. */
  readonly lastDay: () => LocalDate | undefined;
  /**
   * Reports what was given, then leases what is missing. Throws whatever the hub throws when it cannot be reached; nothing is
   * lost by that, and the next call goes on.
   */
  readonly exchange: (hub: QueueHub, wish: ExchangeWish) => Promise<void>;
}

export interface StockOptions {
  readonly db: WritableDb;
  /** 1 to 4. */
  readonly ordinal: number;
  readonly now: () => number;
  /** Where numbers of the own reserve are written down beside the database. */
  readonly kept: Pick<NumberReserve, 'cover'>;
}

/** Opens the stock of a terminal. */
export function openNumberStock({ db, ordinal, now, kept }: StockOptions): NumberStock {
  const reserve = reserveOf(ordinal);
  return {
    give: (order) =>
      transaction(db, () => {
        const before = givenBy(db, order.operation);
        if (before !== undefined) return before;
        // A number of a block is of one day only: a clock that is known to be wrong must not give yesterday's.
        const isSure = order.isTold === true || isDayAgreed(db, order.day, now());
        const leased = isSure ? nextFromBlocks(db, order) : undefined;
        const n = leased ?? nextFromReserve(db, order, reserve);
        if (n === undefined) return undefined;
        if (leased === undefined) kept.cover(order.day, order.line, n, reserveLasts(db));
        return write(db, order, n, now());
      }),
    ticket: (id) => givenBy(db, id),
    unreported: () => countUnreported(db),
    given: (day, line) => countGiven(db, day, line),
    leased: (day, line) => stockOf(db, day, line),
    lastDay: () => lastDayIn(db),
    exchange: async (hub, { day, since, lines, restored }) => {
      noteHeard(db, now());
      correctDays(db, day, now());
      noteDoubt(db, day, now());
      noteSince(db, since ?? day, now());
      if (restored !== undefined) tellAgain(db, restored, now());
      await report(db, hub, now);
      for (const line of lines) await refill(db, hub, day, line);
      forget(db);
    },
  };
}

const FLOOR = 'queue-reserve-floor';
const floorSchema = z.object({
  day: localDateSchema,
  /** Undefined: nobody knows, half of the reserve is left out. */
  lines: z.record(z.string(), z.int()).optional(),
});

/** After a restored backup: blocks may have been used up since, and so may the beginning of the reserve. Called in a transaction. */
export function forgetStock(db: WritableDb, found: ReservedNumbers | undefined, now: number): void {
  run(db, sql`delete from queue_block`);
  const { date } = localMoment(now);
  const day = [date, hostDay(db), lastGiven(db), found?.day].reduce(laterOf) ?? date;
  writeSetting(db, FLOOR, { day, lines: found?.lines }, now);
}

/** The last number of the reserve that may have been given before a restore, while that day or one after it counts. */
function floorOf(
  db: ReadableDb,
  since: LocalDate,
  line: string,
  { from, to }: NumberBlock,
): number {
  const floor = floorSchema.safeParse(readSetting(db, FLOOR)).data;
  if (floor === undefined || floor.day < since) return from - 1;
  return floor.lines === undefined ? Math.floor((from + to) / 2) : (floor.lines[line] ?? from - 1);
}

/** The last number of each line that was given from the own reserve since the host was heard of. */
function reserveLasts(db: ReadableDb): Map<string, number> {
  const { day, row } = heldSince(db);
  return new Map(
    all<{ line: string; n: number }>(
      db,
      sql`select line, max(n) as n from queue_given where (day >= ${day} or rowid >= ${row}) and n > ${LAST_BEFORE_RESERVES} group by line`,
    ).map(({ line, n }) => [line, n]),
  );
}

/** Ends what another host leased: its numbers are not the next one's to call. */
export function forgetHost(db: WritableDb, now: number): void {
  run(db, sql`delete from queue_block`);
  for (const name of [HOST_DAY, HOST_HEARD, HELD_SINCE]) writeSetting(db, name, null, now);
}

/** The latest day on which a number was given here, or that the host had when it was last heard of. */
export function lastDayIn(db: ReadableDb): LocalDate | undefined {
  return laterOf(lastGiven(db), hostDay(db));
}

/** Whether by the clock here a number was given, or the host heard, on this date, whatever name the day had. */
export function wasUsedOn(db: ReadableDb, date: LocalDate): boolean {
  if (readSetting(db, HOST_HEARD) === date) return true;
  const last = first<{ body: string }>(
    db,
    sql`select body from queue_given order by rowid desc limit 1`,
  );
  return last !== undefined && isIssuedOn(last, date);
}

function isIssuedOn({ body }: { readonly body: string }, date: LocalDate): boolean {
  return localMoment((JSON.parse(body) as GivenTicket).issuedAt).date === date;
}

function lastGiven(db: ReadableDb): LocalDate | undefined {
  const row = first<{ day: string | null }>(db, sql`select max(day) as day from queue_given`);
  return row?.day ?? undefined;
}

function laterOf(one: LocalDate | undefined, other: LocalDate | undefined): LocalDate | undefined {
  return other === undefined || (one !== undefined && one > other) ? one : other;
}

function givenBy(db: WritableDb, id: string): GivenTicket | undefined {
  const row = first<{ body: string }>(db, sql`select body from queue_given where id = ${id}`);
  return row && (JSON.parse(row.body) as GivenTicket);
}

function nextFromBlocks(db: WritableDb, { day, line }: GiveOrder): number | undefined {
  const block = first<{ first: number; next: number }>(
    db,
    sql`select first, next from queue_block where day = ${day} and line = ${line} and next <= last order by first limit 1`,
  );
  if (block === undefined) return undefined;
  run(
    db,
    sql`update queue_block set next = next + 1 where day = ${day} and line = ${line} and first = ${block.first}`,
  );
  return block.next;
}

/**
 * After everything that was given since the host was last heard of, under whatever day: a clock that jumps while the cable is cut
 * must not give a number of today again. A cut of many days may use the reserve up; then each day begins it anew.
 */
function nextFromReserve(
  db: WritableDb,
  { day, line }: GiveOrder,
  reserve: NumberBlock,
): number | undefined {
  for (const { day: since, row } of [heldSince(db), { day, row: NO_ROW }]) {
    const last = first<{ n: number | null }>(
      db,
      sql`select max(n) as n from queue_given where (day >= ${since} or rowid >= ${row}) and line = ${line} and n between ${reserve.from} and ${reserve.to}`,
    )?.n;
    const next = Math.max(last ?? 0, floorOf(db, since, line, reserve)) + 1;
    if (next <= reserve.to) return next;
  }
  return undefined;
}

const HOST_DAY = 'queue-host-day';

/** The date on which the host was last heard, by the clock here. */
const HOST_HEARD = 'queue-host-heard-on';

function noteHeard(db: WritableDb, now: number): void {
  const { date } = localMoment(now);
  if (readSetting(db, HOST_HEARD) !== date) writeSetting(db, HOST_HEARD, date, now);
}

const HELD_SINCE = 'queue-held-since';

const NO_ROW = Number.MAX_SAFE_INTEGER;
const heldSinceSchema = z.object({
  /** The oldest day of which the host held numbers when it was last heard of. */
  day: localDateSchema,
  /** The first that it had not heard of when that day came: it may have taken them for numbers of today. */
  row: z.int(),
});

/** From where on numbers of the own reserve may still be held; all of them before the host was heard of. */
function heldSince(db: ReadableDb): z.infer<typeof heldSinceSchema> {
  return heldSinceSchema.safeParse(readSetting(db, HELD_SINCE)).data ?? { day: '', row: NO_ROW };
}

function noteSince(db: WritableDb, day: LocalDate, now: number): void {
  if (heldSince(db).day === day) return;
  const row = first<{ row: number | null }>(
    db,
    sql`select min(rowid) as "row" from queue_given where confirmed = 0`,
  )?.row;
  writeSetting(db, HELD_SINCE, { day, row: row ?? NO_ROW }, now);
}

/** The host's day when it was last heard of. */
function hostDay(db: ReadableDb): LocalDate | undefined {
  return localDateSchema.safeParse(readSetting(db, HOST_DAY)).data;
}

function write(db: WritableDb, order: GiveOrder, n: number, issuedAt: number): GivenTicket {
  const { operation, day, line, group, guide } = order;
  const ticket: GivenTicket = { id: operation, day, line, n, issuedAt, group, guide };
  run(
    db,
    sql`insert into queue_given (id, day, line, n, body) values (${operation}, ${day}, ${line}, ${n}, ${JSON.stringify(ticket)})`,
  );
  return ticket;
}

/** How many tickets the host has not confirmed. */
export function countUnreported(db: ReadableDb): number {
  return (
    first<{ count: number }>(db, sql`select count(*) as count from queue_given where confirmed = 0`)
      ?.count ?? 0
  );
}

/** How many of them are of this date or later, by their day's name or by the clock here. */
export function countUnreportedOn(db: ReadableDb, date: LocalDate): number {
  return all<{ day: string; body: string }>(
    db,
    sql`select day, body from queue_given where confirmed = 0`,
  ).filter((given) => given.day >= date || isIssuedOn(given, date)).length;
}

function unreported(db: WritableDb): GivenTicket[] {
  return all<{ body: string }>(
    db,
    sql`select body from queue_given where confirmed = 0 order by rowid limit ${REPORT_SIZE}`,
  ).map((row) => JSON.parse(row.body) as GivenTicket);
}

const DOUBTED = 'queue-doubted-day';

/** A day that this terminal's clock did not know when the host named it: one of the two clocks is wrong. */
function noteDoubt(db: WritableDb, day: LocalDate, now: number): void {
  const doubted = localMoment(now).date === day ? null : day;
  if ((readSetting(db, DOUBTED) ?? null) !== doubted) writeSetting(db, DOUBTED, doubted, now);
}

/** Whether it is this day by the clock here, which said the same as the host's when that was last heard of. */
function isDayAgreed(db: ReadableDb, day: LocalDate, now: number): boolean {
  return localMoment(now).date === day && readSetting(db, DOUBTED) !== day;
}

/** Takes the host's day over; what was given under a later one is of that day. */
function correctDays(db: WritableDb, day: LocalDate, now: number): void {
  transaction(db, () => {
    if (hostDay(db) !== day) writeSetting(db, HOST_DAY, day, now);
    // A number that was given under the right day as well keeps the wrong one: both are valid, and neither is lost.
    run(
      db,
      sql`update or ignore queue_given set day = ${day}, body = json_set(body, '$.day', ${day}) where day > ${day} and confirmed = 0`,
    );
    // Given today by this terminal's clock, or while that was plainly wrong: of the host's day, whatever clock is right.
    const { date } = localMoment(now);
    for (const { id, issuedAt, day: under } of unreported(db))
      if (under < day && (under === date || localMoment(issuedAt).date !== under))
        run(
          db,
          sql`update or ignore queue_given set day = ${day}, body = json_set(body, '$.day', ${day}) where id = ${id}`,
        );
  });
}

const TOLD_SINCE = 'queue-told-since-restore';

/** A host that was restored from a backup does not know what it was told after it. */
function tellAgain(db: WritableDb, restored: string, now: number): void {
  if (readSetting(db, TOLD_SINCE) === restored) return;
  transaction(db, () => {
    // All that is kept: what the host knows changes nothing, and days are not to be trusted after clocks were wrong.
    run(db, sql`update queue_given set confirmed = 0 where confirmed = 1`);
    writeSetting(db, TOLD_SINCE, restored, now);
  });
}

async function report(db: WritableDb, hub: QueueHub, now: () => number): Promise<void> {
  for (let waiting = unreported(db); waiting.length > 0; waiting = unreported(db)) {
    const { known, refused } = await hub.report(waiting, now());
    const settled = waiting.filter(({ id }) => known.includes(id) || refused.includes(id));
    if (settled.length === 0) return;
    transaction(db, () => {
      for (const { id } of settled)
        run(
          db,
          sql`update queue_given set confirmed = ${known.includes(id) ? 1 : -1} where id = ${id}`,
        );
    });
  }
}

async function refill(db: WritableDb, hub: QueueHub, day: LocalDate, line: string): Promise<void> {
  const held = stockOf(db, day, line);
  if (held > BLOCK_SIZE / 2) return;
  const wish = { operation: randomUUID(), day, line, size: BLOCK_SIZE, held };
  const block = await hub.lease(wish);
  if (block === undefined) return;
  transaction(db, () => {
    run(
      db,
      sql`insert into queue_block (day, line, first, last, next) values (${day}, ${line}, ${block.from}, ${block.to}, ${block.from})
          on conflict (day, line, first) do nothing`,
    );
    run(db, sql`delete from queue_block where day < ${day}`);
  });
}

/** What the host refused stays: somebody may ask why. */
function forget(db: WritableDb): void {
  run(
    db,
    sql`delete from queue_given where confirmed = 1 and day <
        (select min(day) from (select distinct day from queue_given order by day desc limit ${DAYS_KEPT}))`,
  );
}

function countGiven(db: ReadableDb, day: LocalDate, line: string): number {
  return (
    first<{ count: number }>(
      db,
      sql`select count(*) as count from queue_given where day = ${day} and line = ${line}`,
    )?.count ?? 0
  );
}

function stockOf(db: WritableDb, day: LocalDate, line: string): number {
  return (
    first<{ left: number | null }>(
      db,
      sql`select sum(last - next + 1) as left from queue_block where day = ${day} and line = ${line}`,
    )?.left ?? 0
  );
}
