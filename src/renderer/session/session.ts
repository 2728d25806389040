import { createContext, use } from 'react';
import type { PageLanguage } from '#shared/contract/views.ts';
import { isSameRoute, type Route } from './route.ts';

/** Size of letters against the standard; 2 is the 200 % of WCAG 1.4.4. */
export type Zoom = 1 | 1.5 | 2;

/** The right-to-left pseudo-language in which layout is proven; never offered to visitors. */
export type SessionLanguage = PageLanguage | 'x-rtl';

/** All that a page remembers of a visitor; it ends with the visit (V14, invariant 8). */
export interface Session {
  /** Pages gone through, the current one last. */
  readonly trail: readonly Route[];
  readonly language: SessionLanguage;
  readonly zoom: Zoom;
  readonly contrast: boolean;
  readonly lowReach: boolean;
  /** Whether pages and keys are spoken (standards A-60). */
  readonly voice: boolean;
}

export const FRESH_SESSION: Session = {
  trail: [{ page: 'home' }],
  language: 'zh-CN',
  zoom: 1,
  contrast: false,
  lowReach: false,
  voice: false,
};

export type SessionAction =
  | { readonly type: 'go'; readonly to: Route }
  | { readonly type: 'replace'; readonly to: Route }
  | { readonly type: 'back' }
  | { readonly type: 'home' }
  | { readonly type: 'leave' }
  | { readonly type: 'set'; readonly preferences: Partial<Omit<Session, 'trail'>> };

/** The next state of a session. `leave` forgets everything; `home` keeps how the visitor reads. */
export function nextSession(session: Session, action: SessionAction): Session {
  switch (action.type) {
    case 'go':
      return isSameRoute(currentRoute(session), action.to)
        ? session
        : { ...session, trail: [...session.trail, action.to] };
    case 'replace':
      return { ...session, trail: [...session.trail.slice(0, -1), action.to] };
    case 'back':
      return session.trail.length > 1 ? { ...session, trail: session.trail.slice(0, -1) } : session;
    case 'home':
      return { ...session, trail: FRESH_SESSION.trail };
    case 'leave':
      return FRESH_SESSION;
    case 'set':
      return { ...session, ...action.preferences };
  }
}

/** The page that is shown. */
export function currentRoute(session: Session): Route {
  return session.trail.at(-1) ?? { page: 'home' };
}

/** Whether nothing is left of a visitor: an idle terminal then has nothing to clear. */
export function isFresh(session: Session): boolean {
  return JSON.stringify(session) === JSON.stringify(FRESH_SESSION);
}

export interface SessionHandle {
  readonly session: Session;
  readonly act: (action: SessionAction) => void;
}

export const SessionContext = createContext<SessionHandle>({
  session: FRESH_SESSION,
  act: () => {},
});

/** The visit and what can be done with it. */
export function useSession(): SessionHandle {
  return use(SessionContext);
}

/** Goes to a page on touch. */
export function useGo(): (to: Route) => void {
  const { act } = useSession();
  return (to) => act({ type: 'go', to });
}
