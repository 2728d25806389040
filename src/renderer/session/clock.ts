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

/** The civil moment, again at each full minute. */
export function useMoment(clock: HostClock): LocalMoment {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const untilNextMinute = 60_000 - (clock.now() % 60_000);
    const timer = setTimeout(() => setNow(clock.now()), untilNextMinute + 5);
    return () => clearTimeout(timer);
  });
  return localMoment(now, clock.utcOffsetMinutes);
}
