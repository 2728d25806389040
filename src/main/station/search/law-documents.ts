import { NATIONAL_SCOPE } from '#shared/content/scope.ts';
import type { SearchExtra } from '#shared/contract/search.ts';
import { shortTitle } from '#shared/laws/law-title.ts';
import type { LawHeading } from '#shared/laws/parsed-law.ts';
import { lawKey } from '#shared/search/article-reference.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { articleKey, keyBehind } from '../laws/article-key.ts';
import { writtenJson } from '../store/damage.ts';
import { all, first, type ReadableDb, sql } from '../store/sql.ts';
import type { SearchDocument } from './search-document.ts';

/** Articles that are indexed in one go. */
const ARTICLES_OF_PART = 60;

/** A statute stands before what courts and ministries wrote about it. */
const STATUTE_STANDING = 5;

interface LawRow {
  readonly n: number;
  readonly family: string;
  readonly title: string;
  readonly version: string | null;
  readonly outline: string;
}

interface ArticleRow {
  readonly position: number;
  readonly label: string;
  readonly number: number;
  readonly inserted: number;
  readonly text: string;
}

/** The document of a law itself; none when the law is gone. */
export function lawDocument(db: ReadableDb, id: string): SearchDocument[] {
  const law = lawRow(db, id);
  if (law === undefined) return [];
  return [
    {
      ...shared(id, law),
      kind: 'law',
      id,
      title: shortTitle(law.title),
      words: [],
      body: outlineOf(db, law)
        .map(({ heading }) => heading)
        .join(' '),
      extra: extraOf(id, law),
    },
  ];
}

/** Of laws that wait, the one that guides and questions cite most. */
export function mostNeededLaw(db: ReadableDb): string | undefined {
  const cited = new Map(
    all<{ law: string; times: number }>(db, sql`select law, times from search_cited`).map(
      ({ law, times }) => [law, times],
    ),
  );
  const waiting = all<{ owner: string; family: string }>(
    db,
    sql`select owner, family from search_pending join law on law.id = owner where source = 'law'`,
  );
  const need = (law: { family: string }) => cited.get(keyOf(law)) ?? 0;
  return waiting.reduce<(typeof waiting)[number] | undefined>(
    (best, law) => (best === undefined || need(law) > need(best) ? law : best),
    undefined,
  )?.owner;
}

/** Positions at which the parts of a law begin. */
export function lawParts(db: ReadableDb, id: string): number[] {
  const law = lawRow(db, id);
  if (law === undefined) return [];
  return all<{ position: number }>(
    db,
    sql`select position from law_article where n >= ${articleKey(law.n, 0)} and n < ${keyBehind(law.n)} order by n`,
  )
    .filter((_, at) => at % ARTICLES_OF_PART === 0)
    .map(({ position }) => position);
}

/** The documents of the articles of a part, each found by its text, its number and the headings over it. */
export function lawPartDocuments(db: ReadableDb, id: string, from: number): SearchDocument[] {
  const law = lawRow(db, id);
  if (law === undefined) return [];
  const outline = outlineOf(db, law);
  const rows = all<ArticleRow>(
    db,
    sql`select position, label, number, inserted, text from law_article
        where n >= ${articleKey(law.n, from)} and n < ${keyBehind(law.n)} order by n limit ${ARTICLES_OF_PART}`,
  );
  return rows.map(({ position, label, number, inserted, text }) => ({
    ...shared(id, law),
    kind: 'law-article',
    id: `${id}#${position}`,
    title: `${shortTitle(law.title)} ${label}`.trim(),
    words: headingsOver(position, outline),
    body: text,
    extra: { ...extraOf(id, law), article: label, position },
    article: inserted === 0 ? `${number}` : `${number}-${inserted}`,
    standing: /[法典]$/u.test(keyOf(law)) ? STATUTE_STANDING : 0,
  }));
}

function lawRow(db: ReadableDb, id: string): LawRow | undefined {
  return first<LawRow>(
    db,
    sql`select n, family, title, coalesce(in_force_from, version_date) as version, outline from law where id = ${id}`,
  );
}

/** Laws are shown everywhere and always; which version holds is decided on the day (`laws/law-catalogue.ts`). */
function shared(id: string, law: LawRow) {
  return {
    scope: NATIONAL_SCOPE,
    owner: id,
    shownIn: NATIONAL_SCOPE,
    effectiveFrom: '0000-01-01',
    validUntil: undefined,
    law: keyOf(law),
    citations: [],
    standing: 0,
  };
}

function keyOf({ family }: { readonly family: string }): string {
  return lawKey(compact(fold(family)));
}

function extraOf(id: string, law: LawRow): SearchExtra {
  return { law: id, lawTitle: shortTitle(law.title), version: law.version ?? undefined };
}

function outlineOf({ read }: ReadableDb, law: LawRow): LawHeading[] {
  return writtenJson(read, 'law', law.outline, []) as LawHeading[];
}

/** The nearest heading of each level, without its number. */
function headingsOver(position: number, outline: readonly LawHeading[]): string[] {
  const over: string[] = [];
  for (const { level, heading, position: first } of outline) {
    if (first > position) break;
    over.length = Math.min(over.length, level - 1);
    over.push(heading.replace(/^第[零一二三四五六七八九十百]+[编分章节]+\s*/u, ''));
  }
  return over.filter((heading) => heading !== undefined && heading !== '');
}
