import type Database from 'better-sqlite3';
import { scopeChain } from '#shared/content/scope.ts';
import type { SearchExtra, SearchKind } from '#shared/contract/search.ts';
import type { LawState } from '#shared/laws/law-state.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { ReadableDb } from '../store/sql.ts';
import { bandOf } from './search-index.ts';

/** A candidate with all that ranking looks at. */
export interface IndexedDocument {
  readonly doc: number;
  readonly kind: SearchKind;
  readonly id: string;
  readonly scope: string;
  readonly law: string | null;
  readonly article: string | null;
  readonly title: string;
  readonly words: readonly string[];
  readonly extra: SearchExtra;
  readonly body: string;
}

/** Which kinds a look into the index covers: one, or from one to another in the order of the contract. */
export interface KindSpan {
  readonly from: SearchKind;
  readonly to: SearchKind;
}

/** Reads the index for one station: whatever it gives is shown there on the day asked for. */
export interface IndexReader {
  /** Numbers of documents whose title, words or sounds, or whose text, answer an index query, lowest first. */
  readonly inHead: (query: string, span: KindSpan, day: LocalDate, limit: number) => number[];
  readonly inBody: (query: string, span: KindSpan, day: LocalDate, limit: number) => number[];
  readonly byArticle: (law: string | undefined, article: string, day: LocalDate) => number[];
  /** Articles of some laws whose text answers an index query. */
  readonly inLaws: (
    query: string,
    laws: readonly string[],
    day: LocalDate,
    limit: number,
  ) => number[];
  readonly load: (doc: number) => IndexedDocument | undefined;
  readonly citationsOf: (doc: number) => { law: string; article: string }[];
  /** How many documents have a token, at least one. */
  readonly frequency: (token: string) => number;
  readonly documents: () => number;
  /** How often laws are cited by guides and questions: the ones that people need. */
  readonly citedLaws: () => ReadonlyMap<string, number>;
  /** Laws by `lawKey`, with the number of articles that stand in the index. */
  readonly lawNames: () => readonly string[];
  /** Whether a narrower scope has a record of the same name, which is then shown instead. */
  readonly isReplaced: (document: IndexedDocument, day: LocalDate) => boolean;
}

/** Opens the index for a station; statements are prepared once. */
export function openIndexReader(
  { read }: ReadableDb,
  station: string,
  lawState: (law: string) => LawState | undefined,
): IndexReader {
  const chain = scopeChain(station);
  const shown = `d.shown_in in (${chain.map((scope) => `'${scope}'`).join(', ')})
    and d.effective_from <= @day and (d.valid_until is null or d.valid_until >= @day)`;
  const matching = (table: string) =>
    read
      .prepare<[Record<string, unknown>], number>(
        `select d.doc from ${table} t join search_doc d on d.doc = t.rowid
         where ${table} match @query and t.rowid between @from and @to and ${shown} order by t.rowid limit @limit`,
      )
      .pluck();
  const head = matching('search_head');
  const body = matching('search_body');
  const look =
    (statement: Database.Statement<[Record<string, unknown>], number>) =>
    (query: string, span: KindSpan, day: LocalDate, limit: number) =>
      statement.all({ query, from: bandOf(span.from)[0], to: bandOf(span.to)[1], day, limit });
  const inLaws = read
    .prepare<[Record<string, unknown>], number>(
      `select d.doc from search_body t join search_doc d on d.doc = t.rowid
       where search_body match @query and t.rowid between @from and @to and d.law in (select value from json_each(@laws)) and ${shown}
       order by t.rowid limit @limit`,
    )
    .pluck();
  const [from, to] = bandOf('law-article');
  return {
    inHead: look(head),
    inBody: look(body),
    inLaws: (query, laws, day, limit) =>
      inLaws.all({ query, laws: JSON.stringify(laws), day, limit, from, to }),
    ...rowReaders(read, shown, lawState),
    ...frequencies(read),
    isReplaced: replacement(read, shown, chain),
  };
}

interface DocumentRow extends Omit<IndexedDocument, 'words' | 'extra'> {
  readonly words: string;
  readonly extra: string;
}

function rowReaders(
  read: Database.Database,
  shown: string,
  lawState: (law: string) => LawState | undefined,
) {
  const one = read.prepare<[number], DocumentRow>(
    `select doc, kind, id, scope, law, article, title, words, extra, body from search_doc where doc = ?`,
  );
  const articles = read
    .prepare<[Record<string, unknown>], number>(
      `select d.doc from search_doc d where d.article = @article and (@law is null or d.law = @law) and ${shown}
       order by d.doc limit 60`,
    )
    .pluck();
  const citations = read.prepare<[number], { law: string; article: string }>(
    'select law, article from search_citation where doc = ? order by position',
  );
  return {
    load: (doc: number) => {
      const row = one.get(doc);
      if (row === undefined) return undefined;
      const { words, extra, ...rest } = row;
      return {
        ...rest,
        words: JSON.parse(words) as string[],
        extra: withState(JSON.parse(extra) as SearchExtra, lawState),
      };
    },
    byArticle: (law: string | undefined, article: string, day: LocalDate) =>
      articles.all({ law: law ?? null, article, day }),
    citationsOf: (doc: number) => citations.all(doc),
  };
}

/** Whether a law holds today is not written into the index: it changes with the day. */
function withState(
  extra: SearchExtra,
  lawState: (law: string) => LawState | undefined,
): SearchExtra {
  if (extra.law === undefined) return extra;
  const state = lawState(extra.law);
  return { ...extra, inForce: state === 'in-force' || state === 'unknown' };
}

function frequencies(read: Database.Database) {
  const count = (table: string) =>
    read.prepare<[string], number>(`select doc from ${table} where term = ?`).pluck();
  const head = count('search_head_terms');
  const body = count('search_body_terms');
  const documents = read.prepare<[], number>('select count(*) from search_doc').pluck();
  const cited = read.prepare<[], { law: string; times: number }>(
    'select law, count(*) as times from search_citation group by law',
  );
  const names = read
    .prepare<[], string>(
      `select distinct law from search_doc where law is not null and kind = 'law'`,
    )
    .pluck();
  return {
    frequency: (token: string) => (head.get(token) ?? 0) + (body.get(token) ?? 0),
    documents: () => documents.get() ?? 0,
    citedLaws: () => new Map(cited.all().map(({ law, times }) => [law, times])),
    lawNames: () => names.all(),
  };
}

function replacement(read: Database.Database, shown: string, chain: readonly string[]) {
  const others = read
    .prepare<[Record<string, unknown>], string>(
      `select d.scope from search_doc d where d.kind = @kind and d.id = @id and d.scope <> @scope and ${shown}`,
    )
    .pluck();
  return ({ kind, id, scope }: IndexedDocument, day: LocalDate) =>
    others
      .all({ kind, id, scope, day })
      .some((other) => chain.indexOf(other) > chain.indexOf(scope));
}
