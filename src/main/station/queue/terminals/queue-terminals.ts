import { StationError } from '#shared/contract/errors.ts';
import type {
  HeldBack,
  JoinAnswer,
  LeaveAnswer,
  QueueTerminalsView,
  TerminalCode,
} from '#shared/contract/queue-terminals.ts';
import { reserveOf } from '#shared/queue/ticket-number.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { LAN_PORT } from '../../lan/lan-settings.ts';
import { writeAudit } from '../../store/audit.ts';
import { type ReadableDb, transaction, type WritableDb } from '../../store/sql.ts';
import { ticketsHeld } from '../queue-events.ts';
import { endRest, isResting } from './left-host.ts';
import { countUnreported, countUnreportedOn } from './number-stock.ts';
import { changeQueueHost, otherStation, readQueueHost, wasRemoved } from './queue-host-setting.ts';
import {
  JOIN_MINUTES,
  listTerminals,
  openJoining,
  ownStation,
  removeTerminal,
} from './terminal-keys.ts';

/** What a technician does with the terminals of one queue, at the terminal or by a command. `actor` goes into the audit. */
export interface QueueTerminals {
  readonly overview: () => QueueTerminalsView;
  readonly openJoining: (actor: string, name: string) => Promise<TerminalCode>;
  /** Throws `not-found` when there is no such terminal. */
  readonly remove: (actor: string, ordinal: number) => void;
  readonly join: (actor: string, address: string, code: string) => Promise<JoinAnswer>;
  /** Where the host gave numbers today, its own begin on the next day of the queue, or with `giveOwn`. */
  readonly leave: (actor: string) => LeaveAnswer;
  /** Gives own numbers on the day on which it left a host; false when it does so anyway. */
  readonly giveOwn: (actor: string) => boolean;
}

export interface QueueTerminalsOptions {
  readonly db: WritableDb;
  readonly dataDir: string;
  readonly now: () => number;
}

export function openQueueTerminals({ db, dataDir, now }: QueueTerminalsOptions): QueueTerminals {
  return {
    overview: () => overviewOf(db),
    openJoining: async (actor, name) => {
      if (readQueueHost(db) !== undefined) return { state: 'further' };
      if (isResting(db)) return { state: 'resting' };
      // Keys and TLS are loaded only where they are used: most stations have one terminal.
      const { ownDoor } = await import('../../lan/own-door.ts');
      const door = await ownDoor(db, dataDir, now());
      if (door === undefined) return { state: 'lan-off' };
      const code = openJoining(db, { name, hostKey: door.hostKey, actor }, now());
      if (code === undefined) return { state: 'full' };
      return { state: 'open', code, addresses: door.addresses, validMinutes: JOIN_MINUTES };
    },
    remove: (actor, ordinal) => {
      if (!removeTerminal(db, ordinal, now(), actor)) throw new StationError('not-found');
    },
    join: async (actor, typed, code) => {
      const address = addressIn(typed);
      if (address === undefined) return { state: 'bad-address' };
      const held = heldBack(db, now()) ?? inHand(db);
      if (held !== undefined) return held;
      const { joinHost } = await import('./terminal-link.ts');
      const joining = await joinHost(address, code, ownStation(db)).catch(() => undefined);
      if (joining === undefined) return { state: 'unreachable' };
      if (joining.state === 'other-station') {
        const { station } = joining;
        return { state: 'other-station', station, own: ownStation(db) ?? '' };
      }
      if (joining.state !== 'joined') return joining;
      // While the host was asked visitors went on taking numbers here.
      const since = heldBack(db, now()) ?? inHand(db);
      if (since !== undefined) return since;
      const { key } = joining;
      changeQueueHost(db, { address, key }, now(), actor);
      return { state: 'joined', address, ordinal: key.ordinal, reserve: reserveOf(key.ordinal) };
    },
    leave: (actor) => {
      const held = heldBack(db, now());
      if (held !== undefined) return held;
      if (readQueueHost(db) !== undefined) changeQueueHost(db, undefined, now(), actor);
      return { state: 'left', resting: isResting(db) };
    },
    giveOwn: (actor) =>
      transaction(db, () => {
        const at = now();
        if (!endRest(db, at)) return false;
        writeAudit(db, { at, actor, action: 'queue-own-numbers', subject: '' });
        return true;
      }),
  };
}

function overviewOf(db: ReadableDb): QueueTerminalsView {
  const host = readQueueHost(db);
  return {
    host: host && {
      address: host.address,
      ordinal: host.key.ordinal,
      reserve: reserveOf(host.key.ordinal),
    },
    removed: wasRemoved(db),
    resting: isResting(db),
    otherStation: otherStation(db),
    unreported: countUnreported(db),
    terminals: listTerminals(db).map(({ ordinal, name, seenAt }) => ({
      ordinal,
      name,
      seenAt,
      reserve: reserveOf(ordinal),
    })),
  };
}

/** Whoever changes hosts with numbers of today in visitors' hands would lose them. */
function heldBack(db: ReadableDb, now: number): HeldBack | undefined {
  const count = countUnreportedOn(db, localMoment(now).date);
  if (count > 0) return { state: 'unreported', count };
  return listTerminals(db).length > 0 ? { state: 'has-terminals' } : undefined;
}

/** Numbers of its own queue can be called by its own windows only: nobody would call them at another host. */
function inHand(db: ReadableDb): HeldBack | undefined {
  if (readQueueHost(db) !== undefined) return undefined;
  const count = ticketsHeld(db, ['waiting', 'called', 'held', 'skipped']).length;
  return count > 0 ? { state: 'in-hand', count } : undefined;
}

/** `host` or `host:port`; people also paste the address of the console. */
function addressIn(typed: string): string | undefined {
  const plain = typed
    .trim()
    .replace(/^https:\/\//, '')
    .replace(/\/.*$/, '');
  if (!/^(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/.test(plain)) return undefined;
  return /:\d+$/.test(plain) ? plain : `${plain}:${LAN_PORT}`;
}
