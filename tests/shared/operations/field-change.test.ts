import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changesBetween,
  fieldChangesSchema,
  fieldsOf,
  laidOver,
  mergeChanges,
} from '#shared/operations/field-change.ts';
import { canonicalJson, type JsonValue, jsonValueSchema } from '#shared/operations/json-value.ts';

const idCard = { id: 'id-card', name: '身份证', copies: 1 };
const form = { id: 'form', name: '申请表', copies: 2 };
const guide = { body: { title: '法律援助', materials: [idCard, form], days: [1, 2] } };

/** The guide with other materials. */
const withMaterials = (...materials: JsonValue[]) => ({ body: { ...guide.body, materials } });

/** What `mine` becomes when it meets `theirs`. */
const meet = (theirs: JsonValue, mine: JsonValue) =>
  mergeChanges(theirs, changesBetween(guide, mine));

/** Small values in which the same keys, ids and empty things come up again and again. */
const values = fc.letrec<{ value: JsonValue; item: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<JsonValue>(null, true, 1, 'a', '', [], {}),
    fc.dictionary(fc.constantFrom('a', 'b', 'c/d', '~e', '#'), tie('value'), { maxKeys: 3 }),
    fc.uniqueArray(tie('item'), {
      maxLength: 3,
      selector: (item) => (item as { id: string }).id,
    }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  item: fc.record({ id: fc.constantFrom('x', 'y', 'z/1'), v: tie('value') }),
})).value;

describe('fields', () => {
  test('an item of a list is named by its id, and the order of the list is a field', () => {
    expect([...fieldsOf(guide).keys()]).toEqual([
      '/body/title',
      '/body/materials/#',
      '/body/materials/id-card/id',
      '/body/materials/id-card/name',
      '/body/materials/id-card/copies',
      '/body/materials/form/id',
      '/body/materials/form/name',
      '/body/materials/form/copies',
      '/body/days',
    ]);
  });

  test('a field may be named once only', () => {
    expect(fieldChangesSchema.safeParse([{ field: '/a', to: 1 }]).success).toBe(true);
    const twice = [
      { field: '/a', to: 1 },
      { field: '/a', to: 2 },
    ];
    expect(fieldChangesSchema.safeParse(twice).success).toBe(false);
  });

  test('JSON that is equal has one text', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
    expect(canonicalJson(undefined)).toBe('');
    expect(jsonValueSchema.safeParse({ a: undefined }).success).toBe(false);
  });
});

describe('merge', () => {
  test('changes of different fields are both kept', () => {
    const theirs = withMaterials({ ...idCard, name: '居民身份证' }, form);
    const mine = withMaterials(idCard, { ...form, copies: 3 });
    expect(meet(theirs, mine)).toEqual({
      outcome: 'merged',
      value: withMaterials({ ...idCard, name: '居民身份证' }, { ...form, copies: 3 }),
    });
  });

  test('a change of order and a change of an item are both kept', () => {
    const theirs = withMaterials(form, idCard);
    const mine = withMaterials({ ...idCard, copies: 2 }, form);
    expect(meet(theirs, mine)).toEqual({
      outcome: 'merged',
      value: withMaterials(form, { ...idCard, copies: 2 }),
    });
  });

  test('two values for one field are a conflict that names both, and nothing else is applied', () => {
    const theirs = { body: { ...guide.body, title: '法律援助申请' } };
    const mine = { body: { ...guide.body, title: '申请法律援助', days: [3] } };
    expect(meet(theirs, mine)).toEqual({
      outcome: 'conflict',
      fields: [{ field: '/body/title', published: '法律援助申请', wanted: '申请法律援助' }],
    });
  });

  test('the same change made twice is no conflict', () => {
    const same = { body: { ...guide.body, title: '法律援助申请' } };
    expect(meet(same, same)).toEqual({ outcome: 'merged', value: same });
  });

  test('a new field of an item that the other side took out is a conflict', () => {
    const mine = withMaterials({ ...idCard, note: '原件' }, form);
    expect(meet(withMaterials(form), mine)).toEqual({
      outcome: 'conflict',
      fields: [{ field: '/body/materials/id-card/note', wanted: '原件' }],
    });
  });

  const photo = { id: 'photo', name: '照片' };
  const proof = { id: 'proof', name: '证明' };

  test('of items that both sides added at the same place both are kept, the published one first', () => {
    expect(meet(withMaterials(idCard, form, proof), withMaterials(idCard, form, photo))).toEqual({
      outcome: 'merged',
      value: withMaterials(idCard, form, proof, photo),
    });
  });

  test('an added item stays behind the one behind which it was put, also when the other side moved that', () => {
    expect(meet(withMaterials(form, idCard), withMaterials(idCard, photo, form))).toEqual({
      outcome: 'merged',
      value: withMaterials(form, idCard, photo),
    });
  });

  test('one side takes an item out, the other adds one: both count', () => {
    expect(meet(withMaterials(form), withMaterials(idCard, photo, form))).toEqual({
      outcome: 'merged',
      value: withMaterials(photo, form),
    });
  });

  test('an item added to a list that the other side emptied stands in it alone', () => {
    expect(meet(withMaterials(), withMaterials(idCard, form, photo))).toEqual({
      outcome: 'merged',
      value: withMaterials(photo),
    });
    expect(meet(withMaterials(idCard, form, photo), withMaterials())).toEqual({
      outcome: 'merged',
      value: withMaterials(photo),
    });
  });

  test('where each side takes out what the other left, the list is empty and still there', () => {
    expect(meet(withMaterials(form), withMaterials(idCard))).toEqual({
      outcome: 'merged',
      value: withMaterials(),
    });
  });

  test('lists that both sides began where none was become one', () => {
    const before = { body: { materials: [] } };
    const [theirs, mine] = [proof, photo].map((one) => ({ body: { materials: [one] } }));
    expect(mergeChanges(theirs as JsonValue, changesBetween(before, mine as JsonValue))).toEqual({
      outcome: 'merged',
      value: { body: { materials: [proof, photo] } },
    });
  });

  test('two orders of the same items are a conflict of the order alone', () => {
    const base = withMaterials(idCard, form, photo);
    const changes = changesBetween(base, withMaterials(photo, idCard, form));
    expect(mergeChanges(withMaterials(form, idCard, photo), changes)).toEqual({
      outcome: 'conflict',
      fields: [
        {
          field: '/body/materials/#',
          published: ['form', 'id-card', 'photo'],
          wanted: ['photo', 'id-card', 'form'],
        },
      ],
    });
  });

  test('an item that one side changed and the other took out is a conflict of that item', () => {
    const mine = withMaterials(form, photo);
    expect(meet(withMaterials({ ...idCard, name: '居民身份证' }, form), mine)).toEqual({
      outcome: 'conflict',
      fields: [{ field: '/body/materials/id-card/name', published: '居民身份证' }],
    });
  });

  test('a list that the other side took away as a whole is a conflict, and does not come back', () => {
    const { materials: _, ...rest } = guide.body;
    expect(meet({ body: rest }, withMaterials(idCard, form, photo)).outcome).toBe('conflict');
  });

  test('what the other side wrote in place of a list of items is a conflict', () => {
    const theirs = { body: { ...guide.body, materials: ['id-card', 'form'] } };
    expect(meet(theirs, withMaterials(idCard, form, photo)).outcome).toBe('conflict');
  });
});

describe('laid over', () => {
  const over = (theirs: JsonValue, mine: JsonValue) => laidOver(theirs, guide, mine);

  test('what one side changed is kept, and what both changed is as it was written here', () => {
    const theirs = { body: { ...guide.body, title: '法律援助申请', days: [4] } };
    const mine = { body: { ...guide.body, title: '申请法律援助' } };
    expect(over(theirs, mine)).toEqual({ body: { ...mine.body, days: [4] } });
  });

  test('what does not fit together stands whole as it was written here', () => {
    const mine = withMaterials({ ...idCard, note: '原件' }, form);
    expect(over(withMaterials(form), mine)).toEqual(mine);
  });
});

describe('for any values', () => {
  const config = { numRuns: 2_000, seed: 51 };

  test('an edit laid over its own base gives what was meant', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const merge = mergeChanges(before, changesBetween(before, after));
        expect(merge.outcome === 'merged' && canonicalJson(merge.value)).toBe(canonicalJson(after));
      }),
      config,
    );
  });

  test('an edit laid over what it already gave changes nothing', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const merge = mergeChanges(after, changesBetween(before, after));
        expect(merge.outcome === 'merged' && canonicalJson(merge.value)).toBe(canonicalJson(after));
      }),
      config,
    );
  });

  test('what was laid over can be laid over the same again without a conflict', () => {
    fc.assert(
      fc.property(values, values, values, (base, theirs, mine) => {
        const laid = laidOver(theirs, base, mine);
        expect(mergeChanges(theirs, changesBetween(theirs, laid)).outcome).toBe('merged');
      }),
      config,
    );
  });

  test('what both sides changed is kept or named: no change of either side gets lost', () => {
    fc.assert(
      fc.property(values, values, values, (base, theirs, mine) => {
        const changes = changesBetween(base, mine);
        const merge = mergeChanges(theirs, changes);
        if (merge.outcome === 'conflict') return;
        const merged = fieldsOf(merge.value);
        const isEmptied = (text: string) => text === '{}' || text === '[]';
        // What becomes of orders that both sides changed is laid down for itself (merge-order.test.ts).
        const ordered = changesBetween(base, theirs).map(({ field }) => field);
        const isMergedOrder = (field: string) =>
          field.endsWith('/#') &&
          ordered.includes(field) &&
          changes.some((change) => change.field === field);
        for (const { field, to } of [...changes, ...changesBetween(base, theirs)]) {
          if (isMergedOrder(field)) continue;
          const wanted = canonicalJson(to);
          const isGrown = isEmptied(wanted) && !merged.has(field);
          expect(isGrown ? wanted : canonicalJson(merged.get(field))).toBe(wanted);
        }
      }),
      config,
    );
  });
});
