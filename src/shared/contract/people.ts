import { oc } from '@orpc/contract';
import { z } from 'zod';
import { gridDutySchema } from '../content/kinds/grid.ts';
import { helpSchema, roleSchema } from '../content/kinds/person.ts';
import { scopeSchema } from '../content/scope.ts';
import { personFilterSchema, spokenLanguageSchema } from '../people/person-filter.ts';
import { localDateSchema, localTimeSchema } from '../time/date-schemas.ts';
import { pageLanguageSchema, provenanceSchema, stationSummarySchema } from './views.ts';

const language = z.object({ language: pageLanguageSchema });

/** A place by its code, with the name that people call it by. */
const placeSchema = z.object({ code: z.string(), name: z.string() });
export type Place = z.infer<typeof placeSchema>;

/** A turn at an outlet. */
const turnSchema = z.object({
  station: placeSchema,
  date: localDateSchema,
  from: localTimeSchema,
  to: localTimeSchema,
  /** What stands above the window. */
  window: z.string().optional(),
});
export type Turn = z.infer<typeof turnSchema>;

export const personSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  sample: z.boolean(),
  role: roleSchema,
  title: z.string(),
  organisation: z.string(),
  grade: z.string().optional(),
  specialties: z.array(z.string()),
  languages: z.array(spokenLanguageSchema),
  /** The street, or what lies above it, under which a list has the person. */
  area: placeSchema,
  /** Where the person is on duty at this moment; absent when nowhere, or when no roster tells. */
  onDuty: z.object({ station: placeSchema, to: localTimeSchema }).optional(),
  /** The first turn on the day that was asked for. */
  thatDay: turnSchema.pick({ station: true, from: true, to: true }).optional(),
  language: provenanceSchema.shape.language,
});
export type PersonSummary = z.infer<typeof personSummarySchema>;

const choices = <Value extends z.ZodType<string>>(value: Value) =>
  z.array(z.object({ value, count: z.int() }));

export const personListSchema = z.object({
  people: z.array(personSummarySchema),
  choices: z.object({
    roles: choices(roleSchema),
    specialties: choices(z.string()),
    languages: choices(spokenLanguageSchema),
    grades: choices(z.string()),
    helps: choices(helpSchema),
    onDuty: z.int(),
    days: choices(localDateSchema),
  }),
  /** The place that was asked for, by name; a grid has a card of its own. */
  place: placeSchema.extend({ isGrid: z.boolean() }).optional(),
  /** The station's day. */
  today: localDateSchema,
  /** False when the clock is wrong or no roster is in force: then nobody can say who is on duty. */
  rostersKnown: z.boolean(),
  /** Day of the newest publication among those listed. */
  asOf: localDateSchema.optional(),
});
export type PersonList = z.infer<typeof personListSchema>;

export const personCardSchema = personSummarySchema.extend({
  phone: z.string().optional(),
  duties: z.array(z.object({ id: z.string(), text: z.string() })),
  /** Regular hours as the person's record tells them. */
  hours: z.array(z.object({ id: z.string(), text: z.string() })),
  serves: z.array(placeSchema),
  /** The turn that holds now, and those to come by the rosters. */
  now: turnSchema.optional(),
  next: z.array(turnSchema),
  /** Outlets where one can ask for the person, the nearest first. */
  outlets: z.array(stationSummarySchema),
  /** Version 3.0, which phones read from a QR code. */
  vcard: z.string(),
  provenance: provenanceSchema,
});
export type PersonCard = z.infer<typeof personCardSchema>;

/** Who of those that serve a place has it as what: the community itself, its street, its district. */
export const servingGroupSchema = z.object({
  place: placeSchema,
  people: z.array(personSummarySchema),
  /** How many more there are than are listed; the list of people has them all. */
  more: z.int(),
});

const gridSummarySchema = placeSchema.extend({ area: z.string() });

export const servingSchema = z.object({
  place: placeSchema,
  /** The divisions above the place, the widest first. */
  above: z.array(placeSchema),
  grids: z.array(gridSummarySchema),
  groups: z.array(servingGroupSchema),
  outlets: z.array(stationSummarySchema),
  asOf: localDateSchema.optional(),
});
export type Serving = z.infer<typeof servingSchema>;

/** A step of the place's own rule for disputes (profile, `escalation`): who takes what; Chinese, as the place wrote it. */
export const gridStepSchema = z.object({
  id: z.string(),
  who: z.string(),
  takes: z.string(),
  /** Who stands for the step in this grid. */
  people: z.array(personSummarySchema),
  /** The outlet that stands for it here. */
  outlet: stationSummarySchema.optional(),
});

export const gridCardSchema = z.object({
  code: z.string(),
  name: z.string(),
  area: z.string(),
  community: placeSchema,
  contacts: z.array(
    z.object({ duty: gridDutySchema, person: personSummarySchema, phone: z.string().optional() }),
  ),
  /** Duties for which nobody is named: said, not hidden. */
  missing: z.array(gridDutySchema),
  notaryOffice: stationSummarySchema.optional(),
  /** Where a dispute goes, the first step first; empty where the place has no rule. */
  escalation: z.array(gridStepSchema),
  provenance: provenanceSchema,
});
export type GridCard = z.infer<typeof gridCardSchema>;

/** The communities that a visitor can choose from with their grids, by street, and streets by district where there are several. */
export const communitiesSchema = z.object({
  groups: z.array(
    placeSchema.extend({
      /** Whether this terminal stands in it. */
      isHere: z.boolean(),
      streets: z.array(
        placeSchema.extend({
          communities: z.array(placeSchema.extend({ grids: z.array(placeSchema) })),
        }),
      ),
    }),
  ),
});
export type Communities = z.infer<typeof communitiesSchema>;

/** People and places (requirements V6): whom to turn to, where they are, when. */
export const peopleContract = {
  list: oc.input(language.extend({ filter: personFilterSchema })).output(personListSchema),
  get: oc.input(language.extend({ id: z.string().min(1).max(80) })).output(personCardSchema),
  communities: oc.input(language).output(communitiesSchema),
  /** Who serves a community, a street, or an outlet's own place. */
  serving: oc.input(language.extend({ code: scopeSchema })).output(servingSchema),
  grid: oc.input(language.extend({ code: scopeSchema })).output(gridCardSchema),
};
