import { type RefObject, useEffect, useEffectEvent } from 'react';

const TOUCHES = 5;
const WITHIN_MS = 4000;

/** Hears the touch that staff know: five times on the mark, within four seconds. Nothing on the page gives it away. */
export function useHiddenTouch(place: RefObject<Element | null>, onTouched: () => void): void {
  const tell = useEffectEvent(onTouched);
  useEffect(() => {
    const mark = place.current;
    let touches: number[] = [];
    const touch = ({ timeStamp }: Event) => {
      touches = [...touches.filter((at) => timeStamp - at < WITHIN_MS), timeStamp];
      if (touches.length < TOUCHES) return;
      touches = [];
      tell();
    };
    mark?.addEventListener('pointerup', touch);
    return () => mark?.removeEventListener('pointerup', touch);
  }, [place]);
}
