import {
  type HostReport,
  hostReportSchema,
  type PageFrame,
  pageFrameSchema,
  type StationCard,
} from '#shared/contract/host-process.ts';
import { growingPause } from './growing-pause.ts';
import type { HostChild } from './host-child.ts';
import { quietMs } from './quiet.ts';

/** The host could not be started; the message is the one plain sentence for the technician. */
export class HostStartError extends Error {
  readonly kind: string;
  constructor(kind: string, sentence: string) {
    super(sentence);
    this.name = 'HostStartError';
    this.kind = kind;
  }
}

/** What is known of a host that is up. */
export interface HostInfo {
  /** Absent when it serves no HTTP. */
  readonly url?: string | undefined;
  readonly station?: StationCard | undefined;
}

/** Times in milliseconds. */
export interface SupervisionTimes {
  readonly pingEveryMs: number;
  /** A host that has not answered a ping for so long hangs, and is killed. */
  readonly pongWithinMs: number;
  /** Reading packs and mending a database may take its time on a slow disk. */
  readonly startWithinMs: number;
  readonly stopWithinMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After so long without a fault the pauses start small again. */
  readonly quietMs: number;
  /** How often a host that dies without a word is tried before the first start counts as failed. */
  readonly firstTries: number;
  /**
   * A first start that failed is tried again after so long, for ever: for a terminal that starts by itself, where nobody
   * reads why it did not. Absent for a person at a keyboard, who is told.
   */
  readonly firstAgainMs?: number | undefined;
  /** A host that fell so often, each time before a quiet while was over, is left alone for `restMs`. */
  readonly fallsBeforeRest: number;
  readonly restMs: number;
  /** A host that is gone may take so long to come back before it is told that there is none. */
  readonly backWithinMs: number;
}

/** For a terminal that runs as a service: what the recovery page says of it. */
export const FIRST_AGAIN_MS = 60_000;

export const SUPERVISION: SupervisionTimes = {
  pingEveryMs: 2000,
  pongWithinMs: 6000,
  startWithinMs: 90_000,
  stopWithinMs: 10_000,
  firstPauseMs: 200,
  longestPauseMs: 10_000,
  quietMs: quietMs(60_000),
  firstTries: 3,
  fallsBeforeRest: 5,
  restMs: 60_000,
  backWithinMs: 60_000,
};

/** Tries of a host that once ran, after which its failure is no chance. */
const TRIES_BEFORE_TOLD = 2;

/** What can befall a host. */
export type HostFault = 'gone' | 'hung';

/** A host that is brought back whenever it dies or hangs. */
export interface SupervisedHost {
  /** The first start; rejects with `HostStartError`, after which nothing more is tried. With `firstAgainMs` it waits. */
  readonly ready: Promise<HostInfo>;
  /** Frames sent while the host is down are lost, like those of a lost connection. */
  readonly send: (frame: PageFrame) => void;
  readonly onFrame: (listener: (frame: PageFrame) => void) => () => void;
  /** Whether it runs and answers now. */
  readonly isUp: () => boolean;
  /** Called at every start, the first included. */
  readonly onUp: (listener: (info: HostInfo) => void) => () => void;
  readonly onDown: (listener: () => void) => () => void;
  /**
   * Called with why, its message for the technician, when there is no host for a while: a first start failed and is tried
   * again, one that once ran cannot start, or it fell again and again soon after it was up. At each failure again.
   */
  readonly onNoStart: (listener: (failure: HostStartError) => void) => () => void;
  /** How many pages talk to the host over its web server, whenever that changes. */
  readonly onPages: (listener: (count: number) => void) => () => void;
  /** Called when a host that was up fell: it ended by itself, or answered no more. */
  readonly onFault: (listener: (reason: HostFault) => void) => () => void;
  /** Whether a running host says that nobody waits and no window is open. */
  readonly isAtRest: () => boolean;
  readonly restarts: () => number;
  /** Ends the host at once; another follows. */
  readonly restart: () => void;
  /** Closes the host in order, or at once when it takes too long; another follows, and nothing counts as a fault. */
  readonly renew: () => void;
  /** The process that runs now, for diagnosis. */
  readonly pid: () => number | undefined;
  /** Closes the host in order; kills it when it does not end in time. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a host and keeps one alive. `spawn` gets the port that the host before had, so that open pages find the next
 * one at the same address. `report` takes the sentences of failed restarts, and of starts on the last good content.
 */
export function superviseHost(
  spawn: (port: number | undefined) => HostChild,
  times: Partial<SupervisionTimes> = {},
  report: (sentence: string) => void = () => {},
): SupervisedHost {
  const supervisor = new Supervisor(spawn, { ...SUPERVISION, ...times }, report);
  return {
    ready: supervisor.ready,
    send: (frame) => supervisor.send(frame),
    onFrame: (listener) => subscribe(supervisor.listeners.frame, listener),
    onUp: (listener) => subscribe(supervisor.listeners.up, listener),
    onDown: (listener) => subscribe(supervisor.listeners.down, listener),
    onNoStart: (listener) => subscribe(supervisor.listeners.noStart, listener),
    onPages: (listener) => subscribe(supervisor.listeners.pages, listener),
    onFault: (listener) => subscribe(supervisor.listeners.fault, listener),
    restart: () => supervisor.restart(),
    renew: () => supervisor.renew(),
    isAtRest: () => supervisor.isUp && supervisor.isAtRest,
    isUp: () => supervisor.isUp,
    restarts: () => supervisor.restarts,
    pid: () => supervisor.pid,
    stop: () => supervisor.stop(),
  };
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

class Supervisor {
  readonly listeners = {
    frame: new Set<(frame: PageFrame) => void>(),
    up: new Set<(info: HostInfo) => void>(),
    down: new Set<() => void>(),
    noStart: new Set<(failure: HostStartError) => void>(),
    pages: new Set<(count: number) => void>(),
    fault: new Set<(reason: HostFault) => void>(),
  };
  readonly ready: Promise<HostInfo>;
  restarts = 0;
  isAtRest = false;
  readonly #spawn: (port: number | undefined) => HostChild;
  readonly #times: SupervisionTimes;
  readonly #report: (sentence: string) => void;
  readonly #pause: () => number;
  readonly #first = Promise.withResolvers<HostInfo>();
  #child: HostChild | undefined;
  #up = false;
  #everUp = false;
  #port: number | undefined;
  #failed: HostStartError | undefined;
  #stopping = false;
  /** Why the child that runs now is being ended by us. */
  #ending: 'hung' | 'wanted' | undefined;
  #fruitless = 0;
  /** How often it fell without having been up for a quiet while in between. */
  #falls = 0;
  #upSince = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Runs from a fall to the next host. */
  #patience: NodeJS.Timeout | undefined;
  #ended = Promise.resolve();

  constructor(
    spawn: (port: number | undefined) => HostChild,
    times: SupervisionTimes,
    report: (sentence: string) => void,
  ) {
    this.#spawn = spawn;
    this.#times = times;
    this.#report = report;
    this.#pause = growingPause(times, () => performance.now());
    this.ready = this.#first.promise;
    // A shell that only listens to `onUp` must not fall over an unhandled rejection.
    this.ready.catch(() => {});
    this.#start();
  }

  get isUp(): boolean {
    return this.#up;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  send(frame: PageFrame): void {
    if (this.#up) this.#child?.send(frame);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#first.reject(new HostStartError('stopped', '程序在启动完成之前被关闭。'));
    const child = this.#child;
    if (child === undefined) return;
    child.send({ type: 'stop' });
    const patience = setTimeout(() => child.kill(), this.#times.stopWithinMs);
    await this.#ended;
    clearTimeout(patience);
  }

  restart(): void {
    this.#ending = 'wanted';
    this.#child?.kill();
  }

  renew(): void {
    const child = this.#child;
    if (child === undefined || !this.#up) return;
    this.#ending = 'wanted';
    clearTimeout(this.#timer);
    child.send({ type: 'stop' });
    this.#timer = setTimeout(() => child.kill(), this.#times.stopWithinMs);
  }

  #start(): void {
    const child = this.#spawn(this.#port);
    const ended = Promise.withResolvers<void>();
    this.#child = child;
    this.#failed = undefined;
    this.#ending = undefined;
    this.isAtRest = false;
    this.#ended = ended.promise;
    this.#timer = setTimeout(() => {
      this.#ending = 'hung';
      child.kill();
    }, this.#times.startWithinMs);
    child.onMessage((message) => this.#receive(child, message));
    child.onExit(() => {
      this.#gone();
      ended.resolve();
    });
  }

  #receive(child: HostChild, message: unknown): void {
    if (this.#stopping || child !== this.#child) return;
    const report = hostReportSchema.safeParse(message);
    if (report.success) this.#hear(child, report.data);
    else this.#passOn(message);
  }

  #passOn(message: unknown): void {
    const frame = pageFrameSchema.safeParse(message);
    if (frame.success) for (const listener of this.listeners.frame) listener(frame.data);
  }

  #hear(child: HostChild, report: HostReport): void {
    switch (report.type) {
      case 'ready':
        if (report.warning !== undefined) this.#report(report.warning);
        this.#nowUp(child, { url: report.url, station: report.station });
        break;
      case 'failed':
        this.#failed = new HostStartError(report.kind, report.sentence);
        break;
      case 'pages':
        for (const listener of this.listeners.pages) listener(report.count);
        break;
      case 'rest':
        this.isAtRest = report.isAtRest;
        break;
      case 'pong':
        if (this.#ending === undefined) this.#waitAndPing(child, report.n + 1);
        break;
    }
  }

  #nowUp(child: HostChild, info: HostInfo): void {
    this.#up = true;
    this.#everUp = true;
    this.#fruitless = 0;
    clearTimeout(this.#patience);
    this.#upSince = performance.now();
    if (info.url !== undefined) this.#port = Number(new URL(info.url).port);
    this.#first.resolve(info);
    this.#waitAndPing(child, 0);
    for (const listener of this.listeners.up) listener(info);
  }

  #waitAndPing(child: HostChild, n: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      child.send({ type: 'ping', n });
      this.#timer = setTimeout(() => {
        this.#ending = 'hung';
        child.kill();
      }, this.#times.pongWithinMs);
    }, this.#times.pingEveryMs);
  }

  #gone(): void {
    clearTimeout(this.#timer);
    this.#child = undefined;
    const wasUp = this.#up;
    this.#up = false;
    if (wasUp) for (const listener of this.listeners.down) listener();
    if (this.#stopping) return;
    if (wasUp)
      this.#patience = setTimeout(() => this.#tell(cannotStart()), this.#times.backWithinMs);
    if (wasUp && this.#ending !== 'wanted') this.#fell(this.#ending ?? 'gone');
    else if (this.#ending === 'wanted') this.#startAgain(this.#pause());
    else if (this.#everUp) this.#failedAgain();
    else this.#failedAtFirst();
  }

  #failedAtFirst(): void {
    const failure = this.#failureOfFirstStart();
    const { firstAgainMs } = this.#times;
    if (failure === undefined) this.#startAgain(this.#pause());
    else if (firstAgainMs === undefined) this.#first.reject(failure);
    else {
      this.#fruitless = 0;
      this.#startAfterRest(failure, firstAgainMs);
    }
  }

  /** Once a host has run, a fault from outside (a disk that fills up) may pass, so it is tried again for ever, and soon. */
  #failedAgain(): void {
    this.#fruitless += 1;
    this.#failed ??= cannotStart();
    if (this.#ending === 'hung' || this.#fruitless >= TRIES_BEFORE_TOLD) this.#tell(this.#failed);
    this.#startAgain(this.#pause());
  }

  /** One that comes up only to fall is no host either: the recovery page stands still, a page that comes and goes does not help. */
  #fell(reason: HostFault): void {
    for (const listener of this.listeners.fault) listener(reason);
    const { fallsBeforeRest, quietMs: steadyMs, restMs } = this.#times;
    this.#falls = performance.now() - this.#upSince >= steadyMs ? 0 : this.#falls + 1;
    if (this.#falls < fallsBeforeRest) this.#startAgain(this.#pause());
    else
      this.#startAfterRest(
        new HostStartError(
          'falls',
          '后台程序每次启动后不久就出错退出，一分钟后再试；请打电话告诉维护人员。',
        ),
        restMs,
      );
  }

  #startAfterRest(failure: HostStartError, pauseMs: number): void {
    this.#failed = failure;
    this.#tell(failure);
    this.#startAgain(pauseMs);
  }

  /** Who was told a reason is told no vaguer one when the patience ends. */
  #tell(failure: HostStartError): void {
    clearTimeout(this.#patience);
    for (const listener of this.listeners.noStart) listener(failure);
  }

  #failureOfFirstStart(): HostStartError | undefined {
    if (this.#failed !== undefined) return this.#failed;
    this.#fruitless += 1;
    // One that takes too long has had its patience already; whoever watches over this program has none for more.
    const isSlow = this.#ending === 'hung' && this.#times.firstAgainMs !== undefined;
    if (!isSlow && this.#fruitless < this.#times.firstTries) return undefined;
    return new HostStartError('internal', '后台程序多次启动失败，请告诉维护人员。');
  }

  #startAgain(pauseMs: number): void {
    if (this.#failed !== undefined) this.#report(this.#failed.message);
    this.restarts += 1;
    this.#timer = setTimeout(() => this.#start(), pauseMs);
  }
}

/** One that ended without a word, or is not there in time. */
function cannotStart(): HostStartError {
  return new HostStartError(
    'internal',
    '后台程序启动不了，本机正在反复重试；请打电话告诉维护人员。',
  );
}
