import type { KindName } from '#shared/content/kinds/index.ts';
import type { RecordRef } from '#shared/operations/operation.ts';

type Place = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

const HOME: Place = { page: 'home' };
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where a visitor meets a record of each kind: the page's address within the terminal. */
const PLACES: Readonly<Record<KindName, (record: RecordRef, body: Body) => Place>> = {
  'access-rule': () => HOME,
  article: ({ id }) => ({ page: 'article', id }),
  calendar: () => ({ page: 'station' }),
  event: ({ id }) => ({ page: 'lecture', id }),
  faq: ({ id }) => ({ page: 'faq', id }),
  'form-sample': ({ id }) => ({ page: 'form', id }),
  grid: (_record, { code }) => ({ page: 'grid', code: text(code) }),
  hotline: () => ({ page: 'hotlines' }),
  hours: () => ({ page: 'station' }),
  law: () => HOME,
  'law-article': () => HOME,
  'legal-case': ({ id }) => ({ page: 'case', id }),
  list: () => ({ page: 'board', item: 'other' }),
  media: ({ id }) => ({ page: 'media', id }),
  notice: () => ({ page: 'board', item: 'other' }),
  person: ({ id }) => ({ page: 'person', id }),
  playlist: () => HOME,
  pledge: () => ({ page: 'board', item: 'pledges' }),
  'queue-plan': () => HOME,
  roster: () => ({ page: 'board', item: 'duty' }),
  service: ({ id }) => ({ page: 'guide', id }),
  'service-local': (_record, { service }) => ({ page: 'guide', id: text(service) }),
  station: (_record, { code }) => ({ page: 'station', code: text(code) }),
  synonym: () => HOME,
  triage: ({ id }) => ({ page: 'triage', id }),
};

/** The page on which a visitor meets a record. */
export function visitorPlace(record: RecordRef, body: Body): Place {
  const place = (PLACES as Readonly<Record<string, (typeof PLACES)[KindName]>>)[record.kind];
  return place?.(record, body) ?? HOME;
}
