import { useEffect, useRef, useState } from 'react';

export interface IdleSettings {
  /** Seconds without a touch until the warning. */
  readonly afterSeconds: number;
  /** Seconds that the warning stands: at least 20 (standards A-40). */
  readonly warningSeconds: number;
  /** Nothing to clear: no warning, no reset. */
  readonly paused: boolean;
  readonly onEnd: () => void;
}

const ACTIVITY = ['pointerdown', 'keydown', 'wheel'] as const;

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
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (paused) {
      setLeft(undefined);
      return;
    }
    let quiet = 0;
    const touched = () => {
      quiet = 0;
      setLeft(undefined);
    };
    const timer = setInterval(() => {
      quiet += 1;
      if (quiet >= afterSeconds + warningSeconds) {
        touched();
        end.current();
      } else if (quiet >= afterSeconds) setLeft(afterSeconds + warningSeconds - quiet);
    }, 1000);
    for (const kind of ACTIVITY) window.addEventListener(kind, touched, { capture: true });
    return () => {
      clearInterval(timer);
      for (const kind of ACTIVITY) window.removeEventListener(kind, touched, { capture: true });
    };
  }, [afterSeconds, warningSeconds, paused]);
  return left;
}
