import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueDay } from '#shared/queue/queue-day.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openNumberReserve } from '#station/queue/number-reserve.ts';
import { type NumberStock, openNumberStock } from '#station/queue/terminals/number-stock.ts';
import type { QueueHostAnswers, QueueHub } from '#station/queue/terminals/queue-hub.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { operation } from './queue-station.ts';

/** A further terminal of the station, with a database of its own and a cable that can be cut. */
export interface Terminal {
  readonly ordinal: number;
  cut: boolean;
  stock: NumberStock;
  readonly give: (line: string) => { id: string; day: string; number: string } | undefined;
  /** Reports and leases for the host's day; throws when the cable is cut, also in the middle: after the host did it, before the answer came. */
  readonly exchange: (
    hub: QueueHub & Partial<QueueHostAnswers>,
    loseAnswer?: boolean,
    hostDay?: LocalDate,
  ) => Promise<void>;
  readonly crash: () => void;
  readonly remove: () => void;
}

const PREFIX: Readonly<Record<string, string>> = { advice: 'A', 'legal-aid': 'B', notary: 'E' };
export const LINES = Object.keys(PREFIX);

export function openTerminal(ordinal: number, now: () => number, at?: string): Terminal {
  const folder = at ?? mkdtempSync(join(tmpdir(), 'terminal-'));
  const path = join(folder, `terminal-${ordinal}.sqlite`);
  let db = openDatabase(path, 'station');
  const reserveFile = join(folder, `terminal-${ordinal}.json`);
  const openStock = () =>
    openNumberStock({ db, ordinal, now, kept: openNumberReserve(reserveFile, silentLog) });
  // By itself a terminal never goes back to a day before.
  const day = () => queueDay(now(), terminal.stock.lastDay());
  const terminal: Terminal = {
    ordinal,
    cut: false,
    stock: openStock(),
    give: (line) => {
      const given = terminal.stock.give({ operation: operation(), day: day(), line });
      const prefix = PREFIX[line] ?? '';
      return (
        given && {
          id: given.id,
          day: given.day,
          number: `${prefix}${String(given.n).padStart(3, '0')}`,
        }
      );
    },
    exchange: async (hub, loseAnswer = false, hostDay = day()) => {
      const { since, restored } = (await hub.overview?.([])) ?? {};
      const wish = { day: hostDay, lines: LINES, since, restored };
      return terminal.stock.exchange(throughCable(terminal, hub, loseAnswer), wish);
    },
    crash: () => {
      db.write.close();
      db = openDatabase(path, 'station');
      terminal.stock = openStock();
    },
    remove: () => {
      db.write.close();
      if (at === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  return terminal;
}

function throughCable(terminal: Terminal, hub: QueueHub, loseAnswer: boolean): QueueHub {
  const carried = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (terminal.cut) throw new Error('cable cut');
    const answer = await call();
    if (loseAnswer) throw new Error('answer lost');
    return answer;
  };
  return {
    lease: (wish) => carried(() => hub.lease(wish)),
    report: (tickets, clock) => carried(() => hub.report(tickets, clock)),
  };
}
