import {
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  searchKindSchema,
} from '#shared/contract/search.ts';
import type { Library } from '../content/library.ts';
import { telling } from '../store/damage.ts';
import type { ReadableDb } from '../store/sql.ts';
import type { Correction } from './correction.ts';
import { openIndexReader } from './index-reader.ts';
import { nextSteps } from './next-steps.ts';
import { presentation } from './present.ts';
import { type Ranking, rank } from './rank.ts';
import type { Ranked } from './scores.ts';
import { isCaughtUp } from './search-index.ts';
import { suggestWords } from './suggest.ts';
import { openWordLists, type WordLists } from './word-lists.ts';

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
  const reader = openIndexReader(db, library.station);
  const listsNow = openWordLists(db, library, reader);
  const ask = (text: string, kinds: readonly SearchKind[]): Asked => {
    const lists = listsNow();
    const ranking = rank(lists, text, kinds);
    return { lists, ranking, present: presenting(lists, ranking) };
  };
  return {
    query: ({ text, kinds, limit }) =>
      telling(db.read, () => {
        const asked = ask(text, kinds ?? searchKindSchema.options);
        return {
          ...groupsOf(asked, limit),
          understood: understoodOf(text, asked),
          next: nextSteps(asked.lists, asked.ranking),
          complete: isCaughtUp(db),
        };
      }),
    suggest: (text, limit) =>
      telling(db.read, () => suggestWords(reader, text, library.contentDay(), limit)),
    row: (text, limit) =>
      telling(db.read, () => {
        const { ranking, present } = ask(text, searchKindSchema.options);
        return present(mixed(ranking), limit);
      }),
  };
}

interface Asked {
  readonly lists: WordLists;
  readonly ranking: Ranking;
  /** The first of some documents as they are shown; what a narrower record replaces is left out. */
  readonly present: (ranked: readonly Ranked[], limit: number) => SearchHit[];
}

function presenting(lists: WordLists, ranking: Ranking): Asked['present'] {
  const present = presentation(ranking);
  return (ranked, limit) => {
    const hits: SearchHit[] = [];
    for (const { document } of ranked) {
      if (hits.length >= limit) break;
      const text = lists.shown(document);
      if (text === undefined) continue;
      const { extra } = text;
      const state = extra.law === undefined ? {} : { inForce: lists.isInForce(extra.law) };
      hits.push(present(document, { ...text, extra: { ...extra, ...state } }));
    }
    return hits;
  };
}

function groupsOf(
  { ranking, present }: Asked,
  limit: number,
): Pick<SearchAnswer, 'best' | 'groups'> {
  const byKind = Map.groupBy(ranking.ranked, ({ document }) => document.kind);
  const groups = [...byKind].flatMap(([kind, ranked]) => {
    const hits = present(ranked, limit);
    return hits.length === 0 ? [] : [{ kind, hits, more: ranked.length > limit }];
  });
  return { best: groups[0]?.hits[0], groups };
}

/** What each further hit of a kind loses: five questions in a row help less than three, a guide and an article. */
const MORE_OF_THE_SAME = 0.94;
/** The same for what was not asked for: laws for somebody who wants to know what to do, guides for somebody who asks for the law. */
const MORE_OF_THE_OTHER = 0.8;
const LAWS: ReadonlySet<SearchKind> = new Set(['law', 'law-article']);

function mixed({ ranked, question: { asksLaw } }: Ranking): Ranked[] {
  const seen = new Map<SearchKind, number>();
  return ranked
    .map((one) => {
      const before = seen.get(one.document.kind) ?? 0;
      seen.set(one.document.kind, before + 1);
      const isAsked = LAWS.has(one.document.kind) === asksLaw;
      const part = isAsked ? MORE_OF_THE_SAME : MORE_OF_THE_OTHER;
      return { ...one, score: one.score * part ** before };
    })
    .sort((a, b) => b.score - a.score);
}

const MOST_MEANINGS_SHOWN = 2;

function understoodOf(text: string, { ranking, lists }: Asked): SearchAnswer['understood'] {
  const { question, correction } = ranking;
  const { reference, meanings, sounds, isPhone, whole } = question;
  const said = text.trim();
  return [
    ...(reference === undefined
      ? []
      : [{ type: 'article' as const, law: reference.lawKey, article: reference.article }]),
    ...(correction === undefined || !isSpoken(correction, lists)
      ? []
      : [{ type: 'sound' as const, ...correction }]),
    ...[...Map.groupBy(meanings, (meaning) => meaning.said)]
      .slice(0, MOST_MEANINGS_SHOWN)
      .map(([everyday, of]) => ({
        type: 'synonym' as const,
        said: everyday,
        meant: [...new Set(of.flatMap(({ meant }) => meant))],
      })),
    ...(sounds.length > 0 && ranking.ranked.length > 0 ? [{ type: 'pinyin' as const, said }] : []),
    ...(isPhone ? [{ type: 'phone' as const, said: whole }] : []),
  ];
}

/**
 * Whether people would know a correction for theirs: characters between two words may sound like characters between two
 * others, which finds something and says nothing. Letters are read as a whole and always say what they were read as.
 */
function isSpoken({ said, read }: Correction, lists: WordLists): boolean {
  return !/^\p{Script=Han}+$/u.test(said) || lists.isSaid(read);
}
