import { useEffect, useRef } from 'react';
import { nameOf } from './name-of.ts';
import { spokenText } from './spoken-text.ts';
import { isControl, stopAfter, stopsOf } from './stops.ts';
import type { Voice } from './voice-mode.ts';

/** Going through a page by ear (standards A-60: previous, next, activate, repeat). */
export interface Walk {
  /** One stop on or back; `atEnd` is said beyond the ends. */
  readonly step: (by: 1 | -1, atEnd: string) => void;
  /** Does what a touch on the control here does; `nothing` is said where there is none. */
  readonly activate: (nothing: string) => void;
  readonly repeat: () => void;
}

const HERE = 'voiceHere';

export function useWalk(voice: Voice): Walk {
  const here = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.closest('[data-voice-strip]')) return;
      stand(here, target);
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      stand(here, null);
    };
  }, []);
  const stillHere = () => (here.current?.isConnected === true ? here.current : null);
  return {
    step: (by, atEnd) => {
      const stop = stopAfter(stopsOf(document), stillHere(), by);
      if (stop === undefined) return voice.say(atEnd);
      goTo(stop, voice);
      stand(here, stop);
    },
    activate: (nothing) => {
      const at = stillHere();
      if (at !== null && isControl(at)) at.click();
      else voice.say(nothing);
    },
    repeat: () => {
      const at = stillHere() ?? document.querySelector<HTMLElement>('main h1, main h2');
      if (at !== null) voice.say(wordsOf(at));
    },
  };
}

/** Marked, so that whoever sees a little sees it too. */
function stand(here: { current: HTMLElement | null }, at: HTMLElement | null): void {
  if (here.current !== null) delete here.current.dataset[HERE];
  here.current = at;
  if (at !== null) at.dataset[HERE] = '';
}

/** A control takes the focus, of which the page speaks. */
function goTo(stop: HTMLElement, voice: Voice): void {
  stop.scrollIntoView({ block: 'center' });
  if (isControl(stop)) stop.focus({ preventScroll: true });
  if (document.activeElement !== stop) voice.say(wordsOf(stop));
}

const wordsOf = (stop: Element) => nameOf(stop) || spokenText(stop);
