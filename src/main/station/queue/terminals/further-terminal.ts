import { StationError } from '#shared/contract/errors.ts';
import type { QueueState, TakeAnswer, TakeRefusal, TicketView } from '#shared/contract/queue.ts';
import type { GivenTicket } from '#shared/contract/queue-hub.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { queueDay } from '#shared/queue/queue-day.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { formatNumber } from '#shared/queue/ticket-number.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { transaction } from '../../store/sql.ts';
import { lineOf, planOf, type QueueContext, windowsOf } from '../queue-context.ts';
import { lineName } from '../ticket-view.ts';
import {
  hasPrintJob,
  priorityOf,
  queueState,
  type TakeOrder,
  type VisitorQueue,
  visitorTicket,
} from '../visitor-queue.ts';
import { followHost, type HostLink } from './follow-host.ts';
import { priorityIfKnown } from './hub.ts';
import { lastDayIn, type NumberStock, openNumberStock } from './number-stock.ts';
import { type QueueHostSetting, readQueueHost, wasRemoved } from './queue-host-setting.ts';

/** The visitors' queue of a terminal that was joined to a queue host. It answers from what it has and never waits for the host. */
export interface FurtherTerminal {
  /** This terminal's part, while it is joined; undefined when it is itself the queue host. */
  readonly visitor: () => VisitorQueue | undefined;
  readonly stop: () => void;
}

interface Desk {
  readonly context: QueueContext;
  readonly link: HostLink;
  readonly stock: NumberStock;
  readonly host: QueueHostSetting;
}

/** Opens it; it does nothing until a technician joins the terminal to a host. */
export function openFurtherTerminal(context: QueueContext): FurtherTerminal {
  const { db, now, reserve: kept } = context;
  const stockFor = (ordinal: number) => openNumberStock({ db, ordinal, now, kept });
  const link: HostLink = followHost({
    context,
    stockFor,
    // The host's day while it can be asked; by itself a terminal never goes back.
    day: () => dayFor(context, link),
  });
  return {
    visitor: () => {
      const host = readQueueHost(context.db);
      if (host === undefined) return undefined;
      const desk = { context, link, host, stock: stockFor(host.key.ordinal) };
      return {
        state: (language) => stateHere(desk, language),
        take: (order) => takeHere(desk, order),
        ticket: (id, language) => ticketHere(desk, id, language),
      };
    },
    stop: link.stop,
  };
}

function dayFor(context: QueueContext, link: HostLink): LocalDate {
  const told = link.isConnected() ? link.last()?.state.day : undefined;
  return told ?? queueDay(context.now(), lastDayIn(context.db));
}

/** What the host last said of this day; a day-old word is worth nothing. */
function toldToday({ link }: Desk, day: LocalDate): QueueState | undefined {
  const told = link.last()?.state;
  return told?.day === day ? told : undefined;
}

function stateHere(desk: Desk, language: PageLanguage): QueueState {
  const { context, link } = desk;
  const own = queueState(context, language);
  const day = dayFor(context, link);
  const told = toldToday(desk, day);
  const connected = link.isConnected();
  return {
    ...own,
    day,
    connected,
    mode: modeHere(desk, own, told),
    lines: own.lines.map(({ estimateMinutes: _ofNobody, ...line }) => {
      const there = told?.lines.find((other) => other.id === line.id);
      const isOpen = (id: string) => there?.windows.find((window) => window.id === id)?.open;
      return {
        ...line,
        waiting: there?.waiting ?? 0,
        ...(connected && there?.estimateMinutes !== undefined
          ? { estimateMinutes: there.estimateMinutes }
          : {}),
        windows: line.windows.map((window) => ({ ...window, open: isOpen(window.id) ?? false })),
        full: isFullHere(desk, told, day, line.id),
      };
    }),
  };
}

/** By this terminal's clock and hours; what only the host knows (an early end, the quota) holds for the day. */
function modeHere(desk: Desk, own: QueueState, told: QueueState | undefined): QueueState['mode'] {
  if (wasRemoved(desk.context.db)) return { state: 'removed' };
  if (told?.mode.state === 'early-close') return told.mode;
  return told?.mode.state === 'quota-reached' ? told.mode : own.mode;
}

/** The host said so, or this terminal alone has given as many as the quota since it could last ask. */
function isFullHere(
  { context, stock }: Desk,
  told: QueueState | undefined,
  day: LocalDate,
  line: string,
): boolean {
  const there = told?.lines.find((other) => other.id === line);
  const quota = lineOf(planOf(context), line)?.dayQuota;
  return there?.full === true || (quota !== undefined && stock.given(day, line) >= quota);
}

/** Number and print job are written together; the host hears of it afterwards. */
function takeHere(desk: Desk, order: TakeOrder): TakeAnswer {
  const { context, link, stock } = desk;
  const taken = transaction(context.db, () => {
    const before = stock.ticket(order.operation);
    if (before !== undefined)
      return { given: before, printed: hasPrintJob(context.db, before.id), isNew: false };
    const day = dayFor(context, link);
    const because = refusalHere(desk, order, day);
    if (because !== undefined) return { because };
    const line = lineOf(planOf(context), order.line)?.id ?? order.line;
    priorityOf(context, order.group, line);
    const { operation, group, guide } = order;
    const isTold = link.isConnected();
    const given = stock.give({ operation, day, isTold, line, group, guide });
    if (given === undefined) return { because: 'no-numbers-left' as const };
    const view = viewHere(desk, given, 'zh-CN');
    const printed = context.slips?.write(context, ticketFrom(desk, given), view) ?? false;
    return { given, printed, isNew: true };
  });
  if (taken.given === undefined) return { outcome: 'refused', because: taken.because };
  const { given, printed, isNew } = taken;
  if (isNew) context.publish({ type: 'changed' });
  if (printed) context.slips?.send(given.id);
  const ticket = viewHere(desk, given, order.language);
  link.kick();
  return { outcome: 'issued', ticket, printJob: printed ? given.id : undefined };
}

function refusalHere(desk: Desk, order: TakeOrder, day: LocalDate): TakeRefusal | undefined {
  const { context } = desk;
  const plan = planOf(context);
  if (plan === undefined) return 'no-queue';
  if (wasRemoved(context.db)) return 'removed';
  const line = lineOf(plan, order.line);
  if (line === undefined) throw new StationError('not-found');
  const { mode } = stateHere(desk, 'zh-CN');
  if (mode.state === 'early-close' || mode.state === 'closed') return mode.state;
  const isFull = isFullHere(desk, toldToday(desk, day), day, line.id);
  return mode.state === 'quota-reached' || isFull ? 'line-full' : undefined;
}

/** What it gave is known here, also before it was joined; a ticket of another terminal is not. Throws `not-found`. */
function ticketHere(desk: Desk, id: string, language: PageLanguage): TicketView {
  const given = desk.stock.ticket(id);
  if (given === undefined) return visitorTicket(desk.context, id, language);
  return viewHere(desk, given, language);
}

/**
 * As the host last said; how many are before and how long it takes only while it can be asked. Until the host knows the
 * ticket, as many are before as it last said are waiting.
 */
function viewHere(desk: Desk, given: GivenTicket, language: PageLanguage): TicketView {
  const { context, link } = desk;
  const told = link.ticket(given.id);
  const connected = link.isConnected();
  const { number, group } = ticketFrom(desk, given);
  const windows = windowsOf(context, language);
  const label = (id: string) => windows.find((window) => window.id === id)?.label ?? id;
  const line = told?.line.id ?? given.line;
  const there = toldToday(desk, given.day)?.lines.find((other) => other.id === line);
  const asked = told ?? { before: there?.waiting, estimateMinutes: there?.estimateMinutes };
  return {
    id: given.id,
    number,
    day: given.day,
    line: lineName(context, line, language),
    state: told?.state ?? 'waiting',
    issuedAt: given.issuedAt,
    ...(connected ? { before: asked.before, estimateMinutes: asked.estimateMinutes } : {}),
    windows:
      told?.windows.map(({ id }) => ({ id, label: label(id) })) ??
      windows
        .filter((window) => window.lines.includes(line))
        .map(({ id }) => ({ id, label: label(id) })),
    window: told?.window && { id: told.window.id, label: label(told.window.id) },
    group: group && { id: group.id, name: group.name, reason: group.reason },
    guide: given.guide,
  };
}

function ticketFrom({ context, host }: Desk, given: GivenTicket): Ticket {
  const { id, day, line, n, issuedAt, group, guide } = given;
  return {
    ...{ id, day, n, line, issuedAt, guide },
    number: formatNumber(lineOf(planOf(context), line)?.prefix ?? '', n),
    state: 'waiting',
    // Its place is the host's to give.
    place: 0,
    terminal: host.key.id,
    calls: 0,
    servedMs: 0,
    ...priorityIfKnown(context, group, line),
  };
}
