import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../../src/renderer/session/route.ts';
import {
  currentRoute,
  FRESH_SESSION,
  isFresh,
  nextSession,
  type Session,
  type SessionAction,
} from '../../../src/renderer/session/session.ts';

const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>({ page: 'home' }, { page: 'forms' }, { page: 'hotlines' }),
  fc.record({ page: fc.constant('guide' as const), id: fc.constantFrom('a', 'b') }),
);
const action: fc.Arbitrary<SessionAction> = fc.oneof(
  fc.record({ type: fc.constantFrom('go' as const, 'replace' as const), to: route }),
  fc.record({ type: fc.constantFrom('back' as const, 'home' as const, 'leave' as const) }),
  fc.record({
    type: fc.constant('set' as const),
    preferences: fc.record(
      {
        language: fc.constantFrom('zh-CN' as const, 'en' as const),
        zoom: fc.constantFrom(1 as const, 1.5 as const, 2 as const),
        contrast: fc.boolean(),
        lowReach: fc.boolean(),
        voice: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  }),
);
const session = fc
  .array(action)
  .map((actions) => actions.reduce<Session>(nextSession, FRESH_SESSION));

describe('a visit', () => {
  it('always has a page, whatever was touched', () => {
    fc.assert(
      fc.property(session, (visit) => {
        expect(visit.trail.length).toBeGreaterThan(0);
        expect(currentRoute(visit)).toBe(visit.trail.at(-1));
      }),
    );
  });

  it('never goes back behind its first page', () => {
    fc.assert(
      fc.property(session, fc.integer({ min: 1, max: 30 }), (visit, times) => {
        let back = visit;
        for (let at = 0; at < times; at += 1) back = nextSession(back, { type: 'back' });
        expect(back.trail).toEqual(visit.trail.slice(0, Math.max(1, visit.trail.length - times)));
      }),
    );
  });

  it('comes back to where it was after going somewhere else', () => {
    fc.assert(
      fc.property(session, route, (visit, to) => {
        const gone = nextSession(visit, { type: 'go', to });
        if (gone === visit) return;
        expect(nextSession(gone, { type: 'back' })).toEqual(visit);
      }),
    );
  });

  it('does nothing when it goes to the page that is shown', () => {
    fc.assert(
      fc.property(session, (visit) => {
        const to = { ...currentRoute(visit) };
        expect(nextSession(visit, { type: 'go', to })).toBe(visit);
      }),
    );
  });

  it('forgets everything when the visitor leaves', () => {
    fc.assert(
      fc.property(session, (visit) => {
        const left = nextSession(visit, { type: 'leave' });
        expect(left).toEqual(FRESH_SESSION);
        expect(isFresh(left)).toBe(true);
      }),
    );
  });

  it('keeps how the visitor reads on the way home', () => {
    fc.assert(
      fc.property(session, (visit) => {
        const { trail, ...preferences } = nextSession(visit, { type: 'home' });
        expect(trail).toEqual([{ page: 'home' }]);
        expect(visit).toMatchObject(preferences);
      }),
    );
  });

  it('replaces only the page that is shown', () => {
    fc.assert(
      fc.property(session, route, (visit, to) => {
        const { trail } = nextSession(visit, { type: 'replace', to });
        expect(trail).toEqual([...visit.trail.slice(0, -1), to]);
      }),
    );
  });

  it('is not fresh as soon as anything differs', () => {
    const changes: SessionAction[] = [
      { type: 'go', to: { page: 'forms' } },
      { type: 'set', preferences: { language: 'en' } },
      { type: 'set', preferences: { zoom: 2 } },
      { type: 'set', preferences: { contrast: true } },
      { type: 'set', preferences: { lowReach: true } },
      { type: 'set', preferences: { voice: true } },
    ];
    for (const change of changes) expect(isFresh(nextSession(FRESH_SESSION, change))).toBe(false);
  });
});
