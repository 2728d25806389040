import type {
  DeskAlarm,
  DeskAnswer,
  DeskView,
  HallCall,
  HallEvent,
  HallView,
  QueueStatistics,
} from '#shared/contract/queue.ts';
import type { Slip } from '#shared/printing/slip.ts';
import type { TicketOrder } from '#shared/queue/window-order.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { StationLog } from '../log/station-log.ts';
import type { WritableDb } from '../store/sql.ts';
import { answerAlarm, openAlarms, raiseAlarm } from './alarms.ts';
import { nameData } from './data-name.ts';
import { openDayWatch } from './day-watch.ts';
import { deskView } from './desk-view.ts';
import { callOfToday, hallView } from './hall.ts';
import { closeLeftWindows, sweepLeftWindows } from './left-windows.ts';
import { openNumberReserve } from './number-reserve.ts';
import {
  planOf,
  type QueueContext,
  type QueueLibrary,
  type QueueStations,
  type Slips,
} from './queue-context.ts';
import { queueDayOf } from './queue-events.ts';
import { startQueueStream } from './queue-stream.ts';
import { openServiceClock } from './service-clock.ts';
import { settleRestore } from './settle-restore.ts';
import { statisticsOf } from './station-statistics.ts';
import { type ExportFormat, exportStatistics } from './statistics-file.ts';
import { openFurtherTerminal } from './terminals/further-terminal.ts';
import { leaseBlock, overviewOf, takeOver } from './terminals/hub.ts';
import type { PairedTerminal } from './terminals/paired-terminal.ts';
import type { QueueHostAnswers } from './terminals/queue-hub.ts';
import { slipOf } from './ticket-slips.ts';
import { correctDay, keepLastEnd, turnDay } from './turn-day.ts';
import { queueState, takeNumber, type VisitorQueue, visitorTicket } from './visitor-queue.ts';
import {
  callNext,
  callNumber,
  closeEarly,
  type DeskOrder,
  type DeskTicketOrder,
  noteTicket,
  orderTicket,
  reopen,
  setWindow,
  writeNote,
} from './window-desk.ts';

/** What a window does; who may is checked by the caller. */
export interface Desk {
  readonly view: (window: string) => DeskView;
  readonly setWindow: (order: DeskOrder, state: 'open' | 'paused' | 'closed') => DeskView;
  readonly callNext: (order: DeskOrder) => DeskAnswer;
  readonly order: (order: DeskTicketOrder, what: TicketOrder) => DeskAnswer;
  readonly note: (order: DeskTicketOrder, text: string) => DeskAnswer;
  readonly handover: (order: DeskOrder, text: string) => DeskView;
  readonly callNumber: (order: DeskOrder, number: string) => DeskAnswer;
  readonly alarms: () => DeskAlarm[];
  readonly raiseAlarm: (order: DeskOrder) => DeskAlarm[];
  readonly answerAlarm: (alarm: string, staff: DeskOrder['staff']) => DeskAlarm[];
  readonly closeEarly: (order: DeskOrder, farewell: string | undefined) => DeskView;
  readonly reopen: (order: DeskOrder) => DeskView;
  readonly correctDay: (order: DeskOrder) => DeskView;
  readonly statistics: (from: LocalDate, to: LocalDate) => QueueStatistics;
  readonly exportStatistics: (
    from: LocalDate,
    to: LocalDate,
    format: ExportFormat,
  ) => Promise<{ base64: string; fileName: string }>;
}

/** The queue of a station, on its queue host; on a terminal that is joined to another, visitors take numbers from its stock. */
export interface Queue {
  readonly visitor: VisitorQueue;
  /** What a ticket's slip says now, printed or not. Throws `not-found` for one that is not there. */
  readonly slip: (id: string) => Slip;
  readonly desk: Desk;
  readonly hall: {
    readonly view: () => HallView;
    /** A call of today; undefined for any other number. */
    readonly call: (seq: number) => HallCall | undefined;
    readonly events: (signal: AbortSignal | undefined) => AsyncGenerator<HallEvent>;
  };
  /** Turns the day when it is over; how many days ended. */
  readonly turnDay: () => number;
  /** After a log-in was ended by somebody: closes windows whose people are logged in nowhere any more; how many. */
  readonly closeLeftWindows: (loggedIn: ReadonlySet<string>) => number;
  /** The same each minute, for log-ins that ran out; not by a clock that was set a moment ago. */
  readonly sweepLeftWindows: (loggedIn: () => ReadonlySet<string>) => number;
  /** What another terminal of the station, once paired, may ask. */
  readonly hubFor: (terminal: PairedTerminal) => QueueHostAnswers;
  readonly stop: () => void;
}

export interface QueueOptions {
  readonly db: WritableDb;
  readonly library: QueueLibrary;
  readonly stations: QueueStations;
  readonly now: () => number;
  /** Milliseconds on a clock that nobody sets and that goes on while the program is down; the computer's own when absent. */
  readonly uptime?: (() => number) | undefined;
  /** The file in which numbers are reserved, beside the database; absent where nobody carries a number away. */
  readonly reserveFile: string | undefined;
  readonly log: StationLog;
  /** Where tickets are printed. */
  readonly slips?: Slips | undefined;
}

/** Opens the queue; a day that ended while the host was down is closed, and numbers that a restored backup does not know are left out. */
export function openQueue(options: QueueOptions): Queue {
  const { db, now, uptime = computerUptime, reserveFile, log } = options;
  const stream = startQueueStream(now);
  const context: QueueContext = {
    ...options,
    slips: options.slips,
    serviceClock: openServiceClock(db, () => planOf(options)),
    dayWatch: openDayWatch(now, uptime),
    reserve: openNumberReserve(reserveFile, log),
    publish: stream.publish,
  };
  const before = queueDayOf(db);
  turnDay(context);
  // Before the end of a day is written down anew, what was found is needed here.
  settleRestore(context, before);
  nameData(db, now());
  keepLastEnd(context);
  const turn = () => {
    const ended = turnDay(context);
    keepLastEnd(context);
    return ended;
  };
  const further = openFurtherTerminal(context);
  const own = ownVisitors(context, turn);
  const visitor: VisitorQueue = {
    state: (language) => (further.visitor() ?? own).state(language),
    take: (order) => (further.visitor() ?? own).take(order),
    ticket: (id, language) => (further.visitor() ?? own).ticket(id, language),
  };
  return {
    visitor,
    slip: (id) => slipOf(context, visitor.ticket(id, 'zh-CN')),
    desk: openDesk(context),
    hall: {
      view: () => hallView(context),
      call: (seq) => callOfToday(context, seq),
      events: stream.subscribe,
    },
    turnDay: turn,
    closeLeftWindows: (loggedIn) => closeLeftWindows(context, loggedIn),
    sweepLeftWindows: (loggedIn) => sweepLeftWindows(context, loggedIn),
    hubFor: (terminal) => ({
      lease: async (wish) => leaseBlock(context, terminal, wish),
      report: async (tickets, clock) => takeOver(context, terminal, tickets, clock),
      overview: async (tickets) => overviewOf(context, tickets),
    }),
    stop: () => {
      further.stop();
      stream.stop();
    },
  };
}

function computerUptime(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

function ownVisitors(context: QueueContext, turn: () => void): VisitorQueue {
  return {
    state: (language) => queueState(context, language),
    take: (order) => {
      turn();
      return takeNumber(context, order);
    },
    ticket: (id, language) => visitorTicket(context, id, language),
  };
}

function openDesk(context: QueueContext): Desk {
  const statistics = (from: LocalDate, to: LocalDate) => statisticsOf(context, from, to);
  return {
    view: (window) => deskView(context, window),
    setWindow: (order, state) => setWindow(context, order, state),
    callNext: (order) => callNext(context, order),
    callNumber: (order, number) => callNumber(context, order, number),
    order: (order, what) => orderTicket(context, order, what),
    note: (order, text) => noteTicket(context, order, text),
    handover: (order, text) => {
      writeNote(context, order, text);
      return deskView(context, order.window);
    },
    raiseAlarm: (order) => raiseAlarm(context, order),
    alarms: () => openAlarms(context),
    answerAlarm: (alarm, staff) => answerAlarm(context, alarm, staff),
    closeEarly: (order, farewell) => closeEarly(context, order, farewell),
    reopen: (order) => reopen(context, order),
    correctDay: (order) => {
      correctDay(context, order.operation, order.staff.id);
      return deskView(context, order.window);
    },
    statistics,
    exportStatistics: (from, to, format) =>
      exportStatistics(statistics(from, to), context.stations.name(), format),
  };
}
