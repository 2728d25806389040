import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideFields } from '#shared/operations/decide-fields.ts';
import { changesBetween, fieldsOf, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';

interface Item {
  readonly id: string;
  readonly name: string;
  readonly note?: string;
  readonly parts?: readonly Item[];
}

const [a, b, c, d, s] = ['a', 'b', 'c', 'd', 's'].map((id): Item => ({ id, name: id })) as [
  Item,
  Item,
  Item,
  Item,
  Item,
];
const listed = (...items: readonly Item[]) => ({ body: { items } }) as unknown as JsonValue;

/** What a person's choice between two sides makes of what is published; a second conflict is a fault. */
function decide(base: JsonValue, published: JsonValue, written: JsonValue, own: 'all' | string[]) {
  const changes = changesBetween(base, written);
  const merge = mergeChanges(published, changes);
  if (merge.outcome === 'merged') throw new Error('there is no conflict');
  const conflicts = merge.fields;
  const chosen = own === 'all' ? conflicts.map(({ field }) => field) : own;
  const decided = decideFields({ published, written, changes, conflicts, own: chosen });
  const after = mergeChanges(published, decided);
  return after.outcome === 'merged' ? after.value : after;
}

describe('a choice between two orders', () => {
  const base = listed(a, b, c);
  const published = listed(b, a, c, d);
  const written = listed(c, a, s, b);

  test('the own one: what both added is there', () => {
    expect(decide(base, published, written, 'all')).toEqual(listed(c, d, a, s, b));
  });

  test('the published one: what both added is there', () => {
    expect(decide(base, published, written, [])).toEqual(listed(b, a, s, c, d));
  });
});

describe('a choice over an item that one side took out and the other changed', () => {
  const changed = { ...a, name: 'A' };

  test('the change made here counts: the item comes back whole, to its place', () => {
    expect(decide(listed(a, b), listed(b, d), listed(changed, b, s), 'all')).toEqual(
      listed(changed, b, d, s),
    );
  });

  test('the removal there counts: the item stays gone, and nothing of it is left', () => {
    expect(decide(listed(a, b), listed(b, d), listed(changed, b, s), [])).toEqual(listed(b, d, s));
  });

  test('the removal made here counts, also over a field that was added there', () => {
    const noted = { ...a, note: '新' };
    expect(decide(listed(a, b), listed(noted, b), listed(b, s), 'all')).toEqual(listed(b, s));
  });

  test('the change there counts: the item stays, as it is published', () => {
    expect(decide(listed(a, b), listed(changed, b), listed(b, s), [])).toEqual(
      listed(changed, b, s),
    );
  });

  test('what lies in such an item goes with it', () => {
    const [old, grown] = [
      { ...a, parts: [c] },
      { ...a, name: 'A', parts: [{ ...c, name: 'C' }, d] },
    ];
    expect(decide(listed(old, b), listed(grown, b), listed(b), 'all')).toEqual(listed(b));
    expect(decide(listed(old, b), listed(grown, b), listed(b), [])).toEqual(listed(grown, b));
    expect(decide(listed(old, b), listed(b), listed(grown, b), 'all')).toEqual(listed(grown, b));
    expect(decide(listed(old, b), listed(b), listed(grown, b), [])).toEqual(listed(b));
  });
});

test('a list that was taken away as a whole comes back whole, or stays gone', () => {
  const gone = { body: { title: '1' } };
  const base = { body: { title: '1', items: [a, b] } } as unknown as JsonValue;
  const written = { body: { title: '1', items: [a, b, s] } } as unknown as JsonValue;
  expect(decide(base, gone, written, 'all')).toEqual(written);
  expect(decide(base, gone, written, [])).toEqual(gone);
});

test('of two values for one field the chosen one counts, and the other fields are as they were written', () => {
  const base = { body: { title: '1', text: '1' } };
  const [published, written] = [
    { body: { title: '2', text: '1' } },
    { body: { title: '3', text: '4' } },
  ];
  expect(decide(base, published, written, 'all')).toEqual({ body: { title: '3', text: '4' } });
  expect(decide(base, published, written, [])).toEqual({ body: { title: '2', text: '4' } });
});

const items = fc.uniqueArray(
  fc.record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      name: fc.constantFrom('1', '2', '3'),
      note: fc.constantFrom('1', '2'),
      parts: fc.uniqueArray(
        fc.record({ id: fc.constantFrom('p', 'q', 'r'), name: fc.constantFrom('1', '2') }),
        { selector: ({ id }) => id, maxLength: 2 },
      ),
    },
    { requiredKeys: ['id', 'name'] },
  ),
  { selector: ({ id }) => id, maxLength: 4 },
);
const lists = items.map((all) => listed(...(all as Item[])));

describe('for any lists', () => {
  const config = { numRuns: 5_000, seed: 19 };

  test('one choice is enough, whichever fields it takes', () => {
    fc.assert(
      fc.property(lists, lists, lists, fc.infiniteStream(fc.boolean()), (...all) => {
        const [base, published, written, coin] = all;
        const changes = changesBetween(base, written);
        const merge = mergeChanges(published, changes);
        if (merge.outcome === 'merged') return;
        const conflicts = merge.fields;
        const own = conflicts.map(({ field }) => field).filter(() => coin.next().value === true);
        const decided = decideFields({ published, written, changes, conflicts, own });
        expect(mergeChanges(published, decided).outcome).toBe('merged');
      }),
      config,
    );
  });

  test('whoever takes all fields for the station has each of them as the station wrote it', () => {
    fc.assert(
      fc.property(lists, lists, lists, (base, published, written) => {
        const merge = mergeChanges(published, changesBetween(base, written));
        if (merge.outcome === 'merged') return;
        const after = fieldsOf(decide(base, published, written, 'all') as JsonValue);
        // A list that the station emptied has what the district added to it.
        for (const { field, wanted } of merge.fields)
          if (!field.endsWith('/#') && !after.has(`${field}/#`))
            expect(after.get(field)).toEqual(wanted);
      }),
      config,
    );
  });
});
