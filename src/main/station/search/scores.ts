import type { SearchKind } from '#shared/contract/search.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { IndexedDocument, IndexReader } from './index-reader.ts';
import type { Question } from './read-question.ts';
import type { WordLists } from './word-lists.ts';

/** A document with how well it answers. */
export interface Ranked {
  readonly document: IndexedDocument;
  readonly score: number;
  /** What its words alone give, without regard to how such matters are told. */
  readonly byWords: number;
}

/** A question under way: what it is asked of, and what was found so far. */
export interface Work {
  readonly reader: IndexReader;
  readonly lists: WordLists;
  readonly question: Question;
  readonly kinds: readonly SearchKind[];
  readonly day: LocalDate;
  readonly scores: Map<number, Ranked>;
}

/** Notes what a document scores where that is more than it had. */
export function raise({ scores }: Work, document: IndexedDocument, score: number): void {
  const known = scores.get(document.doc);
  if (known === undefined || known.score < score)
    scores.set(document.doc, { document, score, byWords: score });
}

/** Whether it is a text of law that does not hold today: that is not written into the index, because it changes with the day. */
export function isOver({ law, owner }: IndexedDocument, lists: WordLists): boolean {
  return law !== null && !lists.isInForce(owner);
}

/** A word or two are found as such; a few characters beside letters are not all that is told. */
export function isTold(whole: string): boolean {
  const characters = Array.from(whole.replaceAll(/[^\u3400-\u9fff]/g, '')).length;
  return characters >= (/[a-z]/.test(whole) ? SENTENCE : PHRASE);
}

const PHRASE = 3;
const SENTENCE = 5;
