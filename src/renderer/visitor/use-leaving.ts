import { useEffect, useEffectEvent } from 'react';

/** A finger that trembles on the first touch must not press what lies beneath (standards A-23). */
const SHIELD_MS = 500;

/** What covers the page is hidden at once when it is touched, but still there to catch the rest of the touch; then `onGone`. */
export function useLeaving(leaving: boolean, onGone: () => void): void {
  const gone = useEffectEvent(onGone);
  useEffect(() => {
    if (!leaving) return;
    const timer = setTimeout(() => gone(), SHIELD_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
}
