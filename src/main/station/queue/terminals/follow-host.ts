import type { TicketView } from '#shared/contract/queue.ts';
import type { QueueOverview } from '#shared/contract/queue-hub.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { planOf, type QueueContext } from '../queue-context.ts';
import { keepWord, keptWord } from './kept-word.ts';
import type { NumberStock } from './number-stock.ts';
import { noteOtherStation, noteRemoved, readQueueHost } from './queue-host-setting.ts';
import type { HubConnection } from './terminal-link.ts';

/** How often a terminal speaks with its queue host, and notices that it was joined to one. */
const LOOK_EVERY_MS = 2000;
/** The longest pause between two tries to connect. */
const MAX_PAUSE_MS = 15_000;
/** A ticket is asked after as long as a page asked for it within this time. */
const WATCHED_MS = 120_000;
const MOST_WATCHED = 50;

/** What a further terminal knows of its queue host. */
export interface HostLink {
  readonly isConnected: () => boolean;
  /** The last that the host said, also while it cannot be reached; an end of the day's numbers is known after a restart, too. */
  readonly last: () => QueueOverview | undefined;
  /** The ticket as the host last said it is; asked after from now on for some minutes. */
  readonly ticket: (id: string) => TicketView | undefined;
  /** Speaks with the host now instead of at the next turn. */
  readonly kick: () => void;
  readonly stop: () => void;
}

export interface LinkOptions {
  readonly context: QueueContext;
  readonly stockFor: (ordinal: number) => NumberStock;
  readonly day: () => LocalDate;
}

/** Keeps a further terminal in touch with its queue host, as long as it is joined to one. Nothing that a visitor does waits for it. */
export function followHost(options: LinkOptions): HostLink {
  const follower = new HostFollower(options);
  let looking = Promise.resolve();
  let isQueued = false;
  const kick = () => {
    if (isQueued) return;
    isQueued = true;
    looking = looking.then(() => {
      isQueued = false;
      return follower.look();
    });
  };
  const timer = setInterval(kick, LOOK_EVERY_MS);
  timer.unref();
  return {
    isConnected: () => follower.isConnected,
    last: () => follower.last,
    ticket: (id) => follower.ticket(id),
    kick,
    stop: () => {
      clearInterval(timer);
      follower.stop();
    },
  };
}

class HostFollower {
  readonly #options: LinkOptions;
  readonly #tickets = new Map<string, { askedAt: number; view?: TicketView | undefined }>();
  #connection: { readonly to: string; readonly link: HubConnection } | undefined;
  #last: QueueOverview | undefined;
  #hasHeard = false;
  #nextTry = 0;
  #failures = 0;
  #isStopped = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#connection?.link.isOpen() === true && this.#hasHeard;
  }

  get last(): QueueOverview | undefined {
    this.#last ??= keptWord(this.#options.context.db);
    return this.#last;
  }

  ticket(id: string): TicketView | undefined {
    const known = this.#tickets.get(id);
    this.#tickets.set(id, { askedAt: performance.now(), view: known?.view });
    return known?.view;
  }

  /** Never throws: what fails is logged once and tried again. */
  async look(): Promise<void> {
    if (this.#isStopped) return;
    const wasConnected = this.isConnected;
    const before = JSON.stringify(this.last);
    try {
      await this.#exchange();
    } catch (error) {
      this.#drop();
      const pause = Math.min(MAX_PAUSE_MS, LOOK_EVERY_MS * 2 ** this.#failures);
      this.#nextTry = performance.now() + pause * (0.5 + Math.random() / 2);
      if (this.#failures === 0)
        this.#options.context.log.event('queue-host-unreachable', {
          error: error instanceof Error ? error.name : 'unknown',
        });
      this.#failures += 1;
    }
    if (this.#isStopped) return;
    if (this.isConnected !== wasConnected || JSON.stringify(this.#last) !== before)
      this.#options.context.publish({ type: 'changed' });
  }

  stop(): void {
    this.#isStopped = true;
    this.#drop();
  }

  async #exchange(): Promise<void> {
    const { context, stockFor, day } = this.#options;
    const host = readQueueHost(context.db);
    const to = host === undefined ? '' : JSON.stringify(host);
    if (this.#connection !== undefined && this.#connection.to !== to) this.#forget();
    if (host === undefined || performance.now() < this.#nextTry) return;
    if (this.#connection?.link.isOpen() !== true) {
      // TLS and sockets are loaded only where they are used: most stations have one terminal.
      const { connectHub } = await import('./terminal-link.ts');
      this.#connection = { to, link: await connectHub(host.address, host.key) };
      context.log.event('queue-host-connected', { ordinal: host.key.ordinal });
    }
    const { hub } = this.#connection.link;
    if (this.#isStopped) return;
    const overview = await hub.overview(this.#watched());
    const isOther = overview.station !== context.library.station;
    noteOtherStation(context.db, isOther ? overview.station : undefined, context.now());
    if (isOther) throw new WrongStationError();
    if (this.#isStopped) return;
    this.#take(overview);
    const lines = planOf(context)?.lines.map((line) => line.id) ?? [];
    const { since, restored, removed } = overview;
    await stockFor(host.key.ordinal).exchange(hub, {
      ...{ day: day(), lines: removed === true ? [] : lines, since, restored },
    });
    if (this.#isStopped) return;
    this.#take(await hub.overview(this.#watched()));
    this.#failures = 0;
    this.#nextTry = 0;
  }

  #take(overview: QueueOverview): void {
    this.#last = overview;
    this.#hasHeard = true;
    const { db, now } = this.#options.context;
    keepWord(db, overview, now());
    const isRemoved = overview.removed === true;
    if (noteRemoved(db, isRemoved, now())) {
      this.#options.context.log.event('queue-host-removed-us', { removed: isRemoved });
      this.#options.context.publish({ type: 'changed' });
    }
    for (const view of overview.tickets) {
      const known = this.#tickets.get(view.id);
      if (known !== undefined) known.view = view;
    }
  }

  #watched(): string[] {
    const since = performance.now() - WATCHED_MS;
    for (const [id, { askedAt }] of this.#tickets) if (askedAt < since) this.#tickets.delete(id);
    return [...this.#tickets.keys()].slice(-MOST_WATCHED);
  }

  /** Joined to another host, or to none: what the old one said is worth nothing. */
  #forget(): void {
    this.#drop();
    this.#last = undefined;
    this.#hasHeard = false;
    this.#tickets.clear();
    this.#nextTry = 0;
    this.#failures = 0;
  }

  #drop(): void {
    this.#connection?.link.close();
    this.#connection = undefined;
  }
}

class WrongStationError extends Error {
  override readonly name = 'WrongStationError';
}
