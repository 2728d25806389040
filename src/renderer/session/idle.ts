import { createContext, use, useEffect, useEffectEvent, useState } from 'react';

export interface IdleSettings {
  /** Seconds without a touch until the warning. */
  readonly afterSeconds: number;
  /** Seconds that the warning stands: at least 20 (standards A-40). */
  readonly warningSeconds: number;
  /** Nothing to clear: no warning, no reset. */
  readonly paused: boolean;
  readonly onEnd: () => void;
}

/** What is left until the page is cleared, for a page that shows it itself. */
export const SecondsLeft = createContext<number | undefined>(undefined);

/** Seconds until the page is cleared; undefined while nothing is counted. */
export function useSecondsLeft(): number | undefined {
  return use(SecondsLeft);
}

/** That somebody listens to what the page says. */
const ATTENDED = 'attended';
/** A film that plays is being watched: it tells its time four times a second. */
const ACTIVITY = ['pointerdown', 'pointerup', 'keydown', 'keyup', 'wheel', 'timeupdate', ATTENDED];

/** Tells that the terminal is in use although nobody touches it. */
export function tellAttended(): void {
  window.dispatchEvent(new Event(ATTENDED));
}
/** Buttons act on release, so the warning stands until what was touched on it has acted. */
const SETTLED_MS = 100;

/**
 * Watches for touches. After a quiet time it gives the seconds that are left (the warning is to be shown), and at the end
 * of them calls `onEnd`. Any touch starts the quiet time anew, as often as the visitor likes.
 */
export function useIdle({
  afterSeconds,
  warningSeconds,
  paused,
  onEnd,
}: IdleSettings): number | undefined {
  const [left, setLeft] = useState<number>();
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (paused) return;
    const watch = watchQuiet(afterSeconds, warningSeconds, setLeft, () => end());
    for (const kind of ACTIVITY) window.addEventListener(kind, watch.touched, { capture: true });
    return () => {
      watch.stop();
      for (const kind of ACTIVITY)
        window.removeEventListener(kind, watch.touched, { capture: true });
      setLeft(undefined);
    };
  }, [afterSeconds, warningSeconds, paused]);
  return left;
}

/** Counts quiet seconds; `onLeft` hears what is left of the warning, and undefined when there is none. */
function watchQuiet(
  afterSeconds: number,
  warningSeconds: number,
  onLeft: (seconds: number | undefined) => void,
  onEnd: () => void,
) {
  let quiet = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  // Without a quiet time the counting is on show from the first moment, and never blank.
  const atRest = afterSeconds === 0 ? warningSeconds : undefined;
  onLeft(atRest);
  const timer = setInterval(() => {
    quiet += 1;
    const left = afterSeconds + warningSeconds - quiet;
    if (left <= 0) {
      quiet = 0;
      onLeft(atRest);
      onEnd();
    } else if (quiet >= afterSeconds) onLeft(left);
  }, 1000);
  return {
    touched: (event: Event) => {
      quiet = 0;
      if (event.type === 'pointerdown' || event.type === 'keydown') return;
      clearTimeout(settling);
      settling = setTimeout(() => onLeft(atRest), SETTLED_MS);
    },
    stop: () => {
      clearInterval(timer);
      clearTimeout(settling);
    },
  };
}
