import { useEffect, useState } from 'react';
import { type LocalMoment, localMoment } from '#shared/time/local-date.ts';

/** The host's time, carried on by the page's own counter: a page never trusts its own calendar (invariant 10). */
export interface HostClock {
  readonly now: () => number;
  readonly utcOffsetMinutes: number;
}

/** A clock that was right at the moment it was made. */
export function hostClock(
  hostNow: number,
  utcOffsetMinutes: number,
  elapsed: () => number = () => performance.now(),
): HostClock {
  const start = elapsed();
  return { now: () => hostNow + elapsed() - start, utcOffsetMinutes };
}

const MINUTE_MS = 60_000;

/** The civil moment, again at each full minute. */
export function useMoment(clock: HostClock): LocalMoment {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    // From the minute that is shown: one that began just now must not be waited out.
    const nextMinute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
    // A clock that was put back shows its time within a minute, too.
    const wait = Math.min(Math.max(nextMinute - clock.now(), 0), MINUTE_MS);
    const timer = setTimeout(() => setNow(clock.now()), wait + 5);
    return () => clearTimeout(timer);
  }, [now, clock]);
  return localMoment(now, clock.utcOffsetMinutes);
}
