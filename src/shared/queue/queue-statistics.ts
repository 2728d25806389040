import type { QueueStatistics } from '../contract/queue.ts';
import { type LocalDate, localMoment } from '../time/local-date.ts';
import type { ServedPart, Ticket } from './ticket.ts';

type Row = QueueStatistics['total'];

/** Names for the rows. */
export interface StatisticsNames {
  readonly line: (id: string) => string;
  readonly window: (id: string) => string;
}

/**
 * Counts and times of a period, in all and by line, window, hour of issue and day. No ticket stands by itself. One that was sent on
 * counts once in all, and in the row of every line and window that served it, each with the time that it took there.
 */
export function queueStatistics(
  tickets: readonly Ticket[],
  from: LocalDate,
  to: LocalDate,
  names: StatisticsNames,
): QueueStatistics {
  const within = tickets.filter((ticket) => from <= ticket.day && ticket.day <= to);
  const by = (key: (ticket: Ticket) => readonly string[]) =>
    [...groupBy(within, key)].sort(([a], [b]) => (a < b ? -1 : 1));
  const byPlace = (kind: Kind) => by((ticket) => placesOf(ticket, kind));
  return {
    from,
    to,
    total: rowOf(within),
    lines: byPlace('line').map(([id, group]) => ({
      id,
      name: names.line(id),
      ...rowAt(group, 'line', id),
    })),
    windows: byPlace('window').map(([id, group]) => ({
      id,
      label: names.window(id),
      ...rowAt(group, 'window', id),
    })),
    hours: by((ticket) => [hourOf(ticket)]).map(([hour, group]) => ({
      hour: Number(hour),
      ...rowOf(group),
    })),
    days: by((ticket) => [ticket.day]).map(([day, group]) => ({ day, ...rowOf(group) })),
  };
}

function hourOf(ticket: Ticket): string {
  return String(Math.floor(localMoment(ticket.issuedAt).minutes / 60)).padStart(2, '0');
}

function groupBy(
  tickets: readonly Ticket[],
  key: (ticket: Ticket) => readonly string[],
): Map<string, Ticket[]> {
  const groups = new Map<string, Ticket[]>();
  for (const ticket of tickets) {
    for (const name of new Set(key(ticket))) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [ticket]);
      else group.push(ticket);
    }
  }
  return groups;
}

type Kind = 'line' | 'window';

/** Who served it; what an older program finished was served where it was last. */
function partsOf({ served, state, window, line, servedMs }: Ticket): readonly ServedPart[] {
  if (served !== undefined) return served;
  return state !== 'finished' || window === undefined ? [] : [{ window, line, ms: servedMs }];
}

/** Lines or windows that a ticket has been served at, in order, and the one at which it is. */
function placesOf(ticket: Ticket, kind: Kind): string[] {
  const place = ticket[kind];
  const served = partsOf(ticket).map((part) => part[kind]);
  return place === undefined ? served : [...served, place];
}

/**
 * The row of one line or window: its own time, whatever became of the visitor later, and the wait of those whom it called first.
 * Who was sent on waits, stays away or expires elsewhere.
 */
function rowAt(tickets: readonly Ticket[], kind: Kind, id: string): Row {
  return rowOf(tickets, {
    isFirst: (ticket) => placesOf(ticket, kind)[0] === id,
    isHere: (ticket) => ticket[kind] === id,
    servedMs: (ticket) => {
      const parts = partsOf(ticket).filter((part) => part[kind] === id);
      return parts.length === 0 ? undefined : parts.reduce((sum, { ms }) => sum + ms, 0);
    },
  });
}

interface Share {
  readonly isFirst: (ticket: Ticket) => boolean;
  /** Whether it is there now, or was when it ended. */
  readonly isHere: (ticket: Ticket) => boolean;
  /** Undefined where it was not served. */
  readonly servedMs: (ticket: Ticket) => number | undefined;
}

const WHOLE: Share = {
  isFirst: () => true,
  isHere: () => true,
  servedMs: ({ state, servedMs }) => (state === 'finished' ? servedMs : undefined),
};

function rowOf(tickets: readonly Ticket[], { isFirst, isHere, servedMs }: Share = WHOLE): Row {
  const here = tickets.filter(isHere);
  const count = (...states: readonly Ticket['state'][]) =>
    here.filter((ticket) => states.includes(ticket.state)).length;
  return {
    issued: tickets.length,
    waiting: count('waiting', 'called', 'held', 'skipped'),
    served: tickets.filter((ticket) => ticket.state === 'finished').length,
    noShow: count('no-show'),
    expired: count('expired'),
    priority: tickets.filter((ticket) => ticket.group !== undefined).length,
    wait: durations(
      tickets
        .filter(isFirst)
        .map((ticket) => minutesBetween(ticket.issuedAt, ticket.firstCalledAt)),
    ),
    service: durations(
      tickets.map(servedMs).map((ms) => (ms === undefined ? undefined : ms / 60_000)),
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
