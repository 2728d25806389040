import type { QueuePlanBody } from '#shared/content/kinds/queue-plan.ts';
import type { HallEvent, QueueMode, TicketView } from '#shared/contract/queue.ts';
import type { PageLanguage, StationView } from '#shared/contract/views.ts';
import { clockMinutes } from '#shared/queue/clock-minutes.ts';
import { isFull, queueMode } from '#shared/queue/queue-mode.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import type { ServingWindow } from '#shared/queue/wait-estimate.ts';
import { estimateWaits, type WaitingTicket } from '#shared/queue/wait-estimate.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import type { Library } from '../content/library.ts';
import type { StationLog } from '../log/station-log.ts';
import type { Stations } from '../stations/stations.ts';
import { all, sql, type WritableDb } from '../store/sql.ts';
import type { DayWatch } from './day-watch.ts';
import { farewellNow } from './early-close.ts';
import type { NumberReserve } from './number-reserve.ts';
import { issuedOf, queueDayOf, ticketsHeld } from './queue-events.ts';
import type { ServiceClock } from './service-clock.ts';
import { isResting } from './terminals/left-host.ts';

/** What the queue reads of the content. */
export type QueueLibrary = Pick<Library, 'station' | 'shown' | 'record' | 'moment'>;
/** What the queue asks of the station: its windows and hours. */
export type QueueStations = Pick<Stations, 'current' | 'name'>;

/** Printing of tickets, where a station prints them. */
export interface Slips {
  /**
   * Runs inside the transaction that writes a new ticket: the print job, under the ticket's id, is written with it or not at
   * all (invariant 3). False where nothing will be printed. The view is the queue's own unless another is known better.
   */
  readonly write: (context: QueueContext, ticket: Ticket, view?: TicketView) => boolean;
  /** After the transaction; does nothing for a job that is under way or done. */
  readonly send: (ticket: string) => void;
}

/** What the parts of the queue work with. */
export interface QueueContext {
  readonly db: WritableDb;
  readonly library: QueueLibrary;
  readonly stations: QueueStations;
  readonly now: () => number;
  readonly log: StationLog;
  readonly serviceClock: ServiceClock;
  /** Whether the clock may be believed. */
  readonly dayWatch: DayWatch;
  /** What a restored backup cannot know. */
  readonly reserve: NumberReserve;
  /** Tells displays and consoles, after the transaction. */
  readonly publish: (event: HallEvent) => void;
  readonly slips: Slips | undefined;
}

type Line = QueuePlanBody['lines'][number];

/** The plan of this station, in a language; undefined where there is no queue. */
export function planOf(
  { library }: Pick<QueueContext, 'library'>,
  language: PageLanguage = 'zh-CN',
): QueuePlanBody | undefined {
  return library
    .shown('queue-plan', language)
    .map((shown) => shown.body)
    .find((body) => body.station === library.station);
}

/** The line with this id, or the one in which a business waits. */
export function lineOf(plan: QueuePlanBody | undefined, id: string): Line | undefined {
  return (
    plan?.lines.find((line) => line.id === id) ??
    plan?.lines.find((line) => line.also.some((business) => business === id))
  );
}

/** The line in which a ticket waits now: lines may be put together in opening hours, or be gone. */
export function lineNow(plan: QueuePlanBody | undefined, id: string): string {
  return lineOf(plan, id)?.id ?? id;
}

/** Those who wait, each in the line that the plan has for it now. */
export function waitingNow(context: Pick<QueueContext, 'db' | 'library'>): Ticket[] {
  const plan = planOf(context);
  return ticketsHeld(context.db, ['waiting']).map((ticket) => ({
    ...ticket,
    line: lineNow(plan, ticket.line),
  }));
}

/** The day of which numbers are given now; before there was any, the clock's. */
export function currentDay({ db, now }: Pick<QueueContext, 'db' | 'now'>): LocalDate {
  return queueDayOf(db) ?? localMoment(now()).date;
}

/** Whether numbers are given now. */
export function modeOf(
  context: QueueContext,
  day: LocalDate,
  language: PageLanguage = 'zh-CN',
): QueueMode {
  const { db, stations, library, now } = context;
  const plan = planOf(context, language);
  // Its own windows and displays are told the same: the numbers of the hall are another queue's today.
  if (plan !== undefined && isResting(db)) return { state: 'removed' };
  const view = stations.current(language);
  return queueMode({
    plan,
    open: view.open,
    today: view.week[0],
    moment: library.moment(),
    closedEarly: farewellNow(db, now()),
    issued: (line) => issuedOf(db, day, line),
  });
}

/** Whether a line's numbers of the day are used up. */
export function isLineFull(context: QueueContext, day: LocalDate, line: Line): boolean {
  return isFull(line, (id) => issuedOf(context.db, day, id));
}

/** A window of the station with the lines it calls for and how it stands today. */
export interface DeskWindow {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly accessible: boolean;
  /** Its own by the plan, and those that no window has any more: every window calls for them. */
  readonly lines: readonly string[];
  readonly state: 'open' | 'paused' | 'closed';
  readonly staff?: string | undefined;
}

/** Every window that the plan names, in the order of the station's record; and one that is gone until its visitor has left. */
export function windowsOf(
  context: Pick<QueueContext, 'db' | 'library' | 'stations'>,
  language: PageLanguage = 'zh-CN',
): DeskWindow[] {
  const plan = planOf(context, language);
  const states = new Map(
    all<{ window: string; state: DeskWindow['state']; staff: string }>(
      context.db,
      sql`select window, state, staff from queue_window
          where day in (select day from queue_day where closed_at is null) order by day`,
    ).map((row) => [row.window, row]),
  );
  const busy = new Set(
    all<{ window: string }>(
      context.db,
      sql`select window from queue_ticket where state = 'called'`,
    ).map((row) => row.window),
  );
  const windows = placesOf(context.stations.current(language).windows, busy).map((place) => ({
    ...place,
    lines: (plan?.lines ?? [])
      .filter((line) => line.windows.includes(place.id))
      .map((line) => line.id),
    state: states.get(place.id)?.state ?? 'closed',
    staff: states.get(place.id)?.staff,
  }));
  const strays = linesOfNoWindow(context, windows);
  return windows.flatMap((window) => {
    if (window.lines.length > 0) return [{ ...window, lines: [...window.lines, ...strays] }];
    return busy.has(window.id) ? [window] : [];
  });
}

function placesOf(windows: StationView['windows'], busy: ReadonlySet<string>) {
  const gone = [...busy].filter((id) => windows.every((window) => window.id !== id));
  return [
    ...windows.map(({ id, label, name, accessible }) => ({ id, label, name, accessible })),
    ...gone.map((id) => ({ id, label: id, name: id, accessible: false })),
  ];
}

/** Lines of the plan whose windows the station does not have, and lines that somebody waits in though the plan lost them. */
function linesOfNoWindow(
  context: Pick<QueueContext, 'db' | 'library'>,
  windows: readonly { readonly lines: readonly string[] }[],
): string[] {
  const served = new Set(windows.flatMap(({ lines }) => lines));
  const plan = planOf(context);
  const waitedIn = all<{ line: string }>(
    context.db,
    sql`select distinct line from queue_ticket where state = 'waiting' order by line`,
  );
  const lines = [
    ...(plan?.lines ?? []).map((line) => line.id),
    ...waitedIn.map(({ line }) => lineNow(plan, line)),
  ];
  return [...new Set(lines)].filter((line) => !served.has(line));
}

/** Windows with the visitor each has. */
function withVisitors(context: QueueContext, windows: readonly DeskWindow[]): ServingWindow[] {
  const called = ticketsHeld(context.db, ['called']);
  const now = context.now();
  return windows.map(({ id, lines }) => {
    const ticket = called.find((candidate) => candidate.window === id);
    const current = ticket && {
      line: ticket.line,
      minutes: Math.max(0, now - (ticket.calledAt ?? now)) / 60_000,
    };
    return { id, lines, current };
  });
}

/** How the doors stand: `later` before they open and in a break, `over` after the last period and on a day without service. */
type Doors = 'open' | 'later' | 'over';

/**
 * The windows by which a wait is reckoned. Before any is opened in the morning all of them count: somebody will sit there when
 * the doors open; in a break those that are paused come back. After the day only those that stayed.
 */
function reckonedWindows(windows: readonly DeskWindow[], doors: Doors): readonly DeskWindow[] {
  const open = windows.filter(
    ({ state }) => state === 'open' || (doors === 'later' && state === 'paused'),
  );
  return doors !== 'over' && windows.every(({ state }) => state === 'closed') ? windows : open;
}

/** Minutes until each of these tickets is called, with the time in which the doors are shut; 0 only while they are open. */
export function waitsOf(
  context: QueueContext,
  waiting: readonly WaitingTicket[],
): Map<string, number> {
  const { open, week } = context.stations.current('zh-CN');
  const periods = open.state === 'unknown' ? [] : (week[0]?.periods ?? []);
  const { minutes } = context.library.moment();
  const onClock = (wait: number) => clockMinutes(wait, minutes, periods);
  const opensLater = onClock(0) > 0 ? 'later' : 'open';
  const doors = open.state === 'closed' && opensLater === 'open' ? 'over' : opensLater;
  const windows = withVisitors(context, reckonedWindows(windowsOf(context), doors));
  const waits = estimateWaits(waiting, windows, context.serviceClock.minutesOf);
  const least = doors === 'open' ? 0 : 1;
  return new Map([...waits].map(([id, wait]) => [id, Math.max(least, onClock(wait))]));
}
