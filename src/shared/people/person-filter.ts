import { z } from 'zod';
import { translationLanguageSchema } from '../content/envelope.ts';
import { type Help, helpSchema, roleSchema } from '../content/kinds/person.ts';
import { type Scope, scopeSchema } from '../content/scope.ts';
import { localDateSchema } from '../time/date-schemas.ts';
import type { LocalDate } from '../time/local-date.ts';
import { nearestPlace } from './nearest-place.ts';

export const spokenLanguageSchema = z.union([z.literal('zh-CN'), translationLanguageSchema]);

/** What a visitor looks for; whatever is left out does not matter to them. */
export const personFilterSchema = z.object({
  role: roleSchema.optional(),
  /** Division, outlet or grid that the person has to serve, or be in. */
  place: scopeSchema.optional(),
  specialty: z.string().max(20).optional(),
  spoken: spokenLanguageSchema.optional(),
  grade: z.string().max(12).optional(),
  /** What the person has to do for the visitor (职责). */
  help: helpSchema.optional(),
  /** Only those who are on duty now. */
  onDuty: z.boolean().optional(),
  /** Only those who are on duty on this day. */
  day: localDateSchema.optional(),
});
export type PersonFilter = z.infer<typeof personFilterSchema>;

/** What is asked of a person by a filter. */
export interface PersonFacts {
  readonly role: z.infer<typeof roleSchema>;
  readonly serves: readonly Scope[];
  readonly specialties: readonly string[];
  readonly languages: readonly z.infer<typeof spokenLanguageSchema>[];
  readonly grade?: string | undefined;
  readonly helps: readonly Help[];
  readonly isOnDuty: boolean;
  /** Days of the coming week on which the person still comes. */
  readonly dutyDays: readonly LocalDate[];
}

type Wish = keyof PersonFilter;

/** Whether a person is whom the visitor looks for. */
export function fitsFilter(person: PersonFacts, filter: PersonFilter): boolean {
  return WISHES.every((wish) => fits(person, filter, wish));
}

/** A value that can be asked for, and how many people it would leave. */
export interface FilterChoice<Value extends string> {
  readonly value: Value;
  readonly count: number;
}

export interface FilterChoices {
  readonly roles: FilterChoice<PersonFacts['role']>[];
  readonly specialties: FilterChoice<string>[];
  readonly languages: FilterChoice<PersonFacts['languages'][number]>[];
  readonly grades: FilterChoice<string>[];
  readonly helps: FilterChoice<Help>[];
  /** How many of those who fit the other wishes are on duty now. */
  readonly onDuty: number;
  /** Days on which somebody comes, today first. */
  readonly days: FilterChoice<LocalDate>[];
}

/**
 * What can be chosen next, with how many people each choice leaves under the other wishes: a touch on one of them is never
 * answered with an empty list.
 */
export function filterChoices(people: readonly PersonFacts[], filter: PersonFilter): FilterChoices {
  const without = (wish: Wish) =>
    people.filter((person) =>
      WISHES.every((other) => other === wish || fits(person, filter, other)),
    );
  return {
    roles: counted(without('role').map((person) => person.role)).sort(
      (a, b) => rankOf(a.value) - rankOf(b.value),
    ),
    specialties: byCount(counted(without('specialty').flatMap((person) => person.specialties))),
    languages: byCount(counted(without('spoken').flatMap((person) => person.languages))),
    grades: counted(without('grade').flatMap((person) => person.grade ?? [])),
    helps: byCount(counted(without('help').flatMap((person) => person.helps))),
    onDuty: without('onDuty').filter((person) => person.isOnDuty).length,
    days: counted(without('day').flatMap((person) => person.dutyDays)),
  };
}

/** Those whom people ask for first. */
const ROLE_ORDER: readonly PersonFacts['role'][] = [
  'village-adviser',
  'lawyer',
  'mediator',
  'law-wise',
  'legal-aid-contact',
  'notary',
  'legal-worker',
  'publicist',
  'volunteer',
  'expert',
  'police',
  'leader',
  'staff',
];

/** Place of a role in lists: those whom people ask for come first. */
export function rankOf(role: PersonFacts['role']): number {
  return ROLE_ORDER.indexOf(role);
}

const WISHES: readonly Wish[] = [
  'role',
  'place',
  'specialty',
  'spoken',
  'grade',
  'help',
  'onDuty',
  'day',
];

function fits(person: PersonFacts, filter: PersonFilter, wish: Wish): boolean {
  switch (wish) {
    case 'role':
      return filter.role === undefined || person.role === filter.role;
    case 'place':
      return filter.place === undefined || nearestPlace(person.serves, filter.place) !== undefined;
    case 'specialty':
      return filter.specialty === undefined || person.specialties.includes(filter.specialty);
    case 'spoken':
      return filter.spoken === undefined || person.languages.includes(filter.spoken);
    case 'grade':
      return filter.grade === undefined || person.grade === filter.grade;
    case 'help':
      return filter.help === undefined || person.helps.includes(filter.help);
    case 'onDuty':
      return filter.onDuty !== true || person.isOnDuty;
    case 'day':
      return filter.day === undefined || person.dutyDays.includes(filter.day);
  }
}

function counted<Value extends string>(values: readonly Value[]): FilterChoice<Value>[] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => ({ value, count: all.length }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

function byCount<Value extends string>(choices: FilterChoice<Value>[]): FilterChoice<Value>[] {
  return choices.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
