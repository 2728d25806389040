import type { ContentRecord } from '#shared/content/envelope.ts';
import type { FaqBody } from '#shared/content/kinds/faq.ts';
import type { GridBody } from '#shared/content/kinds/grid.ts';
import type { HotlineBody } from '#shared/content/kinds/hotline.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { PersonBody } from '#shared/content/kinds/person.ts';
import type { OutletLevel, StationBody } from '#shared/content/kinds/station.ts';
import { NATIONAL_SCOPE } from '#shared/content/scope.ts';
import { type SearchExtra, type SearchKind, searchKindSchema } from '#shared/contract/search.ts';
import { LANGUAGE_NAMES } from '#shared/editing/value-names.ts';
import { articleKeysOf, lawKey } from '#shared/search/article-reference.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import type { LocalDate } from '#shared/time/local-date.ts';

/** What the index knows of a record, whatever its kind. */
export interface SearchDocument {
  readonly kind: SearchKind;
  readonly id: string;
  readonly scope: string;
  /** Id of the record or law that it is made from. */
  readonly owner: string;
  /** Scope of the stations that show it. */
  readonly shownIn: string;
  readonly effectiveFrom: LocalDate;
  readonly validUntil: LocalDate | undefined;
  readonly title: string;
  /** What people say for it, phones, translations: found, not shown. */
  readonly words: readonly string[];
  readonly body: string;
  readonly extra: SearchExtra;
  /** What speaks for it before anything is asked, in points of `score.ts`. */
  readonly standing: number;
  /** Of persons: codes of the outlets and divisions that they serve. */
  readonly serves?: readonly string[] | undefined;
  /** Of statutes: `lawKey` of the law's name, `articleKey` of the article. */
  readonly law?: string | undefined;
  readonly article?: string | undefined;
  readonly citations: readonly { readonly law: string; readonly article: string }[];
}

/** What a document needs beyond its record. */
export interface IndexContext {
  readonly outletName: (outlet: StationBody) => string;
}

/** The document of a record; undefined for a kind that nobody looks for. */
export function documentOf(
  record: ContentRecord,
  context: IndexContext,
): SearchDocument | undefined {
  const kind = searchKindSchema.safeParse(record.kind).data;
  if (kind === undefined || !isKindName(record.kind)) return undefined;
  // Laws are read from their own tables, see law-documents.ts.
  if (kind === 'law' || kind === 'law-article') return undefined;
  const { title, words, text } = kindNamed(record.kind).search(record.body);
  return {
    kind,
    id: record.id,
    scope: record.scope,
    owner: record.id,
    shownIn: record.scope,
    effectiveFrom: record.effectiveFrom,
    validUntil: record.validUntil,
    title,
    words: [...words, ...translatedTitles(record)],
    body: text,
    extra: {},
    standing: STANDING[kind] ?? 0,
    citations: citationsOf(record.body),
    ...particulars(kind, record, context),
  };
}

/** Guides before the rest. */
const STANDING: Partial<Record<SearchKind, number>> = { service: 4, faq: 3, hotline: 1 };

/** The station of a street before the rooms of its communities. */
const OUTLET_STANDING = 10;
const OF_A_COMMUNITY: readonly OutletLevel[] = ['workroom', 'point', 'police-post'];

function particulars(
  kind: SearchKind,
  record: ContentRecord,
  context: IndexContext,
): Partial<SearchDocument> {
  switch (kind) {
    case 'station':
      return outletParts(record.body as StationBody, context);
    case 'person':
      return personParts(record.body as PersonBody);
    case 'hotline':
      return hotlineParts(record.body as HotlineBody);
    case 'faq':
      return { extra: { topic: (record.body as FaqBody).topic } };
    case 'grid':
      return { extra: { grid: (record.body as GridBody).code } };
    default:
      return {};
  }
}

function outletParts(outlet: StationBody, context: IndexContext): Partial<SearchDocument> {
  const { code, level, phone, address } = outlet;
  return {
    shownIn: NATIONAL_SCOPE,
    title: context.outletName(outlet),
    words: [...dialled(phone), code],
    extra: { phone, about: address, station: code },
    standing: OF_A_COMMUNITY.includes(level) ? 0 : OUTLET_STANDING,
  };
}

function personParts(person: PersonBody): Partial<SearchDocument> {
  const { name, title, organisation, phone, specialties, sample, serves } = person;
  return {
    serves,
    words: [title, ...specialties, ...addressed(name, title), ...spoken(person), ...dialled(phone)],
    extra: { phone, about: [title, organisation].filter(Boolean).join(' '), sample },
  };
}

function hotlineParts({ name, number, what }: HotlineBody): Partial<SearchDocument> {
  return { title: name, words: dialled(number), extra: { phone: number, about: what } };
}

/** As one calls a person whose post one knows: 杨所长 of a 司法所所长. */
function addressed(name: string, title: string): string[] {
  const post =
    /(?:所长|主任|站长|律师|调解员|公证员|顾问|书记|专家|志愿者|网格员|民警|警官)$/u.exec(title);
  return post === null ? [] : [`${name.slice(0, 1)}${post[0]}`];
}

function spoken({ languages, title }: PersonBody): string[] {
  return languages.flatMap((language) => {
    // Everybody here speaks Chinese: nobody looks for that.
    const name = language === 'zh-CN' ? undefined : LANGUAGE_NAMES[language];
    return name === undefined ? [] : [`${name}${title}`];
  });
}

/** A phone number as it is printed, and as it is typed. */
function dialled(phone: string | undefined): string[] {
  if (phone === undefined) return [];
  return [...new Set([phone, phone.replaceAll(/\D/g, '')])];
}

function citationsOf(body: unknown): SearchDocument['citations'] {
  const { basis } = body as { basis?: unknown };
  if (!Array.isArray(basis)) return [];
  return (basis as { law: string; article?: string }[]).flatMap(({ law, article }) =>
    articleKeysOf(article ?? '').map((key) => ({ law: lawKey(compact(fold(law))), article: key })),
  );
}

/** A visitor who reads another language looks for the words of that language. */
function translatedTitles(record: ContentRecord): string[] {
  return Object.values(record.translations).flatMap(({ fields }) =>
    ['title', 'question', 'name'].flatMap((path) => fields[path] ?? []),
  );
}
