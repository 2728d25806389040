import type { QueueStatistics } from '../contract/queue.ts';
import { type LocalDate, localMoment } from '../time/local-date.ts';
import type { Ticket } from './ticket.ts';

type Row = QueueStatistics['total'];

/** Names for the rows. */
export interface StatisticsNames {
  readonly line: (id: string) => string;
  readonly window: (id: string) => string;
}

/** Counts and times of a period, in all and by line, window, hour of issue and day. No ticket stands by itself. */
export function queueStatistics(
  tickets: readonly Ticket[],
  from: LocalDate,
  to: LocalDate,
  names: StatisticsNames,
): QueueStatistics {
  const within = tickets.filter((ticket) => from <= ticket.day && ticket.day <= to);
  const by = (key: (ticket: Ticket) => string | undefined) =>
    [...groupBy(within, key)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    from,
    to,
    total: rowOf(within),
    lines: by((ticket) => ticket.line).map(([id, group]) => ({
      id,
      name: names.line(id),
      ...rowOf(group),
    })),
    windows: by((ticket) => ticket.window).map(([id, group]) => ({
      id,
      label: names.window(id),
      ...rowOf(group),
    })),
    hours: by((ticket) => hourOf(ticket)).map(([hour, group]) => ({
      hour: Number(hour),
      ...rowOf(group),
    })),
    days: by((ticket) => ticket.day).map(([day, group]) => ({ day, ...rowOf(group) })),
  };
}

function hourOf(ticket: Ticket): string {
  return String(Math.floor(localMoment(ticket.issuedAt).minutes / 60)).padStart(2, '0');
}

function groupBy(
  tickets: readonly Ticket[],
  key: (ticket: Ticket) => string | undefined,
): Map<string, Ticket[]> {
  const groups = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    const name = key(ticket);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [ticket]);
    else group.push(ticket);
  }
  return groups;
}

function rowOf(tickets: readonly Ticket[]): Row {
  const count = (...states: readonly Ticket['state'][]) =>
    tickets.filter((ticket) => states.includes(ticket.state)).length;
  return {
    issued: tickets.length,
    waiting: count('waiting', 'called', 'held', 'skipped'),
    served: count('finished'),
    noShow: count('no-show'),
    expired: count('expired'),
    priority: tickets.filter((ticket) => ticket.group !== undefined).length,
    wait: durations(tickets.map((ticket) => minutesBetween(ticket.issuedAt, ticket.firstCalledAt))),
    service: durations(
      tickets
        .filter((ticket) => ticket.state === 'finished')
        .map((ticket) => ticket.servedMs / 60_000),
    ),
  };
}

/** Undefined where it was never called; a clock that fell back makes no negative wait. */
function minutesBetween(from: number, to: number | undefined): number | undefined {
  return to === undefined ? undefined : Math.max(0, to - from) / 60_000;
}

function durations(minutes: readonly (number | undefined)[]): Row['wait'] {
  const known = minutes.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (known.length === 0) return {};
  const sum = known.reduce((total, value) => total + value, 0);
  return {
    mean: oneDecimal(sum / known.length),
    median: oneDecimal(quantile(known, 0.5)),
    p90: oneDecimal(quantile(known, 0.9)),
  };
}

/** The smallest value that so large a share does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
