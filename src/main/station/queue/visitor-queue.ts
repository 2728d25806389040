import { formatCitations } from '#shared/content/citation.ts';
import type { QueuePlanBody } from '#shared/content/kinds/queue-plan.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { QueueState, TakeAnswer, TakeRefusal, TicketView } from '#shared/contract/queue.ts';
import type { PageLanguage, StationView } from '#shared/contract/views.ts';
import { priorityHolds } from '#shared/queue/priority-holds.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { blockAfter, formatNumber, type NumberBlock } from '#shared/queue/ticket-number.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { first, type ReadableDb, sql, transaction } from '../store/sql.ts';
import {
  currentDay,
  isLineFull,
  lineOf,
  modeOf,
  planOf,
  type QueueContext,
  waitingNow,
  waitsOf,
  windowsOf,
} from './queue-context.ts';
import {
  appendEvent,
  eventOf,
  HOST_TERMINAL,
  isGiven,
  lastNumbers,
  openDays,
  ticketIn,
} from './queue-events.ts';
import { numbersBeforeOwn } from './terminals/left-host.ts';
import { ticketView } from './ticket-view.ts';

/** What a visitor gives to take a number. */
export interface TakeOrder {
  readonly operation: string;
  /** A line, or a business that waits in one. */
  readonly line: string;
  readonly group?: string | undefined;
  readonly guide?: string | undefined;
  readonly language: PageLanguage;
}

/** What a visitor's page asks of the queue. */
export interface VisitorQueue {
  readonly state: (language: PageLanguage) => QueueState;
  readonly take: (order: TakeOrder) => TakeAnswer;
  readonly ticket: (id: string, language: PageLanguage) => TicketView;
}

/** What there is to choose from, and whether numbers are given now. */
export function queueState(context: QueueContext, language: PageLanguage): QueueState {
  const plan = planOf(context, language);
  const day = currentDay(context);
  const waiting = waitingNow(context);
  const windows = windowsOf(context, language);
  return {
    mode: modeOf(context, day, language),
    day,
    nextDay: nextServiceDay(context.stations.current(language).week, context.library.moment().date),
    paper: plan?.printer ?? false,
    connected: true,
    lines: (plan?.lines ?? []).map((line) => ({
      id: line.id,
      name: line.name,
      prefix: line.prefix,
      businesses: [line.id, ...line.also],
      waiting: waiting.filter((ticket) => ticket.line === line.id).length,
      ...estimateForNew(context, line.id, waiting),
      windows: windows
        .filter((window) => window.lines.includes(line.id))
        .map(({ id, label, name, accessible, state }) => ({
          id,
          label,
          name,
          accessible,
          open: state === 'open',
        })),
      full: isLineFull(context, day, line),
    })),
    groups: (plan?.priorities ?? []).map(groupView),
  };
}

function nextServiceDay(week: StationView['week'], today: LocalDate): QueueState['nextDay'] {
  for (const { date, periods } of week) {
    const [first] = periods;
    if (date > today && first !== undefined) return { date, from: first.from };
  }
  return undefined;
}

/** A priority group with the law behind it. */
export function groupView(group: QueuePlanBody['priorities'][number]) {
  const { id, name, basis, law, reason, proof, lines } = group;
  return { id, name, basis, law: formatCitations(law), reason, proof, lines };
}

function estimateForNew(
  context: QueueContext,
  line: string,
  waiting: readonly Ticket[],
): { estimateMinutes?: number } {
  const place = nextPlace(context);
  const fresh = { id: '', line, place, ahead: 0, issuedAt: context.now(), forWindow: undefined };
  const minutes = waitsOf(context, [...waiting, fresh]).get('');
  return minutes === undefined ? {} : { estimateMinutes: Math.round(minutes) };
}

/** Gives a number, once for an operation however often it is asked. */
export function takeNumber(context: QueueContext, order: TakeOrder): TakeAnswer {
  const { db } = context;
  const taken = transaction(db, () => {
    const known = eventOf(db, order.operation);
    if (known !== undefined) {
      const ticket = takenBefore(context, known.event.type, known.ticket);
      return { ticket, printed: hasPrintJob(db, ticket.id) };
    }
    const day = currentDay(context);
    const because = refusal(context, day, order);
    if (because !== undefined) return { because };
    const ticket = issue(context, day, order);
    // Looked up once, for the slip and for most answers.
    const view = ticketView(context, ticket, 'zh-CN');
    const printed = context.slips?.write(context, ticket, view) ?? false;
    return { ticket, view, isNew: true, printed };
  });
  if (taken.ticket === undefined) return { outcome: 'refused', because: taken.because };
  if (taken.isNew === true) context.publish({ type: 'changed' });
  if (taken.printed) context.slips?.send(taken.ticket.id);
  return {
    outcome: 'issued',
    ticket:
      taken.view !== undefined && order.language === 'zh-CN'
        ? taken.view
        : ticketView(context, taken.ticket, order.language),
    printJob: taken.printed ? taken.ticket.id : undefined,
  };
}

/** Whether a slip was written with the ticket; its job has the ticket's id. */
export function hasPrintJob(db: ReadableDb, ticket: string): boolean {
  return first(db, sql`select id from print_job where id = ${ticket}`) !== undefined;
}

function takenBefore(context: QueueContext, type: string, id: string | undefined): Ticket {
  const ticket = type === 'issued' && id !== undefined ? ticketIn(context.db, id) : undefined;
  if (ticket === undefined) throw new StationError('bad-input');
  return ticket;
}

function refusal(context: QueueContext, day: LocalDate, order: TakeOrder): TakeRefusal | undefined {
  const line = lineOf(planOf(context), order.line);
  const mode = modeOf(context, day);
  if (mode.state === 'none') return 'no-queue';
  if (line === undefined) throw new StationError('not-found');
  if (mode.state === 'early-close' || mode.state === 'closed' || mode.state === 'removed')
    return mode.state;
  return mode.state === 'quota-reached' || isLineFull(context, day, line) ? 'line-full' : undefined;
}

/** Writes the ticket; called inside the transaction, after everything was checked. */
function issue(context: QueueContext, day: LocalDate, order: TakeOrder): Ticket {
  const { db, now } = context;
  const line = lineOf(planOf(context), order.line);
  if (line === undefined) throw new StationError('not-found');
  const n = numbersAfterLast(context, day, line, 1).from;
  const at = now();
  appendEvent(db, {
    operation: order.operation,
    day,
    ticket: order.operation,
    at,
    actor: 'visitor',
    event: {
      type: 'issued',
      ticket: {
        day,
        number: formatNumber(line.prefix, n),
        n,
        line: line.id,
        place: nextPlace(context),
        issuedAt: at,
        terminal: HOST_TERMINAL,
        ...priorityOf(context, order.group, line.id),
        ...(order.guide === undefined ? {} : { guide: order.guide }),
      },
    },
  });
  const ticket = ticketIn(db, order.operation);
  if (ticket === undefined) throw new Error('a ticket was written and is not there');
  return ticket;
}

/**
 * The group's words as they are today, and how far it goes forward; nothing where it does not hold for the line, so that neither
 * slip nor window names a priority that is none. Throws `not-found` for a group that is not there.
 */
export function priorityOf(
  context: Pick<QueueContext, 'library'>,
  groupId: string | undefined,
  line: string,
): Pick<Ticket, 'ahead' | 'group'> {
  if (groupId === undefined) return { ahead: 0 };
  const group = planOf(context)?.priorities.find((candidate) => candidate.id === groupId);
  if (group === undefined) throw new StationError('not-found');
  if (!priorityHolds(group, line)) return { ahead: 0 };
  const { id, name, reason, proof, ahead } = group;
  return { ahead, group: { id, name, reason, proof } };
}

/**
 * The next numbers of a line, written down outside of the database before anybody sees them. Where letters were changed in
 * opening hours and another line has such numbers, it goes on after the highest of all lines; on the day on which this terminal
 * left a host, after all that were given for that one.
 */
export function numbersAfterLast(
  { db, reserve }: Pick<QueueContext, 'db' | 'reserve'>,
  day: LocalDate,
  { id, prefix }: { readonly id: string; readonly prefix: string },
  size: number,
): NumberBlock {
  const lasts = lastNumbers(db);
  const next = blockAfter(Math.max(lasts.get(id) ?? 0, numbersBeforeOwn(db)), size);
  const numbers = Array.from({ length: next.to - next.from + 1 }, (_unused, at) =>
    formatNumber(prefix, next.from + at),
  );
  const block = isGiven(db, openDays(db), numbers)
    ? blockAfter(Math.max(...lasts.values()), size)
    : next;
  reserve.cover(day, id, block.to, lasts);
  return block;
}

/** The place after everybody whose day is open. */
export function nextPlace({ db }: Pick<QueueContext, 'db'>): number {
  return (
    first<{ place: number }>(
      db,
      sql`select coalesce(max(json_extract(body, '$.place')), 0) + 1 as place from queue_ticket
          where day in (select day from queue_day where closed_at is null)`,
    )?.place ?? 1
  );
}

/** One ticket by its id. Throws `not-found`. */
export function visitorTicket(
  context: QueueContext,
  id: string,
  language: PageLanguage,
): TicketView {
  const ticket = ticketIn(context.db, id);
  if (ticket === undefined) throw new StationError('not-found');
  return ticketView(context, ticket, language);
}
