import { z } from 'zod';
import { plainTitle } from '#shared/laws/law-title.ts';
import type { LawArticle, LawHeading, ParsedLaw } from '#shared/laws/parsed-law.ts';
import { writtenJson } from '../store/damage.ts';
import type { WritableDb } from '../store/sql.ts';
import { articleKey } from './article-key.ts';

/** Room between the parts of a split law: a part has no more blocks than ten for each of its articles. */
const ROOM = 10;

/** What a file's row keeps of its text's head; the law's own row is made from those of all its files. */
const headSchema = z.object({
  title: z.string(),
  genre: z.string(),
  category: z.string(),
  versionDate: z.string().optional(),
  inForceFrom: z.string().optional(),
  history: z.array(z.unknown()),
  notes: z.array(z.string()),
  repeals: z.array(z.string()),
  outline: z.array(z.object({ level: z.number(), heading: z.string(), position: z.number() })),
});

/** The name of a version: 民法典@2020-05-28. Cases are told apart by nothing else than their titles. */
export function lawIdOf(law: Pick<ParsedLaw, 'title' | 'versionDate'>): string {
  return `${plainTitle(law.title)}@${law.versionDate ?? 'undated'}`;
}

/** Puts parsed files into the tables, inside transactions of the caller. Its statements are prepared once: a law is many rows. */
export interface LawWriter {
  readonly write: (path: string, law: ParsedLaw) => void;
}

type Statements = ReturnType<typeof prepareAll>;

export function lawWriter(db: WritableDb): LawWriter {
  const statements = prepareAll(db);
  return { write: (path, law) => writeLaw(statements, path, law) };
}

function prepareAll({ write: db }: WritableDb) {
  return {
    numberOf: db.prepare<[string], { n: number }>('select n from law where id = ?'),
    addLaw: db.prepare(
      `insert into law (title, genre, category, version_date, in_force_from, history, notes, repeals, outline, articles, id, family)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    winner: db.prepare<[number, string], Winner>(
      'select path, articles, base from law_file where law = ? and part = ? and shadowed_by is null',
    ),
    shadow: db.prepare('update law_file set shadowed_by = ? where path = ?'),
    removeArticles: db.prepare('delete from law_article where n >= ? and n < ?'),
    addFile: db.prepare(
      'insert into law_file (path, law, part, base, articles, head, shadowed_by) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    addArticle: db.prepare(insertArticles(1)),
    addArticles: db.prepare(insertArticles(TOGETHER)),
    files: db.prepare<[number], { head: string; base: number; articles: number }>(
      'select head, base, articles from law_file where law = ? and shadowed_by is null order by base, path',
    ),
    describe: db.prepare(
      `update law set title = ?, genre = ?, category = ?, version_date = ?, in_force_from = ?, history = ?, notes = ?,
        repeals = ?, outline = ?, articles = ? where n = ?`,
    ),
  };
}

function writeLaw(statements: Statements, path: string, law: ParsedLaw): void {
  const id = lawIdOf(law);
  const firstNumber = law.articles.find(({ number }) => number > 0)?.number ?? 0;
  const base = law.part === '' ? 0 : ROOM * firstNumber;
  const { articles, flaws: _flaws, part, ...head } = law;
  const known = statements.numberOf.get(id)?.n;
  const n = known ?? addLaw(statements, id, { head, base, articles: articles.length });
  const rival = known === undefined ? undefined : statements.winner.get(n, part);
  const wins = rival === undefined || isBetter({ path, articles: articles.length }, rival);
  statements.addFile.run(
    ...[path, n, part, base, articles.length],
    ...[JSON.stringify(head), wins ? null : rival.path],
  );
  if (!wins) return;
  if (rival !== undefined) {
    const first = articleKey(n, rival.base);
    statements.removeArticles.run(first, first + rival.articles);
    statements.shadow.run(path, rival.path);
  }
  writeArticles(statements, articleKey(n, base), articles);
  if (known !== undefined) describeLaw(statements, n);
}

/** Articles that one statement writes: fewer calls into SQLite, which has 34,000 of them to take. */
const TOGETHER = 8;

function insertArticles(rows: number): string {
  const values = Array.from({ length: rows }, () => '(?, ?, ?, ?, ?)').join(', ');
  return `insert into law_article (n, label, number, inserted, text) values ${values}`;
}

function writeArticles(
  { addArticle, addArticles }: Statements,
  key: number,
  articles: readonly LawArticle[],
): void {
  const even = articles.length - (articles.length % TOGETHER);
  for (let at = 0; at < even; at += TOGETHER)
    addArticles.run(articleValues(key, articles, at, at + TOGETHER));
  for (let at = even; at < articles.length; at += 1)
    addArticle.run(articleValues(key, articles, at, at + 1));
}

/** Values of the articles from one place to another, a row behind the other. */
function articleValues(key: number, articles: readonly LawArticle[], from: number, to: number) {
  const values: (string | number)[] = [];
  for (let at = from; at < to; at += 1) {
    const article = articles[at];
    if (article === undefined) break;
    values.push(key + at, article.label, article.number, article.inserted, article.text);
  }
  return values;
}

interface Rival {
  readonly path: string;
  readonly articles: number;
}

interface Winner extends Rival {
  readonly base: number;
}

/** Same day, same part: the fuller text counts; where both are as full, the first path, whatever came first. */
function isBetter(file: Rival, other: Rival): boolean {
  return file.articles === other.articles ? file.path < other.path : file.articles > other.articles;
}

/** The row of a law of which this is the only file so far; most laws have no other. */
function addLaw(statements: Statements, id: string, file: LawPart): number {
  const values = valuesOf([file]);
  return Number(statements.addLaw.run(...values, id, plainTitle(file.head.title)).lastInsertRowid);
}

/** Makes a law's row anew from its files, in their order, so that it is the same whichever came first. */
function describeLaw(statements: Statements, n: number): void {
  const files = statements.files.all(n).map((row) => ({
    ...row,
    head: headSchema.parse(writtenJson(statements.files.database, 'law', row.head, undefined)),
  }));
  if (files.length > 0) statements.describe.run(...valuesOf(files), n);
}

/** What a law's row is made from: the head of each of its files, and where its text stands. */
interface LawPart {
  readonly head: Pick<ParsedLaw, 'title' | 'category' | 'notes' | 'repeals' | 'outline'> & {
    readonly genre: string;
    readonly history: readonly unknown[];
    readonly versionDate?: string | undefined;
    readonly inForceFrom?: string | undefined;
  };
  readonly base: number;
  readonly articles: number;
}

/** The columns that describe a law, from title to articles. */
function valuesOf(files: readonly LawPart[]): (string | number | null | undefined)[] {
  const heads = files.map(({ head }) => head);
  const [main] = heads;
  const outline = files.flatMap(({ head, base }): LawHeading[] =>
    head.outline.map((entry) => ({ ...entry, position: entry.position + base })),
  );
  const repeals = [...new Set(heads.flatMap((head) => head.repeals))];
  return [
    ...[main?.title, main?.genre, main?.category, main?.versionDate ?? null, latest(heads)],
    ...[JSON.stringify(longest(heads)), JSON.stringify(main?.notes), JSON.stringify(repeals)],
    ...[JSON.stringify(outline), files.reduce((sum, file) => sum + file.articles, 0)],
  ];
}

function latest(heads: readonly LawPart['head'][]): string | null {
  const days = heads.flatMap(({ inForceFrom }) => inForceFrom ?? []);
  return days.sort().at(-1) ?? null;
}

/** Parts of one law do not all tell the whole of its history. */
function longest(heads: readonly LawPart['head'][]): readonly unknown[] {
  return heads.reduce<readonly unknown[]>(
    (best, { history }) => (history.length > best.length ? history : best),
    [],
  );
}
