import { growingPause } from '../shell/growing-pause.ts';
import type { SupervisedHost } from '../shell/supervised-host.ts';

/** One running browser. */
export interface BrowserProcess {
  readonly pid: number | undefined;
  /** Resolves when it is gone, or could not be started. */
  readonly exited: Promise<void>;
  /** Ends it at once. */
  readonly kill: () => void;
  /** Ends it in order, or at once when it does not listen. */
  readonly close: () => Promise<void>;
}

/** Times in milliseconds. */
export interface BrowserTimes {
  /** A browser that just started, or whose host just came back, must connect its page within this. */
  readonly pageWithinMs: number;
  /** A page that was there and is lost may take so long to come back by itself. */
  readonly pageBackWithinMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly quietMs: number;
  /** After so many restarts without any page in between, the technician is told. */
  readonly tellAfter: number;
}

export const BROWSER_TIMES: BrowserTimes = {
  pageWithinMs: 60_000,
  pageBackWithinMs: 6000,
  firstPauseMs: 200,
  longestPauseMs: 10_000,
  quietMs: 60_000,
  tellAfter: 3,
};

/** A browser that is brought back when it dies, or when its page does. */
export interface SupervisedBrowser {
  readonly pid: () => number | undefined;
  readonly restarts: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a browser, before the host is up or after, and keeps its page in touch with it. A page that crashed or hangs no longer talks to the host,
 * which tells so; as nothing in a crashed page can help itself, the whole browser is started anew.
 */
export function superviseBrowser(
  start: () => BrowserProcess,
  host: Pick<SupervisedHost, 'isUp' | 'onUp' | 'onDown' | 'onPages'>,
  report: (sentence: string) => void,
  times: Partial<BrowserTimes> = {},
): SupervisedBrowser {
  const keeper = new BrowserKeeper(start, report, { ...BROWSER_TIMES, ...times }, host.isUp());
  host.onUp(() => keeper.hostUp());
  host.onDown(() => keeper.hostDown());
  host.onPages((count) => keeper.pages(count));
  keeper.start();
  return {
    pid: () => keeper.pid,
    restarts: () => keeper.restarts,
    stop: () => keeper.stop(),
  };
}

class BrowserKeeper {
  restarts = 0;
  readonly #start: () => BrowserProcess;
  readonly #report: (sentence: string) => void;
  readonly #times: BrowserTimes;
  readonly #pause: () => number;
  #browser: BrowserProcess | undefined;
  #fruitless = 0;
  #hostUp: boolean;
  #stopping = false;
  #patience: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;

  constructor(
    start: () => BrowserProcess,
    report: (sentence: string) => void,
    times: BrowserTimes,
    hostUp: boolean,
  ) {
    this.#start = start;
    this.#hostUp = hostUp;
    this.#report = report;
    this.#times = times;
    this.#pause = growingPause(times, () => performance.now());
  }

  get pid(): number | undefined {
    return this.#browser?.pid;
  }

  start(): void {
    const browser = this.#start();
    this.#browser = browser;
    this.#expectPage(this.#times.pageWithinMs);
    void browser.exited.then(() => this.#gone(browser));
  }

  hostUp(): void {
    this.#hostUp = true;
    this.#expectPage(this.#times.pageWithinMs);
  }

  /** Without a host no page can be in touch with it; that is no fault of the browser. */
  hostDown(): void {
    this.#hostUp = false;
    clearTimeout(this.#patience);
  }

  pages(count: number): void {
    if (count === 0) {
      this.#expectPage(this.#times.pageBackWithinMs);
      return;
    }
    clearTimeout(this.#patience);
    this.#fruitless = 0;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#patience);
    clearTimeout(this.#restart);
    await this.#browser?.close();
  }

  #expectPage(withinMs: number): void {
    clearTimeout(this.#patience);
    const browser = this.#browser;
    if (!this.#hostUp || this.#stopping || browser === undefined) return;
    this.#patience = setTimeout(() => browser.kill(), withinMs);
  }

  #gone(browser: BrowserProcess): void {
    // What is left of its process group would hold the profile.
    browser.kill();
    clearTimeout(this.#patience);
    this.#browser = undefined;
    if (this.#stopping) return;
    this.restarts += 1;
    this.#fruitless += 1;
    if (this.#fruitless === this.#times.tellAfter)
      this.#report('浏览器一再启动失败或打不开页面，请检查显示和浏览器的安装；程序会继续重试。');
    this.#restart = setTimeout(() => this.start(), this.#pause());
  }
}
