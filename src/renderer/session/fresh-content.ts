import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStation } from '../station-client/use-station.ts';
import { followEvents } from './follow-events.ts';

/**
 * Takes changed content in when nobody is reading: at once on an untouched home page, else when the visitor has left. What
 * a visitor looked at is forgotten when they leave (invariant 8). Gives what the host last said of the screen: whether it may be
 * dark while nobody is here; undefined before it said anything.
 */
export function useFreshContent(nobodyReads: boolean): boolean | undefined {
  const [screenMayRest, setScreenMayRest] = useState<boolean>();
  const station = useStation();
  const queries = useQueryClient();
  const takeIn = useEffectEvent(() => {
    void queries.invalidateQueries({ refetchType: nobodyReads ? 'active' : 'none' });
  });
  useEffect(() => {
    const ended = new AbortController();
    void followEvents(
      station,
      ended.signal,
      () => takeIn(),
      (event) => setScreenMayRest(event.screenMayRest === true),
    );
    return () => ended.abort();
  }, [station]);
  const wasRead = useRef(false);
  useEffect(() => {
    // A page that begins has nothing to forget: what it brought with it is still about to be looked at.
    if (!nobodyReads) wasRead.current = true;
    if (!nobodyReads || !wasRead.current) return;
    wasRead.current = false;
    queries.removeQueries({ type: 'inactive' });
    void queries.refetchQueries({ type: 'active', stale: true });
  }, [nobodyReads, queries]);
  return screenMayRest;
}
