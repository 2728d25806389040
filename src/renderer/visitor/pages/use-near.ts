import { type RefObject, useEffect, useState } from 'react';

/** How far beyond the screen a part counts as near: a flick of the finger must not arrive before it. */
const MARGIN = '200% 0px';

/** Whether a part of a scrolled page is, or ever was, near the screen. */
export function useNear(part: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = part.current;
    if (isNear || element === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root: element.closest('[data-scroller]'), rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [part, isNear]);
  return isNear;
}
