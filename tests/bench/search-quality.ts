import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchHit } from '#shared/contract/search.ts';
import { articleKey, lawKey } from '#shared/search/article-reference.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { chinaTime, PROFILES, shippedPack } from '../real-content.ts';
import {
  heldOutSets,
  type JudgedAnswer,
  type JudgedQuery,
  judgedQueries,
} from '../search/judged/judged-set.ts';

const DAY = '2026-11-23 09:30';
const LOOKED_AT = 10;

interface Judged {
  readonly query: JudgedQuery;
  /** From 1; 0 when it is not among the first ten of its group. */
  readonly rank: number;
  /** Whether one of the first five of all kinds answers: what a row without groups shows. */
  readonly inRow: boolean;
}

/** Recall and rank on the judged set, by kind of query; without a folder of statutes those queries are left out. */
export async function searchQuality(lawsFolder: string): Promise<Record<string, unknown>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'search-quality-'));
  const withLaws = existsSync(lawsFolder);
  if (withLaws) await importLaws({ from: lawsFolder, dataDir: folder, onProgress: () => {} });
  const db = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  fillLawsNow(db, lawFolder(folder));
  try {
    const sets = {
      judged: judgedQueries(),
      ...Object.fromEntries(heldOutSets().map(({ name, queries }) => [name, queries])),
    };
    const judged = PROFILES.flatMap((id) => {
      const queries = Object.values(sets)
        .flat()
        .filter(
          ({ profile, answers }) =>
            profile === id && (withLaws || answers.some((one) => 'id' in one)),
        );
      const pack = shippedPack(id);
      loadPack(db, pack, id, chinaTime(DAY));
      indexEverything(db, pack);
      const library = openLibrary({
        db,
        ...pack,
        station: pack.profile.defaultStation,
        now: () => chinaTime(DAY),
      });
      const search = openSearch(db, library);
      return queries.map((query) => judge(query, search.row(query.query, 200)));
    });
    return Object.entries(sets).flatMap(([set, queries]) =>
      report(
        set,
        judged.filter(({ query }) => queries.includes(query)),
      ),
    );
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true });
  }
}

/** Guides and questions are one group, every other kind its own, as the judged set's README counts. */
function groupOf(kind: string): string {
  return kind === 'service' ? 'faq' : kind;
}

function judge(query: JudgedQuery, hits: readonly SearchHit[]): Judged {
  const first = hits.slice(0, 5);
  const inRow = query.answers.some((answer) => first.some((hit) => isAnswer(hit, answer)));
  return { query, rank: rankOf(query, hits), inRow };
}

export function rankOf({ answers }: JudgedQuery, hits: readonly SearchHit[]): number {
  const ranks = answers.map((answer) => {
    const group = hits.filter((hit) => groupOf(hit.kind) === groupOf(answer.kind));
    return group.slice(0, LOOKED_AT).findIndex((hit) => isAnswer(hit, answer)) + 1;
  });
  const found = ranks.filter((rank) => rank > 0);
  return found.length === 0 ? 0 : Math.min(...found);
}

function isAnswer(hit: SearchHit, answer: JudgedAnswer): boolean {
  if ('id' in answer) return hit.kind === answer.kind && hit.id === answer.id;
  const [number = '', inserted] = answer.article.split('之');
  const key = articleKey(`第${number}条${inserted === undefined ? '' : `之${inserted}`}`);
  return (
    hit.kind === 'law-article' &&
    articleKey(hit.extra.article ?? '') === key &&
    sameLaw(hit.extra.lawTitle ?? '', answer.law)
  );
}

function sameLaw(one: string, other: string): boolean {
  const [a, b] = [one, other].map((title) =>
    lawKey(compact(fold(title.replace(/[(（]\d{4}.*$/, '')))),
  );
  return a === b;
}

function report(set: string, judged: readonly Judged[]): Record<string, unknown>[] {
  const kinds = Map.groupBy(judged, ({ query }) => query.kind);
  const lines = [...kinds].map(([kind, of]) => ({
    bench: 'search, recall',
    set,
    kind,
    ...figures(of),
  }));
  const isGuide = ({ query }: Judged) =>
    query.answers.some(({ kind }) => kind === 'service' || kind === 'faq');
  const isArticle = ({ query }: Judged) => query.answers.some(({ kind }) => kind === 'law-article');
  return [
    ...lines,
    {
      bench: 'search, recall',
      set,
      kind: 'all with guides or questions',
      ...figures(judged.filter(isGuide)),
      goalRecallAt5: 0.95,
    },
    {
      bench: 'search, recall',
      set,
      kind: 'all with articles',
      ...figures(judged.filter(isArticle)),
      goalRecallAt5: 0.9,
    },
    {
      bench: 'search, misses',
      set,
      queries: judged.filter(({ rank }) => rank === 0 || rank > 5).map(({ query }) => query.query),
    },
  ];
}

function figures(judged: readonly Judged[]) {
  const found = judged.filter(({ rank }) => rank > 0 && rank <= 5).length;
  const reciprocal = judged.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0);
  const round = (number: number) => Math.round(number * 1000) / 1000;
  return {
    queries: judged.length,
    recallAt5: round(found / judged.length),
    inFirstFiveOfAll: round(judged.filter(({ inRow }) => inRow).length / judged.length),
    mrrAt10: round(reciprocal / judged.length),
  };
}
