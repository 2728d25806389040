import {
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  searchKindSchema,
} from '#shared/contract/search.ts';
import type { Library } from '../content/library.ts';
import { keepCatalogue } from '../laws/law-catalogue.ts';
import type { ReadableDb } from '../store/sql.ts';
import { openIndexReader } from './index-reader.ts';
import { presentHit } from './present.ts';
import { type Ranked, type Ranking, rank } from './rank.ts';
import { isCaughtUp } from './search-index.ts';
import { suggestWords } from './suggest.ts';
import { openWordLists } from './word-lists.ts';

export interface SearchQuestion {
  readonly text: string;
  readonly kinds?: readonly SearchKind[] | undefined;
  /** Most hits of a group. */
  readonly limit: number;
}

/** Finds what this station shows now. */
export interface Search {
  readonly query: (question: SearchQuestion) => SearchAnswer;
  readonly suggest: (text: string, limit: number) => { words: string[] };
  /** All hits in one row, best first, kinds mixed so that the first few do not all say the same. */
  readonly row: (text: string, limit: number) => SearchHit[];
}

export function openSearch(db: ReadableDb, library: Library): Search {
  const catalogue = keepCatalogue(db, library.contentDay);
  const lawState = (law: string) => catalogue().byId.get(law)?.state;
  const reader = openIndexReader(db, library.station, lawState);
  const lists = openWordLists(db, library, reader);
  const ask = (text: string, kinds: readonly SearchKind[]) =>
    rank(reader, lists, text, kinds, library.contentDay());
  return {
    query: ({ text, kinds, limit }) => {
      const ranking = ask(text, kinds ?? searchKindSchema.options);
      return {
        ...groupsOf(ranking, limit),
        understood: understoodOf(text, ranking),
        next: nextSteps(library),
        complete: isCaughtUp(db),
      };
    },
    suggest: (text, limit) => suggestWords(reader, text, library.contentDay(), limit),
    row: (text, limit) => {
      const ranking = ask(text, searchKindSchema.options);
      return mixed(ranking.ranked)
        .slice(0, limit)
        .map(({ document }) => presentHit(document, ranking));
    },
  };
}

function groupsOf(ranking: Ranking, limit: number): Pick<SearchAnswer, 'best' | 'groups'> {
  const byKind = Map.groupBy(ranking.ranked, ({ document }) => document.kind);
  const groups = [...byKind].map(([kind, ranked]) => ({
    kind,
    hits: ranked.slice(0, limit).map(({ document }) => presentHit(document, ranking)),
    more: ranked.length > limit,
  }));
  return { best: groups[0]?.hits[0], groups };
}

/** What each further hit of a kind loses: five questions in a row help less than three, a guide and an article. */
const MORE_OF_THE_SAME = 0.94;

function mixed(ranked: readonly Ranked[]): Ranked[] {
  const seen = new Map<SearchKind, number>();
  return ranked
    .map((one) => {
      const before = seen.get(one.document.kind) ?? 0;
      seen.set(one.document.kind, before + 1);
      return { ...one, score: one.score * MORE_OF_THE_SAME ** before };
    })
    .sort((a, b) => b.score - a.score);
}

const MOST_MEANINGS_SHOWN = 2;

function understoodOf(text: string, ranking: Ranking): SearchAnswer['understood'] {
  const { question, correction } = ranking;
  const { reference, meanings, sounds, isPhone, whole } = question;
  const said = text.trim();
  return [
    ...(reference === undefined
      ? []
      : [{ type: 'article' as const, law: reference.lawKey, article: reference.article }]),
    ...(correction === undefined ? [] : [{ type: 'sound' as const, ...correction }]),
    ...meanings.slice(0, MOST_MEANINGS_SHOWN).map(({ said: everyday, meant }) => ({
      type: 'synonym' as const,
      said: everyday,
      meant: [...meant],
    })),
    ...(sounds.length > 0 && ranking.ranked.length > 0 ? [{ type: 'pinyin' as const, said }] : []),
    ...(isPhone ? [{ type: 'phone' as const, said: whole }] : []),
  ];
}

/** Never empty: whoever finds nothing here can ask a person. */
function nextSteps(library: Library): SearchAnswer['next'] {
  const triage = library.records('triage').length > 0;
  return [
    { type: 'call', number: LEGAL_HOTLINE },
    ...(triage ? [{ type: 'triage' as const }] : []),
    { type: 'staff' },
  ];
}

/** The national legal service hotline. */
const LEGAL_HOTLINE = '12348';
