import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  divisionOf,
  isInScope,
  NATIONAL_SCOPE,
  scopeChain,
  scopeSchema,
} from '#shared/content/scope.ts';
import { anyScope } from './any-scope.ts';

test('a station’s chain begins with the country and ends with itself', () => {
  fc.assert(
    fc.property(anyScope, (station) => {
      const chain = scopeChain(station);
      expect(chain[0]).toBe(NATIONAL_SCOPE);
      expect(chain.at(-1)).toBe(station);
    }),
  );
});

test('a chain holds each prefix once, from wide to narrow, and nothing else', () => {
  fc.assert(
    fc.property(anyScope, (station) => {
      const chain = scopeChain(station);
      expect(new Set(chain).size).toBe(chain.length);
      const narrower = chain.slice(1);
      expect(narrower.every((scope) => station.startsWith(scope))).toBe(true);
      expect(narrower.map((scope) => scope.length)).toEqual(
        narrower.map((scope) => scope.length).toSorted((a, b) => a - b),
      );
      expect(chain.every((scope) => scopeSchema.safeParse(scope).success)).toBe(true);
    }),
  );
});

test('what is in scope of a wider division is in scope of all below it', () => {
  fc.assert(
    fc.property(anyScope, anyScope, (scope, station) => {
      const expected = scopeChain(station).includes(scope);
      expect(isInScope(scope, station)).toBe(expected);
      if (expected)
        expect(scopeChain(scope).every((wider) => isInScope(wider, station))).toBe(true);
    }),
  );
});

test('a police post sees its street, a street does not see its police post', () => {
  expect(scopeChain('652701001-J01')).toEqual([
    '00',
    '65',
    '6527',
    '652701',
    '652701001',
    '652701001-J01',
  ]);
  expect(isInScope('652701001-J01', '652701001')).toBe(false);
  expect(divisionOf('652701001-J01')).toBe('652701001');
});

test.each(['5301021', '530102001-j01', '530102001-J1', '', '53 ', '530102001007001'])(
  'refuses "%s" as a scope',
  (text) => expect(scopeSchema.safeParse(text).success).toBe(false),
);
