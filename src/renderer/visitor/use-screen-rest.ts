import { useCallback, useEffect, useState } from 'react';
import type { ScreenLook } from '#shared/contract/screen.ts';
import { useIdle } from '../session/idle.ts';
import { useStation } from '../station-client/use-station.ts';

/** So long after the last touch, or after a visit ended, somebody may still stand there. */
const REST_AFTER_S = 300;
/** A screen that a jolt has lit, and no touch, goes dark again; a host that was away hears it then. */
const SAY_AGAIN_MS = 60_000;

/** What a page knows of whether it may be dark. */
export interface RestSettings {
  /** The host's word; undefined before it said anything. */
  readonly mayRest: boolean | undefined;
  /** Nobody's visit is under way, and none of the staff is here. */
  readonly isAlone: boolean;
  /** The page before this one was dark. */
  readonly beginsDark: boolean;
}

/** Whether the page is dark, outside of the hours of the screen; the screen is switched with it. `wake`: somebody touched it. */
export function useScreenRest({ mayRest, isAlone, beginsDark }: RestSettings): {
  readonly isDark: boolean;
  readonly wake: () => void;
} {
  const [isAsleep, setAsleep] = useState(beginsDark);
  // Heard once that it may not, a page is as awake as after a touch.
  if (isAsleep && (mayRest === false || !isAlone)) setAsleep(false);
  const isDark = isAsleep && mayRest !== false && isAlone;
  useIdle({
    afterSeconds: REST_AFTER_S,
    warningSeconds: 0,
    paused: mayRest !== true || !isAlone || isDark,
    onEnd: () => setAsleep(true),
  });
  const { wasTouched, touched } = useTouched();
  // A page that nobody has touched yet says nothing of light: the one before it may have been dark by good right.
  const look = isDark ? 'dark' : mayRest === false || wasTouched ? 'lit' : undefined;
  useScreenFollows(look);
  return {
    isDark,
    wake: () => {
      setAsleep(false);
      touched();
    },
  };
}

function useTouched() {
  const [wasTouched, setTouched] = useState(false);
  const touched = useCallback(() => setTouched(true), []);
  useEffect(() => {
    const kinds = ['pointerdown', 'keydown'] as const;
    for (const kind of kinds) window.addEventListener(kind, touched, { capture: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touched, { capture: true });
    };
  }, [touched]);
  return { wasTouched, touched };
}

/** Tells the host, which switches the screen. */
function useScreenFollows(look: ScreenLook | undefined): void {
  const station = useStation();
  useEffect(() => {
    if (look === undefined) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    const say = () => {
      station.screen.show({ look }).then(
        () => {
          if (look === 'lit') clearInterval(timer);
        },
        // A host that is away is told at the next turn; X lights a touched screen without it.
        () => {},
      );
    };
    timer = setInterval(say, SAY_AGAIN_MS);
    say();
    return () => clearInterval(timer);
  }, [look, station]);
}
