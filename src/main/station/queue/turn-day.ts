import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayTurn, QUIET_MS, STANDING_MS } from '#shared/queue/day-turn.ts';
import { numbersEndAt } from '#shared/queue/queue-mode.ts';
import { queueStatistics } from '#shared/queue/queue-statistics.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { commitOperation } from '../store/commit-operation.ts';
import { isCopy } from '../store/restored-mark.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { all, first, type ReadableDb, run, sql, transaction } from '../store/sql.ts';
import { dataName } from './data-name.ts';
import {
  earlyCloseOf,
  endedDay,
  farewellNow,
  isOfDayBefore,
  setCloseWithClock,
} from './early-close.ts';
import { noteEnd, setWithClock } from './last-end.ts';
import { planOf, type QueueContext, windowsOf } from './queue-context.ts';
import {
  appendEvent,
  eventOf,
  lastNumbers,
  openDays,
  queueDayOf,
  ticketOf,
  ticketsHeld,
} from './queue-events.ts';
import { readQueueHost } from './terminals/queue-host-setting.ts';

/** Days of work, not of the calendar: a clock that ran years ahead must not make the station forget. */
const DAYS_KEPT = {
  /** Hand-over notes are for the next shift. */
  notes: 10,
  /** Tickets hold no names, but who came with which priority need not be known for ever. */
  tickets: 300,
} as const;

/**
 * Turns the queue's day when it is over: what is held expires, notes on visitors go, and the counts of each day travel to the
 * district (no ticket by itself). A clock that is not to be believed moves the day's name at most (decision 033). Done at
 * start, each minute, and before a number. How many days ended.
 */
export function turnDay(context: QueueContext): number {
  const { db } = context;
  const look = context.dayWatch.look();
  const { date, crossedFrom, evenMs } = look;
  setWithClock(db, look.setByMs, context.now());
  setCloseWithClock(db, look, context.now());
  const day = queueDayOf(db);
  // Asked at every number: what needs a look into the tables is asked only when the date is another.
  const isSame = date === day && crossedFrom === undefined;
  const turn = isSame
    ? 'stays'
    : dayTurn({
        ...{ day, date, crossedFrom, evenMs },
        isQuiet: isQuiet(context, evenMs),
        isStill: isStill(context),
        wasOver:
          day !== undefined && (readSetting(db, DAY_OVER) === day || isOverEarly(context, date)),
        isHeld: isHeld(db),
      });
  const ended = turn === 'ends' ? endDays(context, date) : 0;
  if (turn === 'moves') moveDay(context, date, randomUUID(), 'station');
  noteWhetherOver(context, evenMs);
  return ended;
}

/**
 * A person's word that the clock is right: numbers are of its date from here on, after the last of all days that are open, and
 * whoever holds one keeps it. False when it is that date already.
 */
export function correctDay(context: QueueContext, operation: string, actor: string): boolean {
  const { date } = localMoment(context.now());
  if (queueDayOf(context.db) === date) return false;
  moveDay(context, date, operation, actor);
  return true;
}

function moveDay(context: QueueContext, date: LocalDate, operation: string, actor: string): void {
  const { db, now } = context;
  const type = actor === 'station' ? 'day-turned' : 'day-corrected';
  transaction(db, () => {
    if (eventOf(db, operation) !== undefined) return;
    appendEvent(db, { operation, day: date, at: now(), actor, event: { type } });
    endEarlyClose(context, date, actor);
  });
  context.log.event('queue-day-moved', { to: date, by: type });
  context.publish({ type: 'changed' });
}

/** An early close of a day before ends with the move; a clock that jumped ahead in the middle of a day brought no other day. */
function endEarlyClose({ db, now }: QueueContext, date: LocalDate, actor: string): void {
  const close = earlyCloseOf(db);
  if (close === undefined) return;
  // A person who says that it is a later day knows that the order was for another one.
  const isByWord = actor !== 'station' && isOfDayBefore(db, close, date);
  if (!isByWord && farewellNow(db, now()) !== undefined) return;
  const operation = randomUUID();
  appendEvent(db, { operation, day: date, at: now(), actor, event: { type: 'reopened' } });
}

const DAY_OVER = 'queue-day-over';

/** Keeps on the disk whether the last that was seen of the day was after its numbers had ended. */
function noteWhetherOver(context: QueueContext, evenMs: number): void {
  const { db, now, stations } = context;
  const day = queueDayOf(db);
  const { date, minutes } = localMoment(now());
  const isDay = day === date;
  const known = readSetting(db, DAY_OVER) ?? null;
  const view = isDay ? stations.current('zh-CN') : undefined;
  const isAfterHours =
    view !== undefined && minutes >= numbersEndAt(planOf(context), view.open, view.week[0]);
  // A clock that was set to the evening a moment ago is no evening; one that was known before a start is.
  const isOver = isAfterHours && (evenMs >= STANDING_MS || known === day);
  const over = isOver ? day : null;
  if (known !== over) writeSetting(db, DAY_OVER, over, now());
}

/** The staff ended the numbers of the day and closed every window: it is over, at whatever hour the computer is switched off then. */
function isOverEarly(context: QueueContext, date: LocalDate): boolean {
  const close = earlyCloseOf(context.db);
  const day = queueDayOf(context.db);
  if (close === undefined || day === undefined) return false;
  if (!endedDay(context.db, close, { day, date })) return false;
  // What a backup says of windows was so when it was made; what was given since is not accounted for yet.
  if (isCopy(context.db)) return false;
  return windowsOf(context).every(({ state }) => state === 'closed');
}

/** Nobody at the terminals or windows did anything within an hour that has really passed. */
function isQuiet({ db, now }: QueueContext, evenMs: number): boolean {
  if (evenMs < QUIET_MS) return false;
  const last = first<{ at: number }>(
    db,
    sql`select at from queue_event where actor <> 'station' order by seq desc limit 1`,
  );
  // What is stamped with a time to come was written while the clock was wrong, before it ran evenly.
  return last === undefined || last.at > now() || now() - last.at >= QUIET_MS;
}

/**
 * Nobody took a number here and no window saw to a visitor within an hour of the clock. A window that somebody closes on the way
 * home is no hall at work, and what a terminal reports may be hours old.
 */
function isStill({ db, now }: QueueContext): boolean {
  const last = first<{ at: number }>(
    db,
    sql`select at from queue_event where ticket is not null and actor <> 'station' and actor not like 'terminal:%'
        order by seq desc limit 1`,
  );
  // A stamp far in the future was written while the clock was wrong.
  return last === undefined || Math.abs(now() - last.at) >= QUIET_MS;
}

/** Somebody holds a number or was missed; or another terminal may have given one that is not known here yet. */
function isHeld(db: ReadableDb): boolean {
  const held = sql`select 1 from queue_ticket
    where state in ('waiting', 'called', 'held', 'skipped', 'no-show') and day in (select day from queue_day where closed_at is null)
    union all select 1 from queue_terminal
    union all select 1 from queue_event where actor like 'terminal:%' and day in (select day from queue_day where closed_at is null)
    limit 1`;
  return first(db, held) !== undefined;
}

const LAST_END = 'queue-last-end';

/**
 * Writes down outside of the database with which event numbers last ended. A further terminal holds numbers for as long as its
 * host does: there it is not this log that says so.
 */
export function keepLastEnd({ db, reserve }: QueueContext): void {
  const event = z.string().safeParse(readSetting(db, LAST_END)).data;
  const [data, day] = [dataName(db), queueDayOf(db)];
  if (event === undefined || data === undefined || day === undefined) return;
  if (readQueueHost(db) === undefined) reserve.keepEnd({ event, data }, day, () => lastNumbers(db));
}

/** Whether all that this data holds has ended since: it is a backup from before an end that was written down beside it. */
export function hasEndedSince({ db, reserve: { found } }: QueueContext): boolean {
  const ended = found?.ended;
  return ended?.data === dataName(db) && ended !== undefined && !eventOf(db, ended.event);
}

/** Ends every open day; all of it, with the district's rows, is one transaction (invariant 3). */
export function endDays(context: QueueContext, today: LocalDate): number {
  const { db, now } = context;
  const at = now();
  const ended = transaction(db, () => {
    const held = ticketsHeld(db, ['waiting', 'called', 'held', 'skipped']);
    for (const ticket of held)
      appendEvent(db, {
        operation: randomUUID(),
        day: ticket.day,
        ticket: ticket.id,
        at,
        actor: 'station',
        event: { type: 'expired', reason: 'day-over' },
      });
    const days = openDays(db).filter((day) => day !== today);
    for (const day of days) closeDay(context, day);
    const operation = randomUUID();
    appendEvent(db, {
      ...{ operation, day: today, at, actor: 'station', event: { type: 'day-turned' } },
    });
    noteEnd(db, at);
    if (days.length > 0 || held.length > 0) writeSetting(db, LAST_END, operation, at);
    return { days, expired: held.length };
  });
  for (const day of ended.days) context.log.event('queue-day-closed', { day });
  if (ended.expired > 0) context.log.event('queue-numbers-expired', { count: ended.expired });
  forget(context);
  context.publish({ type: 'changed' });
  return ended.days.length;
}

/** Closes a day, or counts one that is closed anew: its counts go to the district. Called in a transaction. */
export function closeDay(context: QueueContext, day: LocalDate): void {
  const { db, now } = context;
  const at = now();
  const close = () => {
    const operation = randomUUID();
    appendEvent(db, { operation, day, at, actor: 'station', event: { type: 'day-closed' } });
    run(db, sql`delete from queue_note where ticket is not null and day = ${day}`);
  };
  const counts = dayCounts(context, day);
  const closings = closingsOf(db, day);
  // Of a day on which nobody came, and of a terminal that takes its numbers from another, there is nothing to tell.
  if (counts.total.issued === 0 && closings === 0) {
    close();
    return;
  }
  commitOperation(
    db,
    {
      id: randomUUID(),
      type: 'queue-day',
      payload: { station: context.library.station, closing: closings + 1, ...counts },
      actor: 'station',
      subject: `queue-day:${day}`,
      at,
    },
    close,
  );
}

/** How often the day was closed before: of two counts with the same figures the district keeps the later closing's. */
function closingsOf(db: ReadableDb, day: LocalDate): number {
  return (
    first<{ count: number }>(
      db,
      sql`select count(*) as count from queue_event where day = ${day} and json_extract(body, '$.type') = 'day-closed'`,
    )?.count ?? 0
  );
}

function dayCounts({ db }: QueueContext, day: LocalDate) {
  const tickets = all<{ body: string }>(
    db,
    sql`select body from queue_ticket where day = ${day}`,
  ).map(ticketOf);
  const { total, lines, windows, hours } = queueStatistics(tickets, day, day, {
    line: (id) => id,
    window: (id) => id,
  });
  return { day, total, lines, windows, hours };
}

function forget({ db }: QueueContext): void {
  const notes = oldestKept(db, DAYS_KEPT.notes);
  const tickets = oldestKept(db, DAYS_KEPT.tickets);
  transaction(db, () => {
    run(db, sql`delete from queue_note where day < ${notes}`);
    run(db, sql`delete from queue_alarm where day < ${notes}`);
    for (const table of [
      'queue_event',
      'queue_ticket',
      'queue_window',
      'queue_counter',
      'queue_day',
    ])
      db.write.prepare(`delete from ${table} where day < ?`).run(tickets);
  });
}

/** The first of the last so many closed days; before every day when there are not so many yet. */
function oldestKept(db: ReadableDb, days: number): LocalDate {
  return (
    first<{ day: string }>(
      db,
      sql`select day from queue_day where closed_at is not null order by day desc limit 1 offset ${days - 1}`,
    )?.day ?? ''
  );
}
