import { isKindName, type KindName } from '#shared/content/kinds/index.ts';
import type { RecordRef } from '#shared/operations/operation.ts';

/** Names and values behind `#` in the address of a visitor's page. */
export type Place = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

const HOME: Place = { page: 'home' };
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const nowhere = () => undefined;

/** Where a visitor meets a record of each kind: the page's address within the terminal; undefined where no page shows any. */
const PLACES: Readonly<Record<KindName, (record: RecordRef, body: Body) => Place | undefined>> = {
  'access-rule': nowhere,
  article: ({ id }) => ({ page: 'article', id }),
  calendar: () => ({ page: 'station' }),
  event: ({ id }) => ({ page: 'lecture', id }),
  faq: ({ id }) => ({ page: 'faq', id }),
  'form-sample': ({ id }) => ({ page: 'form', id }),
  grid: (_record, { code }) => ({ page: 'grid', code: text(code) }),
  hotline: () => ({ page: 'hotlines' }),
  hours: () => ({ page: 'station' }),
  law: nowhere,
  'law-article': nowhere,
  'legal-case': ({ id }) => ({ page: 'case', id }),
  list: ({ id }) => ({ page: 'list', id }),
  media: ({ id }) => ({ page: 'media', id }),
  notice: () => ({ page: 'board', item: 'other' }),
  person: ({ id }) => ({ page: 'person', id }),
  playlist: () => ({ ...HOME, attract: 'now' }),
  pledge: () => ({ page: 'board', item: 'pledges' }),
  'queue-plan': () => ({ page: 'take' }),
  roster: () => ({ page: 'board', item: 'duty' }),
  service: ({ id }) => ({ page: 'guide', id }),
  'service-local': (_record, { service }) => ({ page: 'guide', id: text(service) }),
  station: (_record, { code }) => ({ page: 'station', code: text(code) }),
  synonym: (_record, body) => ({ page: 'search', text: firstOf(body.everyday) }),
  triage: ({ id }) => ({ page: 'triage', id }),
};

const firstOf = (values: unknown): string => text(Array.isArray(values) ? values[0] : undefined);

/** The page on which a visitor meets a record; undefined where terminals keep such records and show none. */
export function visitorPlace(record: RecordRef, body: Body): Place | undefined {
  return isKindName(record.kind) ? PLACES[record.kind](record, body) : HOME;
}
