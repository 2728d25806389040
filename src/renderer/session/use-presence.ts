import { useEffect } from 'react';
import type { StationClient } from '../station-client/station-client.ts';

/** Often enough for the shortest log-in, and seldom enough for the disk. */
const TELL_EVERY_MS = 30_000;
/** What only a person does. */
export const ACTS = ['pointerdown', 'keydown'] as const;

/** Tells the host of each touch and key, so that a log-in lasts while a person is there and not while only the page is. */
export function usePresence(client: Pick<StationClient, 'staff'>, isLoggedIn: boolean): void {
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    let told = -TELL_EVERY_MS;
    const tell = ({ timeStamp }: Event) => {
      if (timeStamp - told < TELL_EVERY_MS) return;
      told = timeStamp;
      client.staff.present().catch(() => {});
    };
    for (const act of ACTS) window.addEventListener(act, tell, { passive: true });
    return () => {
      for (const act of ACTS) window.removeEventListener(act, tell);
    };
  }, [client, isLoggedIn]);
}
