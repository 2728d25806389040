import type { DeskTicket, TicketView } from '#shared/contract/queue.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { byTurn } from '#shared/queue/next-ticket.ts';
import type { Ticket } from '#shared/queue/ticket.ts';
import { all, sql } from '../store/sql.ts';
import {
  type DeskWindow,
  lineNow,
  lineOf,
  planOf,
  type QueueContext,
  waitingNow,
  waitsOf,
  windowsOf,
} from './queue-context.ts';

/** A ticket as its visitor sees it: how many before, about how long, where. */
export function ticketView(
  context: QueueContext,
  given: Ticket,
  language: PageLanguage,
): TicketView {
  const ticket = { ...given, line: lineNow(planOf(context), given.line) };
  const { id, number, day, state, issuedAt, guide, group } = ticket;
  const windows = windowsOf(context, language);
  const waiting = waitingNow(context);
  const wait = state === 'waiting' ? waitsOf(context, waiting).get(id) : undefined;
  return {
    id,
    number,
    day,
    line: lineName(context, ticket.line, language),
    state,
    issuedAt,
    before: state === 'waiting' ? countBefore(ticket, waiting) : 0,
    ...(wait === undefined ? {} : { estimateMinutes: Math.round(wait) }),
    windows: windows
      .filter((window) => isWhereFor(ticket, window, windows))
      .map((window) => ({ id: window.id, label: window.label })),
    window: ticket.state === 'called' ? named(windows, ticket.window) : undefined,
    group: group && { id: group.id, name: group.name, reason: group.reason },
    guide,
  };
}

/** Where to go; one that was sent to a window that is gone since is called by those of its line. */
function isWhereFor(
  { line, forWindow }: Ticket,
  window: DeskWindow,
  windows: readonly DeskWindow[],
): boolean {
  return windows.some(({ id }) => id === forWindow)
    ? window.id === forWindow
    : window.lines.includes(line);
}

/** Those in the same line who are called before it. */
export function countBefore(ticket: Ticket, waiting: readonly Ticket[]): number {
  return waiting.filter((other) => other.line === ticket.line && byTurn(other, ticket) < 0).length;
}

/** Lines that the plan does not have any more and in which somebody waits. */
export function goneLines(
  context: Pick<QueueContext, 'library'>,
  waiting: readonly Ticket[],
): { id: string; name: string }[] {
  const plan = planOf(context);
  return [...new Set(waiting.map((ticket) => ticket.line))]
    .filter((line) => lineOf(plan, line) === undefined)
    .map((line) => lineName(context, line));
}

/** A line by its name in a language; one that the plan no longer has is called so. */
export function lineName(
  context: Pick<QueueContext, 'library'>,
  line: string,
  language: PageLanguage = 'zh-CN',
) {
  return {
    id: line,
    name:
      lineOf(planOf(context, language), line)?.name ??
      (language === 'en' ? 'Other matters' : '其他业务'),
  };
}

/** A window by its label; one that the station no longer has keeps its id. */
export function named(
  windows: readonly { id: string; label: string }[],
  id: string | undefined,
): { id: string; label: string } | undefined {
  if (id === undefined) return undefined;
  return { id, label: windows.find((window) => window.id === id)?.label ?? id };
}

/** A ticket as a window sees it. */
export function deskTicket(context: QueueContext, ticket: Ticket): DeskTicket {
  const { id, number, state, issuedAt, calledAt, calls, group, guide, from } = ticket;
  const windows = windowsOf(context);
  return {
    id,
    number,
    line: lineName(context, ticket.line),
    state,
    issuedAt,
    calledAt,
    calls,
    window: named(windows, ticket.window),
    group,
    guide: chosenGuide(context, guide),
    from: from === undefined ? undefined : lineName(context, from),
    notes: all(
      context.db,
      sql`select at, staff, text from queue_note where ticket = ${id} order by at, operation`,
    ),
  };
}

/** One that is no longer in force says nothing to a window; the line does. */
function chosenGuide(
  { library }: QueueContext,
  id: string | undefined,
): { id: string; title: string } | undefined {
  const title = id === undefined ? undefined : library.record('service', id)?.body.title;
  return id === undefined || title === undefined ? undefined : { id, title };
}
