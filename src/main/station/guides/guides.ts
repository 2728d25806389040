import type { BusinessLine, ServiceBody } from '#shared/content/kinds/service.ts';
import type { ServiceLocalBody } from '#shared/content/kinds/service-local.ts';
import type {
  FaqView,
  OutletAbove,
  PageLanguage,
  ServiceSummary,
  ServiceView,
} from '#shared/contract/views.ts';
import { type NoticePlace, takeawayText } from '#shared/papers/takeaway-text.ts';
import type { Library, Shown } from '../content/library.ts';
import { lineOf, planOf } from '../queue/queue-context.ts';
import type { Stations } from '../stations/stations.ts';

/** Guides of the services that this station's profile offers, in its order. */
export function listGuides(library: Library, language: PageLanguage): ServiceSummary[] {
  return offeredGuides(library, language).map(summaryOf);
}

/** The same, whole. */
export function offeredGuides(library: Library, language: PageLanguage): Shown<ServiceBody>[] {
  const offered = library.profile.services;
  return library
    .shown('service', language)
    .filter((guide) => offered.includes(guide.body.category))
    .sort((a, b) => offered.indexOf(a.body.category) - offered.indexOf(b.body.category));
}

/** One guide with its windows here, its samples and the questions that lead to it. */
export function getGuide(
  library: Library,
  stations: Stations,
  id: string,
  language: PageLanguage,
): ServiceView {
  const guide = library.shownOne('service', id, language);
  const sampleIds = new Set([
    ...guide.body.formSamples,
    ...guide.body.materials.flatMap((material) => material.sample ?? []),
  ]);
  const windows = stations.windowsFor(guide.body.line, language);
  return {
    ...guide,
    windows,
    above: windows.length > 0 ? undefined : stations.above(guide.body.line, language),
    local: localOf(library, id),
    takesNumber: lineOf(planOf({ library }), guide.body.line) !== undefined,
    samples: library
      .shown('form-sample', language)
      .filter((form) => sampleIds.has(form.provenance.id))
      .map((form) => ({ id: form.provenance.id, title: form.body.title })),
    faqs: listFaqs(library, language, (faq) => faq.body.services.includes(id)),
  };
}

/** What this station itself says about a guide. */
function localOf(library: Library, id: string): ServiceLocalBody | undefined {
  return library
    .records('service-local')
    .find(({ body }) => body.service === id && body.station === library.station)?.body;
}

/**
 * The guide's one-time notice as text that a phone reads from a QR code without any network. It is Chinese whatever the
 * page's language, as the paper is: the Chinese text is the one of record (standards P-33), and the caption says so.
 */
export function takeaway(library: Library, stations: Stations, id: string): { text: string } {
  const { body } = library.shownOne('service', id, 'zh-CN');
  const station = stations.current('zh-CN');
  return {
    text: takeawayText(body, {
      station: station.name,
      phone: station.phone,
      ...whereToGo(stations, body.line),
      date: library.moment().date,
    }),
  };
}

/** Where a business is done, as papers say it: windows here, or the outlet above with its windows. */
export function whereToGo(
  stations: Stations,
  line: BusinessLine,
): Pick<NoticePlace, 'windows' | 'above'> {
  const windows = stations.windowsFor(line, 'zh-CN').map((window) => window.label);
  const above = windows.length > 0 ? undefined : stations.above(line, 'zh-CN');
  return { windows, above: above && outletAboveName(above) };
}

/** "某区公共法律服务中心 4号窗口" */
export function outletAboveName({ outlet, windows }: OutletAbove): string {
  return `${outlet.name} ${windows.map((window) => window.label).join('、')}`;
}

/** Questions, all or those that a test lets through, in their order. */
export function listFaqs(
  library: Library,
  language: PageLanguage,
  wanted: (faq: Shown<FaqView['body']>) => boolean = () => true,
): ServiceView['faqs'] {
  return library
    .shown('faq', language)
    .filter(wanted)
    .map(({ body, provenance }) => ({
      id: provenance.id,
      question: body.question,
      topic: body.topic,
      language: provenance.language,
    }));
}

/** One question with the services that it leads to. */
export function getFaq(library: Library, id: string, language: PageLanguage): FaqView {
  const faq = library.shownOne('faq', id, language);
  return {
    ...faq,
    services: listGuides(library, language).filter((guide) => faq.body.services.includes(guide.id)),
  };
}

/** A guide as lists show it. */
export function summaryOf({ body, provenance }: Shown<ServiceBody>): ServiceSummary {
  return {
    id: provenance.id,
    title: body.title,
    summary: body.summary,
    highlight: body.highlight,
    category: body.category,
    group: body.group,
    fee: body.fee.headline,
    language: provenance.language,
  };
}
