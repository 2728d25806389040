import { z } from 'zod';
import { displaySchema } from '../access/display.ts';
import { type FaqBody, faqTopicSchema } from '../content/kinds/faq.ts';
import type { FormSampleBody } from '../content/kinds/form-sample.ts';
import type { HotlineBody } from '../content/kinds/hotline.ts';
import type { NoticeBody } from '../content/kinds/notice.ts';
import type { PledgeBody } from '../content/kinds/pledge.ts';
import { dutySchema } from '../content/kinds/roster.ts';
import { type ServiceBody, serviceCategorySchema } from '../content/kinds/service.ts';
import type { ServiceLocalBody } from '../content/kinds/service-local.ts';
import { type FloorPlan, outletLevelSchema } from '../content/kinds/station.ts';
import { PAGE_LANGUAGES } from '../content/languages.ts';
import { localDateSchema, localTimeSchema } from '../time/date-schemas.ts';

/**
 * A record's body on its way to a page. It was checked against its kind when it came in; here it may be translated, and
 * a translation may be longer than the limits that keep Chinese text short.
 */
export function shownBody<Body>(): z.ZodType<Body> {
  return z.custom<Body>((value) => typeof value === 'object' && value !== null);
}

export const pageLanguageSchema = z.enum(PAGE_LANGUAGES);
export type PageLanguage = z.infer<typeof pageLanguageSchema>;

/** Who published a record, when, and in which language its text is: shown with every record (V3). */
export const provenanceSchema = z.object({
  id: z.string(),
  version: z.int(),
  source: z.string(),
  responsibleBody: z.string(),
  reviewer: z.string(),
  publishedAt: z.string(),
  effectiveFrom: localDateSchema,
  validUntil: localDateSchema.optional(),
  /** "9/9" or "7/8，缺收费依据". */
  completeness: z.string(),
  complete: z.boolean(),
  /** Points that a publisher has still to confirm; a page says that the record waits for it. */
  confirm: z.array(z.string()),
  /** `own`: in the page's language; `draft`: so, but not reviewed; `chinese`: only in Chinese. */
  language: z.enum(['own', 'draft', 'chinese']),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/** The hours fall into a year whose public holidays are not known here. */
const holidaysUnknown = z.literal(true).optional();

export const openStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open'), until: localTimeSchema, holidaysUnknown }),
  z.object({ state: z.literal('break'), reopens: localTimeSchema, holidaysUnknown }),
  z.object({
    state: z.literal('closed'),
    holidaysUnknown,
    next: z.object({ date: localDateSchema, from: localTimeSchema }).optional(),
    reason: z.string().optional(),
  }),
  z.object({ state: z.literal('unknown') }),
]);
export type OpenState = z.infer<typeof openStateSchema>;

const weekHoursSchema = z.array(
  z.object({
    date: localDateSchema,
    weekday: z.int(),
    periods: z.array(z.object({ from: localTimeSchema, to: localTimeSchema })),
    reason: z.string().optional(),
    makeUp: z.boolean().optional(),
    holidaysUnknown,
  }),
);

/** A person on duty, or the neutral state when the roster does not say (lessons, own list no. 2). */
export const dutyPersonSchema = z.object({
  name: z.string(),
  duty: dutySchema,
  title: z.string(),
  window: z.string().optional(),
  from: localTimeSchema,
  to: localTimeSchema,
  sample: z.boolean(),
});

export const dutyBoardSchema = z.object({
  date: localDateSchema,
  leader: dutyPersonSchema.optional(),
  staff: z.array(dutyPersonSchema),
  /** The next time a lawyer or village adviser sits here, today included. */
  nextAdviser: z
    .object({
      name: z.string(),
      title: z.string(),
      date: localDateSchema,
      from: localTimeSchema,
      to: localTimeSchema,
    })
    .optional(),
  provenance: provenanceSchema.optional(),
});
export type DutyBoard = z.infer<typeof dutyBoardSchema>;

export const windowViewSchema = z.object({
  id: z.string(),
  label: z.string(),
  name: z.string(),
  lines: z.array(z.string()),
  accessible: z.boolean(),
});

export const stationViewSchema = z.object({
  code: z.string(),
  level: outletLevelSchema,
  name: z.string(),
  district: z.string(),
  justiceBureau: z.string(),
  address: z.string().optional(),
  phone: z.string().optional(),
  gettingThere: z.string().optional(),
  /** Names of the divisions that it serves beside its own. */
  serves: z.array(z.string()),
  floorPlan: shownBody<FloorPlan>().optional(),
  windows: z.array(windowViewSchema),
  barrierFree: z.array(z.string()),
  web: z.object({ name: z.string(), url: z.string() }).optional(),
  open: openStateSchema,
  week: weekHoursSchema,
  /** False when the calendar of public holidays does not reach that far. */
  holidaysKnown: z.boolean(),
  provenance: provenanceSchema,
  /** Of today's service hours, which are published apart from the outlet; none where they are not known. */
  hoursProvenance: provenanceSchema.optional(),
});
export type StationView = z.infer<typeof stationViewSchema>;

export const stationSummarySchema = z.object({
  code: z.string(),
  name: z.string(),
  level: outletLevelSchema,
  address: z.string().optional(),
  phone: z.string().optional(),
  /** The street that it stands in, or what lies above it. */
  area: z.object({ code: z.string(), name: z.string() }),
  open: openStateSchema,
});
export type StationSummary = z.infer<typeof stationSummarySchema>;

/** The nearest outlet above this one that takes a business, and its windows for it. */
export const outletAboveSchema = z.object({
  outlet: stationSummarySchema,
  windows: z.array(windowViewSchema),
});
export type OutletAbove = z.infer<typeof outletAboveSchema>;

export const serviceSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  highlight: z.string().optional(),
  category: serviceCategorySchema,
  group: z.string().optional(),
  fee: z.string(),
  language: provenanceSchema.shape.language,
});
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

export const faqSummarySchema = z.object({
  id: z.string(),
  question: z.string(),
  topic: faqTopicSchema,
  language: provenanceSchema.shape.language,
});

export const serviceViewSchema = z.object({
  body: shownBody<ServiceBody>(),
  provenance: provenanceSchema,
  /** Where it is done at this station; empty when no window here takes it. */
  windows: z.array(windowViewSchema),
  /** Where to go when no window here takes it. */
  above: outletAboveSchema.optional(),
  /** What this station itself says about it. */
  local: shownBody<ServiceLocalBody>().optional(),
  /** Whether its business waits in a line of this station's queue. */
  takesNumber: z.boolean(),
  samples: z.array(z.object({ id: z.string(), title: z.string() })),
  faqs: z.array(faqSummarySchema),
});
export type ServiceView = z.infer<typeof serviceViewSchema>;

export const faqViewSchema = z.object({
  body: shownBody<FaqBody>(),
  provenance: provenanceSchema,
  services: z.array(serviceSummarySchema),
});
export type FaqView = z.infer<typeof faqViewSchema>;

export const hotlineViewSchema = z.object({
  body: shownBody<HotlineBody>(),
  provenance: provenanceSchema,
});
export const noticeViewSchema = z.object({
  body: shownBody<NoticeBody>(),
  provenance: provenanceSchema,
});
export const pledgeViewSchema = z.object({
  body: shownBody<PledgeBody>(),
  provenance: provenanceSchema,
});
export const formSampleViewSchema = z.object({
  body: shownBody<FormSampleBody>(),
  provenance: provenanceSchema,
});
export const formSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  language: provenanceSchema.shape.language,
});

/** The newest of several records: what a list says of who published it and as of when. */
export const publishedSchema = z.object({
  publishedAt: z.string(),
  responsibleBody: z.string(),
});

/** One of the eight items of the disclosure board: what it shows, and what it still lacks. */
export const boardItemSchema = z.object({
  id: z.enum(['duty', 'hours', 'particulars', 'pledges', 'forms', 'faqs', 'contacts', 'other']),
  complete: z.boolean(),
  missing: z.array(z.string()),
  count: z.int(),
  newest: publishedSchema.optional(),
});

export const disclosureBoardSchema = z.object({
  items: z.array(boardItemSchema),
  present: z.int(),
  total: z.int(),
  duty: dutyBoardSchema,
  pledges: z.array(pledgeViewSchema),
  notices: z.array(noticeViewSchema),
  hotlines: z.array(hotlineViewSchema),
});
export type DisclosureBoard = z.infer<typeof disclosureBoardSchema>;

/** A community workroom's board (V3, second half). */
export const communityBoardSchema = z.object({
  station: stationViewSchema,
  adviser: z
    .object({
      name: z.string(),
      duty: z.string(),
      contact: z.string().optional(),
      hours: z.array(z.string()),
      sample: z.boolean(),
      provenance: provenanceSchema,
    })
    .optional(),
  catalogue: z.array(serviceSummarySchema),
  catalogueNewest: publishedSchema.optional(),
  process: pledgeViewSchema.optional(),
  policies: z.array(noticeViewSchema),
  supervision: hotlineViewSchema.optional(),
});
export type CommunityBoard = z.infer<typeof communityBoardSchema>;

export const homeViewSchema = z.object({
  station: stationViewSchema,
  duty: dutyBoardSchema,
  categories: z.array(z.object({ category: serviceCategorySchema, guides: z.int() })),
  /** How many of them are the 3 or the 4 of 3+X or 4+X; they stand first. */
  coreServices: z.int(),
  commonQuestions: z.array(faqSummarySchema),
  counts: z.object({ guides: z.int(), faqs: z.int(), forms: z.int(), stations: z.int() }),
  notices: z.array(noticeViewSchema),
  hotline: hotlineViewSchema.optional(),
  supervision: hotlineViewSchema.optional(),
  board: z.object({ present: z.int(), total: z.int() }),
  /** Whether this station gives queue numbers at all. */
  takesNumbers: z.boolean(),
});
export type HomeView = z.infer<typeof homeViewSchema>;

/** What the page has to know before it draws anything. */
export const helloSchema = z.object({
  programVersion: z.string(),
  /** The host's time, epoch milliseconds; pages count on from it and never ask their own calendar. */
  now: z.number(),
  utcOffsetMinutes: z.int(),
  stationName: z.string(),
  level: outletLevelSchema,
  languages: z.array(pageLanguageSchema),
  /** Languages that can be typed, those of the pages first. */
  keyboards: z.array(pageLanguageSchema),
  display: displaySchema,
  idle: z.object({
    browseSeconds: z.int(),
    formSeconds: z.int(),
    warningSeconds: z.int(),
    /** Quiet seconds on home until publicity; 0 for never. */
    attractSeconds: z.int(),
    /** Seconds that a queue number stays on the screen untouched. */
    numberSeconds: z.int(),
  }),
  content: z.object({ asOf: z.string(), publisher: z.string(), stale: z.boolean() }),
  /** True while content is a sample that the district has not yet reviewed. */
  sampleContent: z.boolean(),
  /** There when the page before was dark, nobody touched it since, and it still may be: this one begins so. */
  beginsDark: z.literal(true).optional(),
});
export type Hello = z.infer<typeof helloSchema>;
