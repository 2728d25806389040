import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useStation } from '../station-client/use-station.ts';
import { followEvents } from './follow-events.ts';

/**
 * Takes changed content in when nobody is reading: at once on an untouched home page, else when the visitor has left. What
 * a visitor looked at is forgotten when they leave (invariant 8).
 */
export function useFreshContent(nobodyReads: boolean): void {
  const station = useStation();
  const queries = useQueryClient();
  const takeIn = useEffectEvent(() => {
    void queries.invalidateQueries({ refetchType: nobodyReads ? 'active' : 'none' });
  });
  useEffect(() => {
    const ended = new AbortController();
    void followEvents(station, ended.signal, () => takeIn());
    return () => ended.abort();
  }, [station]);
  useEffect(() => {
    if (!nobodyReads) return;
    queries.removeQueries({ type: 'inactive' });
    void queries.refetchQueries({ type: 'active', stale: true });
  }, [nobodyReads, queries]);
}
