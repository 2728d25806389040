import type { PageLook } from '../shell/page-look.ts';
import type { PageEye } from './page-eye.ts';

/** What can befall the page of a browser, as seen through its debugging pipe. */
export type EyeFault = 'gone' | 'hung' | Exclude<PageLook, 'sound'>;

/** Times in milliseconds. */
export interface EyeTimes {
  readonly lookEveryMs: number;
  /** A page whose thread has not answered for so long hangs. */
  readonly answerWithinMs: number;
  /** A page may look odd for so long after it was loaded. */
  readonly settleMs: number;
}

export const EYE_TIMES: EyeTimes = { lookEveryMs: 3000, answerWithinMs: 12_000, settleMs: 20_000 };

/** A page that is just being drawn may look odd for a moment; one that does twice in a row is. */
const ODD_LOOKS = 2;

export interface WatchedPage {
  /** The page is being loaded anew: it has its time again. */
  readonly loading: () => void;
  readonly untouchedMs: () => number | undefined;
  readonly stop: () => void;
}

/** Looks at a page every few seconds; tells of at most one fault per load. */
export function watchPage(
  eye: PageEye,
  onFault: (fault: EyeFault) => void,
  onSound: () => void,
  times: EyeTimes = EYE_TIMES,
): WatchedPage {
  const watch = new Watch(eye, onFault, onSound, times);
  eye.onCrash(() => watch.fault('gone'));
  watch.loading();
  return {
    loading: () => watch.loading(),
    untouchedMs: () => watch.untouchedMs,
    stop: () => watch.stop(),
  };
}

class Watch {
  untouchedMs: number | undefined;
  readonly #eye: PageEye;
  readonly #onFault: (fault: EyeFault) => void;
  readonly #onSound: () => void;
  readonly #times: EyeTimes;
  #timer: NodeJS.Timeout | undefined;
  #watching = false;
  #load = 0;
  #odd = 0;
  #wasSound = false;
  #loadedAt = 0;
  #lookedAt = 0;
  #askedAt: number | undefined;

  constructor(
    eye: PageEye,
    onFault: (fault: EyeFault) => void,
    onSound: () => void,
    times: EyeTimes,
  ) {
    this.#eye = eye;
    this.#onFault = onFault;
    this.#onSound = onSound;
    this.#times = times;
  }

  loading(): void {
    this.stop();
    this.#watching = true;
    this.#load += 1;
    this.#odd = 0;
    this.#wasSound = false;
    this.#askedAt = undefined;
    this.#loadedAt = performance.now();
    // Until it was seen sound once, three times as often: touches count from the first look on.
    const every = this.#times.lookEveryMs / 3;
    this.#timer = setInterval(() => void this.#look(this.#load), every);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#watching = false;
  }

  fault(fault: EyeFault): void {
    if (!this.#watching) return;
    this.stop();
    this.#onFault(fault);
  }

  async #look(load: number): Promise<void> {
    if (this.#askedAt !== undefined) {
      if (performance.now() - this.#askedAt > this.#times.answerWithinMs) this.fault('hung');
      return;
    }
    const now = performance.now();
    if (this.#wasSound && now - this.#lookedAt < this.#times.lookEveryMs) return;
    this.#askedAt = now;
    this.#lookedAt = now;
    const sight = await this.#eye.look();
    if (load !== this.#load || !this.#watching) return;
    this.#askedAt = undefined;
    if (sight === undefined) return;
    this.untouchedMs = sight.untouchedMs;
    if (sight.look === 'sound') {
      this.#odd = 0;
      this.#wasSound = true;
      this.#onSound();
    } else this.#oddLook(sight.look);
  }

  #oddLook(look: Exclude<PageLook, 'sound'>): void {
    const isSettling = !this.#wasSound && performance.now() - this.#loadedAt < this.#times.settleMs;
    this.#odd = isSettling ? 0 : this.#odd + 1;
    if (this.#odd >= ODD_LOOKS) this.fault(look);
  }
}
