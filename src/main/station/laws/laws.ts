import type { Citation } from '#shared/content/citation.ts';
import { StationError } from '#shared/contract/errors.ts';
import type {
  LawArticleText,
  LawArticleView,
  LawLink,
  LawOverview,
  LawSummary,
  LawView,
} from '#shared/contract/laws.ts';
import type { MarkedText } from '#shared/contract/search.ts';
import { type ArticleNumber, articlesIn } from '#shared/laws/article-number.ts';
import { findCitations } from '#shared/laws/find-citations.ts';
import { mayHold } from '#shared/laws/law-state.ts';
import { inTitleMarks, plainTitle } from '#shared/laws/law-title.ts';
import type { LawHeading } from '#shared/laws/parsed-law.ts';
import { type LawExcerpt, lawTakeaway } from '#shared/papers/law-paper.ts';
import type { Library } from '../content/library.ts';
import type { ReadableDb } from '../store/sql.ts';
import { citedByContent, oftenCited, yearOf } from './content-citations.ts';
import { excerptAround } from './excerpt-around.ts';
import {
  articleAt,
  articlesFrom,
  articlesWith,
  citingArticles,
  neighboursOf,
  positionOf,
  stretchesOf,
} from './law-articles.ts';
import { type KnownLaw, keepCatalogue, lawDetails } from './law-catalogue.ts';
import { wordsOfVersion } from './version-words.ts';

/** How many of the laws that cite an article are named, and how many words of each. */
const CITING_SHOWN = 20;
const EXCERPT_LETTERS = 48;
/** Laws that home of the reading pages names. */
const OFTEN_SHOWN = 8;
/** The source's own order of laws; categories that it does not know come behind. */
const CATEGORY_ORDER = [
  ...['宪法', '民法典', '民法商法', '刑法', '社会法', '行政法', '经济法'],
  ...['诉讼与非诉讼程序法', '司法解释', '案例'],
];

/** What handlers of laws read. */
export interface Laws {
  readonly overview: () => LawOverview;
  readonly list: (ask: ListAsk) => { laws: LawSummary[]; total: number };
  readonly get: (law: string) => LawView;
  readonly articles: (law: string, from: number, count: number) => LawArticleText[];
  readonly article: (law: string, position: number) => LawArticleView;
  readonly byNumber: (law: string, number: ArticleNumber) => { position: number };
  readonly find: (ask: FindAsk) => Found;
  readonly resolve: (citations: readonly Citation[]) => (Resolved | null)[];
  /** An article for a paper or a phone. */
  readonly excerpt: (law: string, position: number) => LawExcerpt;
  readonly takeaway: (law: string, position: number, station: string) => { text: string };
}

interface ListAsk {
  readonly category?: string | undefined;
  readonly title?: string | undefined;
  readonly from: number;
  readonly count: number;
}

interface FindAsk {
  readonly law: string;
  readonly query: string;
  readonly from: number;
  readonly count: number;
}

interface Found {
  readonly hits: { position: number; label: string; excerpt: MarkedText }[];
  readonly total: number;
}

interface Resolved {
  readonly law: string;
  readonly position?: number | undefined;
  readonly newer: boolean;
}

/** Opens the laws of a station. Every function that names a law throws `StationError('not-found')` when it is not here. */
export function openLaws(db: ReadableDb, library: Library): Laws {
  const catalogue = keepCatalogue(db, library);
  const isKnown = (family: string) => catalogue().families.has(family);
  const newest = (family: string) => catalogue().families.get(plainTitle(family))?.[0];
  const known = (id: string): KnownLaw => {
    const law = catalogue().byId.get(id);
    if (law === undefined) throw new StationError('not-found');
    return law;
  };
  const summary = (law: KnownLaw): LawSummary => {
    const { n: _n, family, newerKnown: _newer, ...rest } = law;
    return { ...rest, versions: catalogue().families.get(family)?.length ?? 1 };
  };
  const linkTo = (law: KnownLaw, article: LawArticleText | undefined): LawLink => ({
    law: law.id,
    position: article?.position,
    label: `${inTitleMarks(law.shortTitle)}${article?.label ?? ''}`,
    text: article === undefined ? '' : beginning(article.text),
  });
  /** Where a law's name and an article's number lead: an article, or the law where it has no such article. */
  const lead = (law: KnownLaw, number: ArticleNumber | undefined): LawLink => {
    const position = number === undefined ? undefined : positionOf(db, law.n, number);
    return linkTo(law, position === undefined ? undefined : articleAt(db, law.n, position));
  };
  const citesOf = (law: KnownLaw, article: LawArticleText): LawLink[] => {
    const links = findCitations(article.text, law.family, isKnown).flatMap(
      ({ law: family, articles }) => {
        // Text of an old version speaks of its own old articles.
        const target = family === law.family ? law : newest(family);
        if (target === undefined) return [];
        return articles.length === 0
          ? [lead(target, undefined)]
          : articles.map((number) => lead(target, number));
      },
    );
    const others = links.filter(
      (link) => link.law !== law.id || (link.position ?? article.position) !== article.position,
    );
    return [...new Map(others.map((link) => [link.label, link])).values()];
  };
  const citedByLaws = (law: KnownLaw, article: LawArticleText): LawLink[] =>
    article.number === 0
      ? []
      : citingArticles(db, law.family, article)
          .flatMap((row) => {
            const from = catalogue().byNumber.get(row.law);
            // An old version's words count only for its own text; a law that ended counts no more.
            const counts = from?.family === law.family ? from.id === law.id : isShown(from);
            return from === undefined || !counts ? [] : [{ from, row }];
          })
          .sort(
            (a, b) =>
              Number(a.from.id !== law.id) - Number(b.from.id !== law.id) ||
              compareLaws(a.from, b.from) ||
              a.row.position - b.row.position,
          )
          .map(({ from, row }) => linkTo(from, { ...row, number: 0, inserted: 0 }));

  const excerpt = (id: string, position: number): LawExcerpt => {
    const law = known(id);
    const article = articleAt(db, law.n, position) ?? missing();
    return {
      lawTitle: law.title,
      above: headingsAbove(lawDetails(db, law.n).outline, position),
      label: article.label,
      text: article.text,
      ...wordsOfVersion(law),
    };
  };

  return {
    overview: () => {
      const shown = firstOfEach(catalogue().families.values());
      const groups = Map.groupBy(shown, (law) => law.category);
      return {
        laws: shown.length,
        categories: [...groups]
          .map(([category, laws]) => ({
            category,
            genre: laws[0]?.genre ?? 'law',
            laws: laws.length,
          }))
          .sort((a, b) => placeOf(a.category) - placeOf(b.category)),
        often: oftenCited(library)
          .flatMap((family) => newest(family) ?? [])
          .slice(0, OFTEN_SHOWN)
          .map(summary),
      };
    },
    list: ({ category, title, from, count }) => {
      const wanted = title === undefined ? '' : plainTitle(title);
      const laws = firstOfEach(catalogue().families.values())
        .filter((law) => category === undefined || law.category === category)
        .filter((law) => law.family.includes(wanted))
        .sort((a, b) => placeIn(a) - placeIn(b) || compareLaws(a, b));
      return { laws: laws.slice(from, from + count).map(summary), total: laws.length };
    },
    get: (id) => {
      const law = known(id);
      const versions = catalogue().families.get(law.family) ?? [];
      return {
        ...summary(law),
        ...lawDetails(db, law.n),
        allVersions: versions.map(({ id: version, state, versionDate, inForceFrom }) => ({
          ...{ id: version, state, versionDate, inForceFrom },
        })),
        newerKnown: [...law.newerKnown],
        stretches: stretchesOf(db, law.n),
      };
    },
    articles: (id, from, count) => articlesFrom(db, known(id).n, from, count),
    article: (id, position) => {
      const law = known(id);
      const article = articleAt(db, law.n, position) ?? missing();
      const laws = citedByLaws(law, article);
      return {
        ...article,
        law: summary(law),
        newerKnown: [...law.newerKnown],
        above: headingsAbove(lawDetails(db, law.n).outline, position),
        ...neighboursOf(db, law.n, position),
        cites: citesOf(law, article),
        citedBy: {
          ...citedByContent(library, law.family, article),
          laws: laws.slice(0, CITING_SHOWN),
          lawsInAll: laws.length,
        },
      };
    },
    byNumber: (id, number) => ({ position: positionOf(db, known(id).n, number) ?? missing() }),
    find: ({ law, query, from, count }) => {
      const words = query.split(/\s+/).filter((word) => word !== '');
      const found = words.length === 0 ? [] : articlesWith(db, known(law).n, words);
      return {
        hits: found.slice(from, from + count).map(({ position, label, text }) => ({
          ...{ position, label, excerpt: excerptAround(text, words) },
        })),
        total: found.length,
      };
    },
    resolve: (citations) =>
      citations.map((citation) => {
        const law = newest(citation.law);
        if (law === undefined) return null;
        const [number] = articlesIn(citation.article ?? '');
        return {
          law: law.id,
          position: number === undefined ? undefined : positionOf(db, law.n, number),
          newer: yearOf(citation.version ?? '') > Number(law.versionDate?.slice(0, 4) ?? 9999),
        };
      }),
    excerpt,
    takeaway: (id, position, station) => ({
      text: lawTakeaway(excerpt(id, position), { station, date: library.moment().date }),
    }),
  };
}

function missing(): never {
  throw new StationError('not-found');
}

function isShown(law: KnownLaw | undefined): boolean {
  return law !== undefined && mayHold(law.state);
}

/** One of each law; laws of which every version ended stay in the list, marked as such. */
function firstOfEach(families: Iterable<readonly KnownLaw[]>): KnownLaw[] {
  return [...families].flatMap(([law]) => law ?? []);
}

function placeOf(category: string): number {
  const at = CATEGORY_ORDER.indexOf(category);
  return at < 0 ? CATEGORY_ORDER.length : at;
}

/** Within a category what holds stands before what ended, and statutes before what changes them. */
function placeIn(law: KnownLaw): number {
  return (isShown(law) ? 0 : 10) + (law.genre === 'amendment' ? 1 : 0);
}

const COLLATOR = new Intl.Collator('zh-CN');

function compareLaws(a: KnownLaw, b: KnownLaw): number {
  return placeOf(a.category) - placeOf(b.category) || COLLATOR.compare(a.shortTitle, b.shortTitle);
}

/** Headings that stand over a position: of each level the last one, narrower ones only below it. */
function headingsAbove(outline: readonly LawHeading[], position: number): string[] {
  const above: LawHeading[] = [];
  for (const entry of outline.filter((heading) => heading.position <= position)) {
    while ((above.at(-1)?.level ?? 0) >= entry.level) above.pop();
    above.push(entry);
  }
  return above.map(({ heading }) => heading);
}

function beginning(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > EXCERPT_LETTERS ? `${first.slice(0, EXCERPT_LETTERS)}……` : first;
}
