import type { LawArticleText } from '#shared/contract/laws.ts';
import type { ArticleNumber } from '#shared/laws/article-number.ts';
import { all, first, type ReadableDb, sql } from '../store/sql.ts';
import { articleKey, keyBehind } from './article-key.ts';

/** A run of articles that a page reads at once; letters tell how long it will be. */
export interface Stretch {
  readonly from: number;
  readonly count: number;
  readonly letters: number;
}

/** Articles of a stretch: enough for some screens, few enough to be drawn within a frame or two. */
const STRETCH = 12;

/** Articles of a law from a position on. */
export function articlesFrom(
  db: ReadableDb,
  law: number,
  from: number,
  count: number,
): LawArticleText[] {
  return all(
    db,
    sql`select position, label, number, inserted, text from law_article
        where n >= ${articleKey(law, from)} and n < ${keyBehind(law)} order by n limit ${count}`,
  );
}

/** The article at a position, if there is one. */
export function articleAt(
  db: ReadableDb,
  law: number,
  position: number,
): LawArticleText | undefined {
  return first(
    db,
    sql`select position, label, number, inserted, text from law_article where n = ${articleKey(law, position)}`,
  );
}

/** Where the articles before and after a position stand. */
export function neighboursOf(db: ReadableDb, law: number, position: number) {
  const before = first<{ position: number }>(
    db,
    sql`select position from law_article where n >= ${articleKey(law, 0)} and n < ${articleKey(law, position)} order by n desc limit 1`,
  );
  const after = first<{ position: number }>(
    db,
    sql`select position from law_article where n > ${articleKey(law, position)} and n < ${keyBehind(law)} order by n limit 1`,
  );
  return { previous: before?.position, next: after?.position };
}

/** Where an article of that number stands; the first, where a number stands twice. */
export function positionOf(
  db: ReadableDb,
  law: number,
  { number, inserted }: ArticleNumber,
): number | undefined {
  return first<{ position: number }>(
    db,
    sql`select position from law_article where n >= ${articleKey(law, 0)} and n < ${keyBehind(law)}
        and number = ${number} and inserted = ${inserted} order by n limit 1`,
  )?.position;
}

/** A law's text in runs. */
export function stretchesOf(db: ReadableDb, law: number): Stretch[] {
  const rows = all<{ position: number; letters: number }>(
    db,
    sql`select position, length(text) as letters from law_article where n >= ${articleKey(law, 0)} and n < ${keyBehind(law)} order by n`,
  );
  const groups = Map.groupBy(rows.entries(), ([at]) => Math.floor(at / STRETCH));
  return [...groups.values()].map((group) => ({
    from: group[0]?.[1].position ?? 0,
    count: group.length,
    letters: group.reduce((sum, [, row]) => sum + row.letters, 0),
  }));
}

/** Articles in which all words stand, in the order of the law. */
export function articlesWith(
  db: ReadableDb,
  law: number,
  words: readonly string[],
): LawArticleText[] {
  return all<LawArticleText>(
    db,
    sql`select position, label, number, inserted, text from law_article where n >= ${articleKey(law, 0)} and n < ${keyBehind(law)} order by n`,
  ).filter(({ text, label }) => words.every((word) => text.includes(word) || label === word));
}

/** Articles that name an article of a law (number 0: the law as a whole). */
export function citingArticles(
  db: ReadableDb,
  family: string,
  { number, inserted }: ArticleNumber,
): { law: number; position: number; label: string; text: string }[] {
  return all(
    db,
    sql`select c.law, c.position, a.label, a.text from law_citation c
        join law_article a on a.n = (c.law << 32) + c.position
        where c.to_family = ${family} and c.number = ${number} and c.inserted = ${inserted}
        order by c.law, c.position`,
  );
}
