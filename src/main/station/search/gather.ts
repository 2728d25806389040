import type { SearchKind } from '#shared/contract/search.ts';
import { fold } from '#shared/search/fold-text.ts';
import { phraseOf } from '#shared/search/grams.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { IndexReader, KindSpan } from './index-reader.ts';
import type { Question, Term } from './read-question.ts';
import { soundQuery } from './sound-query.ts';
import type { WordLists } from './word-lists.ts';

/** Candidates by number, with how much speaks for each before it is looked at. */
export type Candidates = Map<number, number>;

/** Kinds that are looked into together when a question has many parts. */
const SPANS: readonly KindSpan[] = [
  { from: 'service', to: 'notice' },
  { from: 'law', to: 'law' },
  { from: 'law-article', to: 'law-article' },
  { from: 'legal-case', to: 'list' },
];
/** Enough of each kind to rank from; more would only cost time. */
const OF_KIND = 40;
const OF_TERM = 25;
const OF_PAIR = 15;
const MOST_PAIRED = 4;
const MOST_LOOKED_UP = 8;
const IN_HEAD = '{title words} : ';

/** Collects what may answer a question: a bounded number, however many texts have its words. */
export function gatherCandidates(
  reader: IndexReader,
  lists: WordLists,
  question: Question,
  kinds: readonly SearchKind[],
  day: LocalDate,
): Candidates {
  const candidates: Candidates = new Map();
  const add = (docs: readonly number[], points: number) => {
    for (const doc of docs) candidates.set(doc, (candidates.get(doc) ?? 0) + points);
  };
  const head = (query: string, span: KindSpan, limit: number) =>
    reader.inHead(query, span, day, limit);
  const body = (query: string, span: KindSpan, limit: number) =>
    reader.inBody(query, span, day, limit);

  const whole = phraseOf(question.text);
  if (whole !== undefined)
    for (const kind of kinds) {
      const span = { from: kind, to: kind };
      const inHead = head(`${IN_HEAD}(${whole})`, span, OF_KIND);
      add(inHead, 60);
      if (inHead.length < OF_KIND) add(body(whole, span, OF_KIND), 25);
    }
  for (const units of question.sounds) {
    const query = soundQuery(units);
    if (query !== undefined)
      for (const kind of kinds) add(head(query, { from: kind, to: kind }, OF_KIND), 50);
  }
  for (const { meant, quality } of question.meanings) {
    const terms = meant.flatMap((term) => phraseOf(fold(term)) ?? []);
    for (const span of SPANS) {
      if (terms.length > 1) add(body(terms.join(' AND '), span, OF_TERM), 35 * quality);
      for (const term of terms) {
        add(head(`${IN_HEAD}(${term})`, span, OF_TERM), 30 * quality);
        add(body(term, span, OF_TERM), 12 * quality);
      }
    }
  }
  gatherTerms(question.terms, { head, body, add });
  if (kinds.includes('law-article'))
    gatherNeeded(question, whole, (query, points) =>
      add(reader.inLaws(query, lists.neededLaws(), day, OF_KIND), points),
    );
  const { within } = question;
  if (within !== undefined)
    gatherWithin(question, within, (query, points) =>
      add(reader.inLaws(query, [within.lawKey], day, OF_KIND), points),
    );
  return candidates;
}

/** The laws that people need are looked into by themselves: of a frequent word the first articles may all be others'. */
function gatherNeeded(
  { terms }: Question,
  whole: string | undefined,
  look: (query: string, points: number) => void,
): void {
  if (whole !== undefined) look(whole, 30);
  const phrases = terms.slice(0, 3).flatMap(({ text, weight }) => {
    const query = phraseOf(text);
    return query === undefined ? [] : [{ query, weight }];
  });
  for (const [at, one] of phrases.entries())
    for (const other of phrases.slice(at + 1))
      look(`${one.query} AND ${other.query}`, one.weight + other.weight);
}

/** In a law that was named: the rest as it stands, its parts, and what everyday words mean. */
function gatherWithin(
  { meanings }: Question,
  { text, terms }: NonNullable<Question['within']>,
  look: (query: string, points: number) => void,
): void {
  const rest = phraseOf(text);
  if (rest !== undefined) look(rest, 60);
  for (const { text: part, weight } of terms.slice(0, MOST_LOOKED_UP)) {
    const query = phraseOf(part);
    if (query !== undefined) look(query, 20 + weight * 3);
  }
  for (const { meant, quality } of meanings)
    for (const term of meant) {
      const query = phraseOf(fold(term));
      if (query !== undefined) look(query, 30 * quality);
    }
}

interface Looks {
  readonly head: (query: string, span: KindSpan, limit: number) => number[];
  readonly body: (query: string, span: KindSpan, limit: number) => number[];
  readonly add: (docs: readonly number[], points: number) => void;
}

/** Texts that have the most telling parts, and first of all those that have two of them. */
function gatherTerms(terms: readonly Term[], { head, body, add }: Looks): void {
  const phrases = terms.slice(0, MOST_LOOKED_UP).flatMap(({ text, weight }) => {
    const query = phraseOf(text);
    return query === undefined ? [] : [{ query, weight }];
  });
  for (const span of SPANS) {
    for (const { query, weight } of phrases) {
      add(head(IN_HEAD + query, span, OF_TERM), weight * 3);
      add(body(query, span, OF_TERM), weight * 2);
    }
    const paired = phrases.slice(0, MOST_PAIRED);
    for (const [at, one] of paired.entries())
      for (const other of paired.slice(at + 1))
        add(body(`${one.query} AND ${other.query}`, span, OF_PAIR), one.weight + other.weight);
  }
}
