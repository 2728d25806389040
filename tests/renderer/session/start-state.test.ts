import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRESH_SESSION } from '../../../src/renderer/session/session.ts';
import { startDisplay, startState } from '../../../src/renderer/session/start-state.ts';

describe('the state that the address names', () => {
  it('is a fresh visit without any', () => {
    for (const hash of ['', '#', '#page=home']) expect(startState(hash)).toEqual(FRESH_SESSION);
  });

  it('is a page over home, in a way of reading', () => {
    expect(
      startState('#page=guide&id=service.x&language=en&zoom=1.5&contrast=more&reach=low'),
    ).toEqual({
      trail: [{ page: 'home' }, { page: 'guide', id: 'service.x' }],
      language: 'en',
      zoom: 1.5,
      voice: false,
      contrast: true,
      lowReach: true,
    });
  });

  it('shows a form blank or filled', () => {
    expect(startState('#page=form&id=f&filled=true').trail.at(-1)).toEqual({
      page: 'form',
      id: 'f',
      filled: true,
    });
    expect(startState('#page=form&id=f').trail.at(-1)).toEqual({ page: 'form', id: 'f' });
  });

  it('is a fresh visit when a way of reading is not known', () => {
    for (const hash of ['#zoom=9', '#language=xx', '#contrast=yes', '#page=form&filled=1'])
      expect(startState(hash)).toEqual(FRESH_SESSION);
  });

  it('is a visit that works, whatever the address says', () => {
    fc.assert(
      fc.property(fc.string(), (junk) => {
        const session = startState(`#${junk}`);
        expect(session.trail[0]).toEqual({ page: 'home' });
        expect([1, 1.5, 2]).toContain(session.zoom);
      }),
    );
  });

  it('names a panel that is known, and none otherwise', () => {
    expect(startDisplay('#panel=43')?.mmPerPx).toBe(0.496);
    expect(startDisplay('#panel=43-4k')?.mmPerPx).toBe(0.248);
    for (const hash of ['', '#panel=', '#panel=44', '#panel=43-8k'])
      expect(startDisplay(hash)).toBeUndefined();
  });
});
