import { growingPause } from '../shell/growing-pause.ts';
import { quietMs } from '../shell/quiet.ts';
import type { Recoveries } from '../shell/recoveries.ts';
import { QUIET_MS, RECOVERY_PAGE_MS, type Rung, recoveryLadder } from '../shell/recovery-ladder.ts';
import type { SupervisedHost } from '../shell/supervised-host.ts';
import type { PageEye } from './page-eye.ts';
import { EYE_TIMES, type EyeTimes, type WatchedPage, watchPage } from './watched-page.ts';

/** One running browser. */
export interface BrowserProcess {
  readonly pid: number | undefined;
  /** Absent where the browser has no debugging pipe. */
  readonly eye: PageEye | undefined;
  /** Resolves when it is gone, or could not be started. */
  readonly exited: Promise<void>;
  /** Ends it at once. */
  readonly kill: () => void;
  /** Ends it in order, or at once when it does not listen. */
  readonly close: () => Promise<void>;
}

/** Times in milliseconds. */
export interface BrowserTimes extends EyeTimes {
  /** A browser that just started, or whose host just came back, must connect its page within this. */
  readonly pageWithinMs: number;
  /** A page that was there and is lost may take so long to come back by itself. */
  readonly pageBackWithinMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly quietMs: number;
  /** After so many restarts without any page in between, the technician is told. */
  readonly tellAfter: number;
  /** After so long without a fault the ladder of measures begins at its foot. */
  readonly ladderQuietMs: number;
  readonly recoveryPageMs: number;
}

export const BROWSER_TIMES: BrowserTimes = {
  pageWithinMs: 60_000,
  pageBackWithinMs: 6000,
  firstPauseMs: 200,
  longestPauseMs: 10_000,
  quietMs: quietMs(60_000),
  tellAfter: 3,
  ladderQuietMs: QUIET_MS,
  recoveryPageMs: RECOVERY_PAGE_MS,
  ...EYE_TIMES,
};

/** A browser that is brought back when it dies, or when its page does. */
export interface SupervisedBrowser {
  readonly pid: () => number | undefined;
  readonly restarts: () => number;
  /** For how long nobody has touched the page, milliseconds; undefined while it is not known. */
  readonly untouchedMs: () => number | undefined;
  /** Starts the browser anew at a quiet moment; no fault. */
  readonly renew: () => void;
  /** There is no host and none is soon to be: shows the recovery page, which tells `trouble`, until one is up. */
  readonly standBy: (trouble: string) => void;
  readonly stop: () => Promise<void>;
}

/** What a browser is supervised with. */
export interface BrowserParts {
  /** Starts a browser on an address. */
  readonly start: (address: string) => BrowserProcess;
  readonly address: string;
  /** The address of a page that needs no host; undefined when there is none. */
  readonly recoveryAddress: () => string | undefined;
  readonly host: Pick<SupervisedHost, 'isUp' | 'onUp' | 'onDown' | 'onPages' | 'restart'>;
  readonly recoveries: Recoveries;
  readonly report: (sentence: string) => void;
  /** Called whenever the page was seen to be usable. */
  readonly onUsable: () => void;
}

/** What ails a browser or its page. `not-connected`: the page does not talk to the host. */
type BrowserFault =
  | { readonly what: 'browser'; readonly reason: 'gone' }
  | { readonly what: 'page'; readonly reason: string };

/**
 * Starts a browser, before the host is up or after, and keeps a usable page in it. It hears from the host whether the page
 * talks to it, and sees through the browser's debugging pipe whether the page is there, answers, shows something and can be
 * touched. What is done rises from loading the page anew to a new browser, a new host and the recovery page.
 */
export function superviseBrowser(
  parts: BrowserParts,
  times: Partial<BrowserTimes> = {},
): SupervisedBrowser {
  const keeper = new BrowserKeeper(parts, { ...BROWSER_TIMES, ...times });
  const { host } = parts;
  host.onUp(() => keeper.hostUp());
  host.onDown(() => keeper.hostDown());
  host.onPages((count) => keeper.pages(count));
  keeper.start();
  return {
    pid: () => keeper.pid,
    restarts: () => keeper.restarts,
    untouchedMs: () => keeper.untouchedMs,
    renew: () => keeper.renew(),
    standBy: (trouble) => keeper.standBy(trouble),
    stop: () => keeper.stop(),
  };
}

class BrowserKeeper {
  restarts = 0;
  readonly #parts: BrowserParts;
  readonly #times: BrowserTimes;
  readonly #pause: () => number;
  readonly #nextRung: (lowest?: Rung) => Rung;
  #browser: BrowserProcess | undefined;
  #watch: WatchedPage | undefined;
  #address: string;
  #fruitless = 0;
  #hostUp: boolean;
  #stopping = false;
  /** The browser that runs now is being ended by us. */
  #ending = false;
  #patience: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #recovery: NodeJS.Timeout | undefined;
  /** The recovery page stands because there is no host. */
  #standingBy = false;
  #trouble: string | undefined;

  constructor(parts: BrowserParts, times: BrowserTimes) {
    this.#parts = parts;
    this.#times = times;
    this.#address = parts.address;
    this.#hostUp = parts.host.isUp();
    this.#pause = growingPause(times, () => performance.now());
    this.#nextRung = recoveryLadder(times.ladderQuietMs, () => performance.now());
  }

  get pid(): number | undefined {
    return this.#browser?.pid;
  }

  get untouchedMs(): number | undefined {
    return this.#watch?.untouchedMs();
  }

  start(): void {
    const browser = this.#newBrowser();
    if (browser === undefined) return;
    this.#browser = browser;
    this.#ending = false;
    this.#expectPage(this.#times.pageWithinMs);
    this.#watch = undefined;
    if (browser.eye !== undefined && (this.#standingBy || !this.#isOnRecoveryPage()))
      this.#watch = watchPage(
        browser.eye,
        (reason) => this.#pageFault(reason),
        () => this.#sound(),
        this.#times,
      );
    void browser.exited.then(() => this.#gone(browser));
  }

  /** A disk that takes nothing, not even a profile, may do so later. */
  #newBrowser(): BrowserProcess | undefined {
    try {
      return this.#parts.start(this.#address);
    } catch {
      this.#startLater();
      return undefined;
    }
  }

  #pageFault(reason: string): void {
    // There is nothing lighter to fall back to than the recovery page: it is shown anew.
    if (this.#standingBy) this.#end();
    else this.#fault({ what: 'page', reason });
  }

  hostUp(): void {
    this.#hostUp = true;
    if (this.#standingBy) {
      this.#standingBy = false;
      this.#address = this.#parts.address;
      this.#end();
    }
    this.#expectPage(this.#times.pageWithinMs);
  }

  /** Without a host no page can be in touch with it; that is no fault of the browser. */
  hostDown(): void {
    this.#hostUp = false;
    clearTimeout(this.#patience);
  }

  /** It is told at each try of a host; only another trouble makes another page. */
  standBy(trouble: string): void {
    if (this.#hostUp || this.#stopping || (this.#standingBy && trouble === this.#trouble)) return;
    this.#standingBy = true;
    this.#trouble = trouble;
    clearTimeout(this.#recovery);
    this.#address = this.#parts.recoveryAddress() ?? this.#parts.address;
    this.#watch?.stop();
    this.#end();
  }

  pages(count: number): void {
    if (count === 0) {
      this.#expectPage(this.#times.pageBackWithinMs);
      return;
    }
    clearTimeout(this.#patience);
    this.#fruitless = 0;
    if (this.#browser?.eye === undefined) this.#parts.onUsable();
  }

  renew(): void {
    this.#end();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of [this.#patience, this.#restart, this.#recovery]) clearTimeout(timer);
    this.#watch?.stop();
    await this.#browser?.close();
  }

  #isOnRecoveryPage(): boolean {
    return this.#address !== this.#parts.address;
  }

  /** Without a host the recovery page is all that can be had; a new program would show no more. */
  #sound(): void {
    if (this.#hostUp || this.#standingBy) this.#parts.onUsable();
  }

  #expectPage(withinMs: number): void {
    clearTimeout(this.#patience);
    const browser = this.#browser;
    if (!this.#hostUp || this.#stopping || browser === undefined || this.#isOnRecoveryPage())
      return;
    this.#patience = setTimeout(
      () => this.#fault({ what: 'page', reason: 'not-connected' }),
      withinMs,
    );
  }

  #fault(fault: BrowserFault): void {
    if (this.#stopping || this.#standingBy) return;
    const rung = this.#nextRung(lowestFor(fault));
    this.#parts.recoveries.note(fault.what, fault.reason, rung);
    this.#climb(rung);
  }

  #climb(rung: Rung): void {
    this.#watch?.stop();
    clearTimeout(this.#patience);
    switch (rung) {
      case 'reload':
        this.#load();
        break;
      case 'home':
        this.#load(this.#parts.address);
        break;
      case 'window':
        this.#end();
        break;
      case 'host':
        this.#parts.host.restart();
        this.#end();
        break;
      case 'recovery-page':
        this.#rest();
        break;
    }
  }

  #load(address?: string): void {
    this.#browser?.eye?.load(address);
    this.#watch?.loading();
    this.#expectPage(this.#times.pageWithinMs);
  }

  /** Ends the browser; the next one follows. */
  #end(): void {
    this.#ending = true;
    this.#browser?.kill();
  }

  /** A still page for a minute, then everything from the beginning. */
  #rest(): void {
    this.#address = this.#parts.recoveryAddress() ?? this.#parts.address;
    this.#end();
    clearTimeout(this.#recovery);
    this.#recovery = setTimeout(() => {
      this.#address = this.#parts.address;
      this.#end();
    }, this.#times.recoveryPageMs);
  }

  #gone(browser: BrowserProcess): void {
    // What is left of its process group would hold the profile.
    browser.kill();
    clearTimeout(this.#patience);
    this.#watch?.stop();
    this.#browser = undefined;
    if (this.#stopping) return;
    this.restarts += 1;
    this.#fruitless += 1;
    if (this.#fruitless === this.#times.tellAfter)
      this.#parts.report(
        '浏览器一再启动失败或打不开页面，请检查显示和浏览器的安装；程序会继续重试。',
      );
    // One that ended by itself has taken its own step down already; what is above the new browser is still done.
    if (!this.#ending) this.#fault({ what: 'browser', reason: 'gone' });
    this.#startLater();
  }

  #startLater(): void {
    this.#restart = setTimeout(() => this.start(), this.#pause());
  }
}

/** What cannot be mended by loading: a hung page takes no orders, and without a browser there is nothing to load in. */
function lowestFor({ what, reason }: BrowserFault): Rung {
  return what === 'browser' || reason === 'hung' || reason === 'not-connected'
    ? 'window'
    : 'reload';
}
