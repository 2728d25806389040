import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { searchAnswerSchema } from '#shared/contract/search.ts';
import type { Library } from '#station/content/library.ts';
import { openSearch } from '#station/search/search.ts';
import type { ReadableDb } from '#station/store/sql.ts';
import { judgedQueries } from '../../search/judged/judged-set.ts';

/** What a search asked of SQLite so far. A count, not a time: the same on every machine, however busy. */
interface CountedSteps {
  readonly db: ReadableDb;
  /** Statements run, rows given, and places in the index that the tokens of each look have. */
  readonly steps: () => number;
}

/** Counts what is read through a database. */
function countSteps({ read }: ReadableDb): CountedSteps {
  let steps = 0;
  const places = placesOf(read);
  const counted = new Proxy(read, {
    get(database, key) {
      if (key !== 'prepare') return bound(database, key);
      return (source: string) =>
        countedStatement(database.prepare(source), (given, rows) => {
          steps += 1 + rows + places(source, given);
        });
    },
  });
  return { db: { read: counted }, steps: () => steps };
}

type Count = (given: readonly unknown[], rows: number) => void;

function countedStatement(statement: Database.Statement, count: Count): Database.Statement {
  const counted: Database.Statement = new Proxy(statement, {
    get(target, key) {
      if (key === 'pluck' || key === 'raw')
        return () => {
          target[key]();
          return counted;
        };
      if (key === 'all')
        return (...given: unknown[]) => {
          const rows = target.all(...given);
          count(given, rows.length);
          return rows;
        };
      if (key === 'get')
        return (...given: unknown[]) => {
          const row = target.get(...given);
          count(given, row === undefined ? 0 : 1);
          return row;
        };
      return bound(target, key);
    },
  });
  return counted;
}

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** How many places in the index the tokens of a look have: more than FTS5 goes through, which skips. */
function placesOf(read: Database.Database): (source: string, given: readonly unknown[]) => number {
  const known = new Map<string, number>();
  const count = (table: string, token: string) => {
    const key = `${table} ${token}`;
    const places =
      known.get(key) ??
      read
        .prepare<[string], number>(`select doc from ${table}_terms where term = ?`)
        .pluck()
        .get(token) ??
      0;
    known.set(key, places);
    return places;
  };
  return (source, given) => {
    const table = /(\w+) match /.exec(source)?.[1];
    if (table === undefined) return 0;
    const [first] = given;
    const query =
      typeof first === 'object' && first !== null && 'query' in first ? first.query : first;
    const tokens = String(query)
      .replaceAll(/\b(?:AND|OR)\b/g, ' ')
      .split(/["\s()+]+/)
      .filter((token) => token !== '');
    return tokens.reduce((sum, token) => sum + count(table, token), 0);
  };
}

/**
 * Anything that may stand in the box, 0 to 200 characters: any sign of Unicode, letters and numbers as people type them, and
 * rows of what texts have most of, which is the dearest.
 */
function anyQuestion(frequent: readonly string[]): fc.Arbitrary<string> {
  const typed = Array.from('劳动仲裁离婚的第条一0123abcld"*():^- 　，《》\u0000𠮷ü');
  return fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...typed), maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz ')),
        maxLength: 40,
      }),
      fc.array(fc.constantFrom(...frequent), { maxLength: 100 }).map((parts) => parts.join('')),
      fc.array(fc.constantFrom(...frequent), { maxLength: 60 }).map((parts) => parts.join(' ')),
    )
    .map((text) => text.slice(0, 200));
}

/** Pairs of characters that most texts have. */
function frequentPairs({ read }: ReadableDb): string[] {
  return read
    .prepare<[], string>(
      `select term from search_body_terms where length(term) = 2 order by doc desc limit 200`,
    )
    .pluck()
    .all();
}

/** The value below which this part of the numbers lies. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** What any text costs, against what people ask. */
export interface AnyTextFigures {
  readonly texts: number;
  readonly documents: number;
  /** Steps of the judged queries: half of them take fewer, and 99 in a hundred. */
  readonly usual: number;
  readonly limit: number;
  readonly dearest: number;
  /** The first text that failed or took more than ten times the limit. */
  readonly fault: string | undefined;
}

const TIMES_THE_LIMIT = 10;
/** Of the judged queries, so many are left out for one that is asked. */
const EVERY = 4;

/** Asks what people ask, then anything; the limit is what 99 of a hundred of people's questions take. */
export function askAnything(
  db: ReadableDb,
  library: Library,
  { texts, seed }: { texts: number; seed: number },
): AnyTextFigures {
  const { db: counted, steps } = countSteps(db);
  const search = openSearch(counted, library);
  const stepsOf = (text: string) => {
    const before = steps();
    const answer = search.query({ text, limit: 5 });
    search.suggest(text, 8);
    searchAnswerSchema.parse(answer);
    return steps() - before;
  };
  // The lists that are made once for all questions are no part of any.
  stepsOf('');
  const asked = judgedQueries()
    .filter((_, at) => at % EVERY === 0)
    .map(({ query }) => stepsOf(query));
  const limit = quantile(asked, 0.99);
  const taken: number[] = [];
  const { failed, counterexample } = fc.check(
    fc.property(anyQuestion(frequentPairs(db)), (text) => {
      taken.push(stepsOf(text));
      return (taken.at(-1) ?? 0) <= TIMES_THE_LIMIT * limit;
    }),
    { numRuns: texts, seed },
  );
  return {
    texts,
    documents: db.read.prepare<[], number>('select count(*) from search_doc').pluck().get() ?? 0,
    usual: quantile(asked, 0.5),
    limit,
    dearest: Math.max(...taken),
    fault: failed ? JSON.stringify(counterexample) : undefined,
  };
}
