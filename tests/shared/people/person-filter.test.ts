import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { helpSchema, roleSchema } from '#shared/content/kinds/person.ts';
import { nearestPlace } from '#shared/people/nearest-place.ts';
import {
  filterChoices,
  fitsFilter,
  type PersonFacts,
  type PersonFilter,
  rankOf,
} from '#shared/people/person-filter.ts';

const PLACES = [
  '6201',
  '620104',
  '620104001',
  '620104001001',
  '620104001002',
  '620104002',
  '530102',
];

const person: fc.Arbitrary<PersonFacts> = fc.record({
  role: fc.constantFrom(...roleSchema.options),
  serves: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1, maxLength: 3 }),
  specialties: fc.uniqueArray(fc.constantFrom('婚姻家庭', '劳动工伤', '物业'), { maxLength: 2 }),
  languages: fc.constantFrom<PersonFacts['languages'][number][]>(['zh-CN'], ['zh-CN', 'ug-CN']),
  grade: fc.constantFrom(undefined, '一级', '二级'),
  helps: fc.subarray([...helpSchema.options], { maxLength: 3 }),
  isOnDuty: fc.boolean(),
  dutyDays: fc.subarray(['2026-11-23', '2026-11-24', '2026-11-25']),
});

const filter: fc.Arbitrary<PersonFilter> = fc.record(
  {
    role: fc.constantFrom(...roleSchema.options),
    place: fc.constantFrom(...PLACES),
    specialty: fc.constantFrom('婚姻家庭', '劳动工伤'),
    spoken: fc.constantFrom('zh-CN', 'ug-CN'),
    grade: fc.constantFrom('一级', '二级'),
    help: fc.constantFrom('advice', 'mediation'),
    onDuty: fc.boolean(),
    day: fc.constantFrom('2026-11-23', '2026-11-24'),
  },
  { requiredKeys: [] },
);

describe('a filter', () => {
  test('leaves exactly as many as its choices said before', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 30 }), filter, (people, wishes) => {
        const left = (changed: PersonFilter) =>
          people.filter((one) => fitsFilter(one, { ...wishes, ...changed })).length;
        const choices = filterChoices(people, wishes);
        for (const { value, count } of choices.roles) expect(left({ role: value })).toBe(count);
        for (const { value, count } of choices.specialties)
          expect(left({ specialty: value })).toBe(count);
        for (const { value, count } of choices.languages)
          expect(left({ spoken: value })).toBe(count);
        for (const { value, count } of choices.grades) expect(left({ grade: value })).toBe(count);
        for (const { value, count } of choices.helps) expect(left({ help: value })).toBe(count);
        for (const { value, count } of choices.days) expect(left({ day: value })).toBe(count);
        expect(left({ onDuty: true })).toBe(choices.onDuty);
        const counts = [
          ...choices.roles,
          ...choices.specialties,
          ...choices.grades,
          ...choices.helps,
        ];
        expect(counts.filter(({ count }) => count === 0)).toEqual([]);
      }),
    );
  });

  test('that asks for nothing leaves everybody, and each further wish no more than before', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 20 }), filter, filter, (people, some, more) => {
        const left = (wishes: PersonFilter) => people.filter((one) => fitsFilter(one, wishes));
        expect(left({})).toEqual(people);
        const both = { ...more, ...some };
        expect(left(some)).toEqual(expect.arrayContaining(left(both)));
      }),
    );
  });
});

describe('nearness', () => {
  test('counts the levels between a place and what covers it', () => {
    expect(nearestPlace(['620104', '620104001'], '620104001001')).toEqual({
      code: '620104001',
      levelsAbove: 1,
    });
    expect(nearestPlace(['620104001001-G01'], '620104001001')?.levelsAbove).toBe(0);
    expect(nearestPlace(['620104001002'], '620104001')?.levelsAbove).toBe(0);
    expect(nearestPlace(['620104001002'], '620104001001')).toBeUndefined();
  });

  test('tells the grids of a community apart, and takes who serves all of it for each', () => {
    expect(nearestPlace(['620104001001-G01'], '620104001001-G02')).toBeUndefined();
    expect(nearestPlace(['620104001001-G02'], '620104001001-G02')?.levelsAbove).toBe(0);
    expect(nearestPlace(['620104001001'], '620104001001-G02')?.code).toBe('620104001001');
    expect(nearestPlace(['620104001'], '620104001001-G02')?.levelsAbove).toBe(1);
  });
});

test('every role has its place in lists', () => {
  expect(roleSchema.options.filter((role) => rankOf(role) < 0)).toEqual([]);
});
