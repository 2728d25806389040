import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { mergeOrder } from '#shared/operations/merge-order.ts';

/** A list, and what two sides made of it: items out of one pool that only the base has, and of pools of their own. */
const BASE = ['a', 'b', 'c', 'd', 'e'];

/** A side that takes out and puts in, and leaves what stays in its order. */
const side = (base: readonly string[], pool: readonly string[]) =>
  fc
    .record({
      kept: fc.subarray([...base]),
      added: fc.array(fc.tuple(fc.constantFrom(...pool), fc.nat(base.length)), { maxLength: 4 }),
    })
    .map(({ kept, added }) =>
      added.reduce<readonly string[]>(
        (ids, [id, place]) => (ids.includes(id) ? ids : ids.toSpliced(place, 0, id)),
        kept,
      ),
    );

const moved = (ids: readonly string[]) => fc.shuffledSubarray([...ids], { minLength: ids.length });

const bases = fc.subarray(BASE);
const still = bases.chain((base) =>
  fc.record({
    base: fc.constant(base),
    theirs: side(base, ['t1', 't2', 't3']),
    mine: side(base, ['m1', 'm2', 'm3']),
  }),
);
const alike = bases.chain((base) =>
  fc.record({
    base: fc.constant(base),
    theirs: side(base, ['n1', 'n2', 't1']).chain(moved),
    mine: side(base, ['n1', 'n2', 'm1']).chain(moved),
  }),
);

const config = { numRuns: 5_000, seed: 7 };
const without = (ids: readonly string[], others: readonly string[]) =>
  ids.filter((id) => !others.includes(id));
const within = (ids: readonly string[], others: readonly string[]) =>
  ids.filter((id) => others.includes(id));

/** Where a side put something: behind which item that both still have. */
const placesOf = (ids: readonly string[], base: readonly string[], other: readonly string[]) =>
  new Set(
    ids.flatMap((id, at) =>
      base.includes(id) ? [] : [within(ids.slice(0, at), within(base, other)).at(-1) ?? ''],
    ),
  );

describe('an order that two sides changed', () => {
  test('has what either added and nothing that either took out, each once', () => {
    fc.assert(
      fc.property(fc.oneof(still, alike), ({ base, theirs, mine }) => {
        const order = mergeOrder(base, theirs, mine, 'mine') ?? [];
        const kept = within(within(base, theirs), mine);
        const added = [...without(theirs, base), ...without(mine, base)];
        expect([...order].toSorted()).toEqual([...new Set([...kept, ...added])].toSorted());
      }),
      config,
    );
  });

  test('is never a conflict where nobody moved what was there', () => {
    fc.assert(
      fc.property(still, ({ base, theirs, mine }) => {
        expect(mergeOrder(base, theirs, mine)).toBeDefined();
      }),
      config,
    );
  });

  test('is that of each side, for the items that the side has', () => {
    fc.assert(
      fc.property(still, ({ base, theirs, mine }) => {
        const order = mergeOrder(base, theirs, mine) ?? [];
        expect(within(order, theirs)).toEqual(within(theirs, order));
        expect(within(order, mine)).toEqual(within(mine, order));
      }),
      config,
    );
  });

  test('is the one of whoever moved something, when the other did not', () => {
    fc.assert(
      fc.property(
        still.chain((sides) => fc.tuple(fc.constant(sides), moved(sides.mine))),
        ([{ base, theirs }, mine]) => {
          const order = mergeOrder(base, theirs, mine);
          expect(within(order ?? [], mine)).toEqual(within(mine, order ?? []));
          const back = mergeOrder(base, mine, theirs) ?? [];
          expect(within(back, mine)).toEqual(within(mine, back));
        },
      ),
      config,
    );
  });

  test('is the same whoever came first, unless both added at one place; the items always are', () => {
    fc.assert(
      fc.property(fc.oneof(still, alike), ({ base, theirs, mine }) => {
        const [one, other] = [mergeOrder(base, theirs, mine), mergeOrder(base, mine, theirs)];
        expect(one === undefined).toBe(other === undefined);
        expect(one?.toSorted()).toEqual(other?.toSorted());
        const places = placesOf(theirs, base, mine);
        const isApart = [...placesOf(mine, base, theirs)].every((place) => !places.has(place));
        if (isApart && within(theirs, mine).every((id) => base.includes(id)))
          expect(one).toEqual(other);
      }),
      config,
    );
  });

  test('is a conflict only where the two put what both have into different orders, and each moved it', () => {
    fc.assert(
      fc.property(alike, ({ base, theirs, mine }) => {
        if (mergeOrder(base, theirs, mine) !== undefined) return;
        const [their, own] = [within(theirs, mine), within(mine, theirs)];
        expect(their).not.toEqual(own);
        const old = within(within(base, theirs), mine);
        if (old.length === their.length) {
          expect(their).not.toEqual(old);
          expect(own).not.toEqual(old);
        }
      }),
      config,
    );
  });
});

describe('a list that two sides changed', () => {
  const listOf = (ids: readonly string[], value: string): JsonValue => ({
    body: { items: ids.map((id) => ({ id, of: BASE.includes(id) ? 'base' : value })) },
  });

  test('has every added item with all that was written into it, and none that was taken out', () => {
    fc.assert(
      fc.property(still, ({ base, theirs, mine }) => {
        const changes = changesBetween(listOf(base, ''), listOf(mine, 'mine'));
        const merge = mergeChanges(listOf(theirs, 'theirs'), changes);
        const order = mergeOrder(base, theirs, mine) ?? [];
        expect(merge).toEqual({
          outcome: 'merged',
          value: {
            body: {
              items: order.map((id) => ({
                id,
                of: id.startsWith('m') ? 'mine' : id.startsWith('t') ? 'theirs' : 'base',
              })),
            },
          },
        });
      }),
      config,
    );
  });

  test('stays as it is when the same edit comes again', () => {
    fc.assert(
      fc.property(still, ({ base, theirs, mine }) => {
        const changes = changesBetween(listOf(base, ''), listOf(mine, 'mine'));
        const once = mergeChanges(listOf(theirs, 'theirs'), changes);
        if (once.outcome === 'conflict') throw new Error('must merge');
        expect(mergeChanges(once.value, changes)).toEqual(once);
      }),
      config,
    );
  });
});
