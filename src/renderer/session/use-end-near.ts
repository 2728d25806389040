import { useEffect, useState } from 'react';
import { SESSION_LIMITS } from '#shared/staff/session-rule.ts';
import { ACTS } from './use-presence.ts';

const WARN_BEFORE_MS = 5 * 60_000;

/** Whether a log-in on an office PC ends within five minutes, for nobody has touched this page; a touch or key ends the warning. */
export function useEndNear(isLoggedIn: boolean): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    let actedAt = Date.now();
    const act = () => {
      actedAt = Date.now();
    };
    const stop = eachMinute(() => {
      if (Date.now() - actedAt >= SESSION_LIMITS.lan.idleMs - WARN_BEFORE_MS) setNear(true);
    });
    // Not before the touch is over: what was touched must not go away under the finger.
    const ended = () => setNear(false);
    for (const name of ACTS) window.addEventListener(name, act, { passive: true });
    for (const name of ENDS) window.addEventListener(name, ended, { passive: true });
    return () => {
      stop();
      setNear(false);
      for (const name of ACTS) window.removeEventListener(name, act);
      for (const name of ENDS) window.removeEventListener(name, ended);
    };
  }, [isLoggedIn]);
  return isNear;
}

const ENDS = ['click', 'keydown'] as const;

const WARN_DAY_BEFORE_MS = 15 * 60_000;

/** Whether a log-in on an office PC ends within a quarter of an hour because it has lasted as long as one may; no touch changes that. */
export function useDayEndNear(isLoggedIn: boolean): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!isLoggedIn) return undefined;
    const loggedInAt = Date.now();
    const stop = eachMinute(() => {
      if (Date.now() - loggedInAt >= SESSION_LIMITS.lan.absoluteMs - WARN_DAY_BEFORE_MS)
        setNear(true);
    });
    return () => {
      stop();
      setNear(false);
    };
  }, [isLoggedIn]);
  return isNear;
}

/** Looks at the clock each minute: a computer that sleeps stops a page's timers, so that one long timer comes hours late. */
function eachMinute(look: () => void): () => void {
  const timer = setInterval(look, 60_000);
  return () => clearInterval(timer);
}
