import type Database from 'better-sqlite3';
import { scopeChain } from '#shared/content/scope.ts';
import type { SearchExtra, SearchKind } from '#shared/contract/search.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { writtenJson } from '../store/damage.ts';
import type { ReadableDb } from '../store/sql.ts';
import { EVERYTHING, slotsOf } from './document-number.ts';

/** A candidate with all that ranking looks at; texts are folded and without gaps. */
export interface IndexedDocument {
  readonly doc: number;
  readonly kind: SearchKind;
  readonly id: string;
  readonly scope: string;
  /** Id of the record or law that it is made from. */
  readonly owner: string;
  readonly law: string | null;
  readonly article: string | null;
  /** What speaks for it before anything is asked. */
  readonly standing: number;
  /** Of persons: codes of the outlets and divisions that they serve. */
  readonly serves: readonly string[];
  readonly title: string;
  readonly words: readonly string[];
  /** The words, one a line. */
  readonly said: string;
  readonly body: string;
}

/** A document as it is shown. */
export interface ShownText {
  readonly title: string;
  readonly words: readonly string[];
  readonly body: string;
  readonly extra: SearchExtra;
}

/** A look into the index: an FTS5 query, on which day, at most how many, of which rows of numbers (`slotsOf`). */
export interface Look {
  readonly query: string;
  readonly day: LocalDate;
  readonly limit: number;
  readonly slots: number;
}

/** Reads the index for one station: whatever it gives is shown there on the day asked for. */
export interface IndexReader {
  /** Numbers of documents whose title, words or sounds, or whose text, answer an index query, lowest first. */
  readonly inHead: (look: Look) => readonly number[];
  readonly inBody: (look: Look) => readonly number[];
  /** Articles whose text answers an index query, of a law and what stands between its versions. */
  readonly inLaw: (look: Omit<Look, 'slots'>, law: string) => number[];
  readonly byArticle: (law: string | undefined, article: string, day: LocalDate) => number[];
  /** The first documents of some rows of numbers that are shown on a day. */
  readonly shownOf: (look: Omit<Look, 'query'>) => readonly number[];
  readonly load: (doc: number) => IndexedDocument | undefined;
  readonly textOf: (doc: number) => ShownText | undefined;
  readonly citationsOf: (doc: number) => { law: string; article: string }[];
  /** How many documents have a token; of one that very many have, how many had it when they were last counted. */
  readonly frequency: (token: string) => number;
  /** Whether a token stands in any title or among the words, be it shown or not. */
  readonly hasInHead: (token: string) => boolean;
  readonly documents: () => number;
  /** Titles and words of at most so many documents that are no articles, folded. */
  readonly names: (most: number) => readonly string[];
  /** How often laws are cited by guides and questions: the ones that people need. */
  readonly citedLaws: () => ReadonlyMap<string, number>;
  readonly lawNames: () => readonly string[];
  /** Whether a narrower scope has a record of the same name, which is then shown instead. */
  readonly isReplaced: (document: IndexedDocument, day: LocalDate) => boolean;
}

/** Opens the index for a station; statements are prepared once. */
export function openIndexReader({ read }: ReadableDb, station: string): IndexReader {
  const chain = scopeChain(station);
  const shown = `d.shown_in in (${chain.map((scope) => `'${scope}'`).join(', ')})
    and d.effective_from <= @day and (d.valid_until is null or d.valid_until >= @day)`;
  return {
    ...looks(read, shown),
    ...rowReaders(read, shown),
    ...wordReaders(read),
    isReplaced: replacement(read, shown, chain),
  };
}

function looks(read: Database.Database, shown: string) {
  // A cross join keeps the order: SQLite would else begin with the rows, and ask FTS5 for each of them.
  const matching = (table: string, among = '') =>
    read
      .prepare<[Record<string, unknown>], number>(
        `select t.rowid from ${table} t cross join search_shown d on d.doc = t.rowid
         where ${table} match @query and (1 << (t.rowid & 31)) & @slots ${among} and ${shown}
         order by t.rowid limit @limit`,
      )
      .pluck();
  const head = matching('search_head');
  const body = matching('search_body');
  const ofLaw = matching('search_body', 'and t.rowid between @first and @last');
  const ofSlots = read
    .prepare<[Record<string, unknown>], number>(
      `select d.doc from search_shown d
       where (1 << (d.doc & 31)) & @slots and ${shown} order by d.doc limit @limit`,
    )
    .pluck();
  const span = read.prepare<[string], { first: number; last: number }>(
    'select first, last from search_law where law = ?',
  );
  return {
    inHead: (look: Look) => head.all({ ...look }),
    inBody: (look: Look) => body.all({ ...look }),
    shownOf: (look: Omit<Look, 'query'>) => ofSlots.all({ ...look }),
    inLaw: (look: Omit<Look, 'slots'>, law: string) => {
      const numbers = span.get(law);
      return numbers === undefined ? [] : ofLaw.all({ ...look, ...numbers, slots: ARTICLES });
    },
  };
}

const ARTICLES = slotsOf(['law-article']);

interface DocumentRow extends Omit<IndexedDocument, 'words' | 'serves'> {
  readonly serves: string;
}

interface TextRow {
  readonly title: string;
  readonly words: string;
  readonly body: string;
  readonly extra: string;
}

function rowReaders(read: Database.Database, shown: string) {
  const one = read.prepare<[number], DocumentRow>(
    'select doc, kind, id, scope, owner, law, article, standing, title, words as said, body, serves from search_doc where doc = ?',
  );
  const text = read.prepare<[number], TextRow>(
    'select title, words, extra, body from search_text where doc = ?',
  );
  const articles = (ofLaw: string) =>
    read
      .prepare<[Record<string, unknown>], number>(
        `select a.doc from search_doc a cross join search_shown d on d.doc = a.doc
         where a.article = @article ${ofLaw} and ${shown} order by a.doc limit 60`,
      )
      .pluck();
  const anyLaw = articles('');
  const oneLaw = articles('and a.law = @law');
  const citations = read.prepare<[number], { law: string; article: string }>(
    'select law, article from search_citation where doc = ? order by position',
  );
  return {
    load: (doc: number) => {
      const row = one.get(doc);
      return row && { ...row, words: partsOf(row.said, '\n'), serves: partsOf(row.serves, ' ') };
    },
    textOf: (doc: number) => {
      const row = text.get(doc);
      return (
        row && {
          ...row,
          words: writtenJson(read, 'search', row.words, []) as string[],
          extra: writtenJson(read, 'search', row.extra, {}) as SearchExtra,
        }
      );
    },
    byArticle: (law: string | undefined, article: string, day: LocalDate) =>
      law === undefined ? anyLaw.all({ article, day }) : oneLaw.all({ law, article, day }),
    citationsOf: (doc: number) => citations.all(doc),
  };
}

function partsOf(row: string, between: string): string[] {
  return row === '' ? [] : row.split(between);
}

/** Articles have no titles that anybody says. */
const TITLED = EVERYTHING & ~ARTICLES;

function wordReaders(read: Database.Database) {
  const count = (table: string) =>
    read.prepare<[string], number>(`select doc from ${table} where term = ?`).pluck();
  const head = count('search_head_terms');
  const body = count('search_body_terms');
  const frequent = read
    .prepare<[string], number>('select documents from search_frequent where token = ?')
    .pluck();
  const any = read.prepare<[string]>('select 1 from search_head where search_head match ? limit 1');
  const documents = read.prepare<[], number>('select count(*) from search_shown').pluck();
  const cited = read.prepare<[], { law: string; times: number }>(
    'select law, times from search_cited where times > 0',
  );
  const lawNames = read
    .prepare<[], string>(`select distinct law from search_doc where kind = 'law'`)
    .pluck();
  const names = read.prepare<[number, number], { title: string; words: string }>(
    'select title, words from search_doc where (1 << (doc & 31)) & ? order by doc limit ?',
  );
  return {
    names: (most: number) =>
      names.all(TITLED, most).flatMap(({ title, words }) => [title, ...partsOf(words, '\n')]),
    frequency: (token: string) =>
      frequent.get(token) ?? (head.get(token) ?? 0) + (body.get(token) ?? 0),
    hasInHead: (token: string) => any.get(`"${token}"`) !== undefined,
    documents: () => documents.get() ?? 0,
    citedLaws: () => new Map(cited.all().map(({ law, times }) => [law, times])),
    lawNames: () => lawNames.all().filter((name) => name !== null),
  };
}

function replacement(read: Database.Database, shown: string, chain: readonly string[]) {
  const others = read
    .prepare<[Record<string, unknown>], string>(
      `select a.scope from search_doc a cross join search_shown d on d.doc = a.doc
       where a.kind = @kind and a.id = @id and a.scope <> @scope and ${shown}`,
    )
    .pluck();
  // There is one law of a name and day, and nothing is narrower than the outlet itself.
  return ({ kind, id, scope, law }: IndexedDocument, day: LocalDate) =>
    law === null &&
    scope !== chain.at(-1) &&
    others
      .all({ kind, id, scope, day })
      .some((other) => chain.indexOf(other) > chain.indexOf(scope));
}
