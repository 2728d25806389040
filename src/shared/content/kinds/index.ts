import type { ContentKind } from '../kind.ts';
import { accessRuleKind } from './access-rule.ts';
import { articleKind } from './article.ts';
import { calendarKind } from './calendar.ts';
import { eventKind } from './event.ts';
import { faqKind } from './faq.ts';
import { formSampleKind } from './form-sample.ts';
import { gridKind } from './grid.ts';
import { hotlineKind } from './hotline.ts';
import { hoursKind } from './hours.ts';
import { lawArticleKind, lawKind } from './law.ts';
import { legalCaseKind } from './legal-case.ts';
import { listKind } from './list.ts';
import { mediaKind } from './media.ts';
import { noticeKind } from './notice.ts';
import { personKind } from './person.ts';
import { playlistKind } from './playlist.ts';
import { pledgeKind } from './pledge.ts';
import { queuePlanKind } from './queue-plan.ts';
import { rosterKind } from './roster.ts';
import { serviceKind } from './service.ts';
import { serviceLocalKind } from './service-local.ts';
import { stationKind } from './station.ts';
import { synonymKind } from './synonym.ts';
import { triageKind } from './triage.ts';

/**
 * Every kind of content there is. To add one: a file here, its line in this list, a page in `src/renderer`, a form in
 * `src/district`, and a case in `tests/shared/content/kinds.test.ts`.
 */
export const CONTENT_KINDS = {
  'access-rule': accessRuleKind,
  article: articleKind,
  calendar: calendarKind,
  event: eventKind,
  faq: faqKind,
  'form-sample': formSampleKind,
  grid: gridKind,
  hotline: hotlineKind,
  hours: hoursKind,
  law: lawKind,
  'law-article': lawArticleKind,
  'legal-case': legalCaseKind,
  list: listKind,
  media: mediaKind,
  notice: noticeKind,
  person: personKind,
  playlist: playlistKind,
  pledge: pledgeKind,
  'queue-plan': queuePlanKind,
  roster: rosterKind,
  service: serviceKind,
  'service-local': serviceLocalKind,
  station: stationKind,
  synonym: synonymKind,
  triage: triageKind,
} as const;

export type KindName = keyof typeof CONTENT_KINDS;

/** The body type of a kind, by its name. */
export type BodyOf<Name extends KindName> =
  (typeof CONTENT_KINDS)[Name] extends ContentKind<infer Body> ? Body : never;

/** Whether a text names a kind of content. */
export function isKindName(name: string): name is KindName {
  return Object.hasOwn(CONTENT_KINDS, name);
}

/** The kind with this name; its body type is unknown to the caller until its schema has parsed it. */
export function kindNamed(name: KindName): ContentKind<unknown> {
  return CONTENT_KINDS[name] as ContentKind<unknown>;
}
