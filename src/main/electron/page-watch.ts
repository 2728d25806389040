import type { WebContents } from 'electron';
import { PAGE_LOOK, type PageLook, type PageSight, pageSightSchema } from '../shell/page-look.ts';
import { IPC } from './ipc-names.ts';
import { isOwnPage } from './page-address.ts';

/** What can befall a page. `strayed`: it went where no policy is asked, such as about:blank. */
export type PageFault = 'gone' | 'hung' | 'not-loaded' | 'strayed' | Exclude<PageLook, 'sound'>;

/** Times in milliseconds. */
export interface WatchTimes {
  /** A page whose program has not asked for the host for so long after loading began shows nothing. */
  readonly aliveWithinMs: number;
  readonly beatEveryMs: number;
  /** A page whose thread has not answered for so long hangs. */
  readonly beatWithinMs: number;
}

export const WATCH: WatchTimes = { aliveWithinMs: 20_000, beatEveryMs: 3000, beatWithinMs: 12_000 };

/** A world of its own in the page, for the look into it. */
const LOOK_WORLD = 7348;
/** A page that is just being drawn may look odd for a moment; one that does twice in a row is. */
const ODD_LOOKS = 2;

/** Chromium's word for a load that something else took the place of. */
const ABORTED = -3;

/** Who is told that all is well. `onStill`: a page without a program stands and can be read. */
export interface SoundListeners {
  readonly onSound: () => void;
  readonly onStill: () => void;
}

/** Watches one page; tells of at most one fault per load. */
export interface PageWatch {
  /**
   * A load begins: the page has its time to come alive. Of a page without a program (`still`) it is told that it stands, and
   * when its process or its window is gone, or it answers no more.
   */
  readonly loading: (still: boolean) => void;
  /** The page's program runs. */
  readonly alive: () => void;
  readonly beatBack: () => void;
  /** For how long nobody has touched the page, milliseconds; undefined while it is not known. */
  readonly untouchedMs: () => number | undefined;
  readonly stop: () => void;
}

/**
 * Watches a page for what Chromium tells (process gone, load failed, unresponsive to input) and for what it does not:
 * a page that stays white, and a thread that hangs while nobody touches the screen. A hung page's process is ended
 * first, because a hung page cannot be loaded anew.
 */
export function watchPage(
  contents: WebContents,
  onFault: (fault: PageFault, detail: string) => void,
  sound: SoundListeners,
  times: WatchTimes = WATCH,
): PageWatch {
  const watch = new Watch(contents, onFault, sound, times);
  contents.on('render-process-gone', (_event, details) => watch.gone(details.reason));
  // A page that closes itself takes its window along.
  contents.on('destroyed', () => watch.gone('destroyed'));
  contents.on('did-navigate', (_event, address, status) => {
    if (!isOwnPage(address)) watch.fault('strayed', 'did-navigate');
    else if (status >= 400) watch.fault('not-loaded', String(status));
  });
  contents.on('unresponsive', () => watch.hung());
  contents.on('did-fail-load', (_event, code, _text, _url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) watch.fault('not-loaded', String(code));
  });
  return watch;
}

class Watch implements PageWatch {
  readonly #contents: WebContents;
  readonly #onFault: (fault: PageFault, detail: string) => void;
  readonly #sound: SoundListeners;
  readonly #times: WatchTimes;
  #timer: NodeJS.Timeout | undefined;
  /** Whether a page with a program is watched, or one without. */
  #watching: 'program' | 'still' | undefined;
  #hung = false;
  #lastBeat = 0;
  #load = 0;
  #odd = 0;
  #untouchedMs: number | undefined;

  constructor(
    contents: WebContents,
    onFault: (fault: PageFault, detail: string) => void,
    sound: SoundListeners,
    times: WatchTimes,
  ) {
    this.#contents = contents;
    this.#onFault = onFault;
    this.#sound = sound;
    this.#times = times;
  }

  loading(still: boolean): void {
    this.stop();
    this.#load += 1;
    this.#odd = 0;
    this.#untouchedMs = undefined;
    if (still) {
      this.#watching = 'still';
      this.#lastBeat = performance.now();
      this.#timer = setInterval(() => void this.#lookAtStill(), this.#times.beatEveryMs);
      return;
    }
    this.#watching = 'program';
    this.#timer = setTimeout(() => this.fault('white', 'no-program'), this.#times.aliveWithinMs);
  }

  alive(): void {
    if (this.#watching !== 'program') return;
    clearTimeout(this.#timer);
    this.#lastBeat = performance.now();
    this.#timer = setInterval(() => this.#beat(), this.#times.beatEveryMs);
  }

  beatBack(): void {
    this.#lastBeat = performance.now();
  }

  untouchedMs(): number | undefined {
    return this.#untouchedMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watching = undefined;
    this.#hung = false;
  }

  /** Of a page with a program. */
  fault(fault: PageFault, detail: string): void {
    if (this.#watching === 'program') this.#tell(fault, detail);
  }

  gone(reason: string): void {
    if (this.#watching !== undefined) this.#tell(this.#hung ? 'hung' : 'gone', reason);
  }

  #tell(fault: PageFault, detail: string): void {
    this.stop();
    this.#onFault(fault, detail);
  }

  /** Ends the process; `gone` then tells of the fault. */
  hung(): void {
    if (this.#watching === undefined || this.#hung) return;
    this.#hung = true;
    clearTimeout(this.#timer);
    this.#contents.forcefullyCrashRenderer();
  }

  #beat(): void {
    if (performance.now() - this.#lastBeat > this.#times.beatWithinMs) this.hung();
    else {
      this.#contents.send(IPC.beat);
      void this.#look(this.#load);
    }
  }

  /** A page that moves may still be of no use. */
  async #look(load: number): Promise<void> {
    const sight = await this.#sight();
    if (sight === undefined || this.#watching !== 'program' || load !== this.#load) return;
    this.#untouchedMs = sight.untouchedMs;
    this.#odd = sight.look === 'sound' ? 0 : this.#odd + 1;
    if (sight.look === 'sound') this.#sound.onSound();
    else if (this.#odd >= ODD_LOOKS) this.fault(sight.look, 'look');
  }

  async #lookAtStill(): Promise<void> {
    if (performance.now() - this.#lastBeat > this.#times.beatWithinMs) {
      this.hung();
      return;
    }
    const load = this.#load;
    const sight = await this.#sight();
    if (sight?.look !== 'sound' || this.#watching !== 'still' || load !== this.#load) return;
    this.#lastBeat = performance.now();
    this.#sound.onStill();
  }

  /** Undefined when the page went meanwhile; others tell of that. */
  async #sight(): Promise<PageSight | undefined> {
    try {
      const seen: unknown = await this.#contents.executeJavaScriptInIsolatedWorld(LOOK_WORLD, [
        { code: PAGE_LOOK },
      ]);
      return pageSightSchema.safeParse(seen).data;
    } catch {
      return undefined;
    }
  }
}
