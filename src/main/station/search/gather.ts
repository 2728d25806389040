import { phraseOf } from '#shared/search/grams.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { NEEDED_ARTICLES } from './document-number.ts';
import type { IndexReader } from './index-reader.ts';
import type { Question, Term } from './read-question.ts';
import { soundQuery } from './sound-query.ts';

/** Candidates by number, with how much speaks for each before it is looked at. */
export type Candidates = Map<number, number>;

/** What was gathered. */
export interface Gathered {
  readonly candidates: Candidates;
  /** Whether the question stands as it is in a title or among the words that people say. */
  readonly standsInHead: boolean;
}

/** Enough of each look to rank from; more would only cost time. */
const OF_WHOLE = 160;
const OF_SOUND = 120;
const OF_MEANING = 60;
const OF_TERM = 60;
const OF_PAIR = 40;
const MOST_PAIRED = 4;
const MOST_LOOKED_UP = 8;

/** Where candidates are looked for. */
export interface Field {
  readonly reader: IndexReader;
  readonly day: LocalDate;
  /** Kinds that are asked for, as `slotsOf` gives them. */
  readonly slots: number;
}

/** Points for what a look finds. */
type Gather = (query: string, limit: number, points: number) => number;

interface Looks {
  readonly head: Gather;
  readonly body: Gather;
  readonly needed: Gather;
}

/** Collects what may answer a question: a bounded number, however many texts have its words. */
export function gatherCandidates(field: Field, question: Question): Gathered {
  const candidates: Candidates = new Map();
  const { reader, day, slots } = field;
  const add = (docs: readonly number[], points: number) => {
    for (const doc of docs) candidates.set(doc, (candidates.get(doc) ?? 0) + points);
    return docs.length;
  };
  const looks: Looks = {
    head: (query, limit, points) => add(reader.inHead({ query, day, limit, slots }), points),
    body: (query, limit, points) => add(reader.inBody({ query, day, limit, slots }), points),
    needed: (query, limit, points) =>
      add(reader.inBody({ query, day, limit, slots: slots & NEEDED_ARTICLES }), points),
  };
  const standsInHead = gatherWhole(question, looks);
  gatherMeanings(question, looks);
  gatherTerms(mostTelling(question), looks);
  const { within } = question;
  if (within !== undefined)
    gatherWithin(question, within, (query, points) =>
      add(reader.inLaw({ query, day, limit: OF_PAIR }, within.lawKey), points),
    );
  return { candidates, standsInHead };
}

/** The question as it stands, and as it sounds. */
function gatherWhole({ text, sounds }: Question, { head, body, needed }: Looks): boolean {
  for (const units of sounds) {
    const query = soundQuery(units);
    if (query !== undefined) head(query, OF_SOUND, 50);
  }
  const whole = phraseOf(text);
  if (whole === undefined) return false;
  body(whole, OF_WHOLE, 25);
  needed(whole, OF_PAIR, 30);
  return head(whole, OF_WHOLE, 60) > 0;
}

/** Texts with the legal words that everyday ones mean. */
function gatherMeanings({ meanings }: Question, { head, body }: Looks): void {
  for (const { terms, quality } of meanings) {
    const phrases = terms.flatMap((term) => phraseOf(term) ?? []);
    if (phrases.length > 1) body(phrases.join(' AND '), OF_MEANING, 35 * quality);
    for (const term of phrases) {
      head(term, OF_MEANING, 30 * quality);
      body(term, OF_MEANING, 12 * quality);
    }
  }
}

/** In a law that was named: the rest as it stands, its parts, and what everyday words mean. */
function gatherWithin(
  { meanings }: Question,
  { text, terms }: NonNullable<Question['within']>,
  look: (query: string, points: number) => void,
): void {
  const rest = phraseOf(text);
  if (rest !== undefined) look(rest, 60);
  for (const { query, weight } of phrasesOf(terms)) look(query, 20 + weight * 3);
  for (const meaning of meanings)
    for (const term of meaning.terms) {
      const query = phraseOf(term);
      if (query !== undefined) look(query, 30 * meaning.quality);
    }
}

/** Parts of the question as it was said and as everybody says it; no more of them than of one. */
function mostTelling({ terms, plainly }: Question): readonly Term[] {
  if (plainly === undefined) return terms;
  const all = new Map([...terms, ...plainly.terms].map((term) => [term.text, term]));
  return [...all.values()].sort((a, b) => b.weight - a.weight);
}

/** Texts that have the most telling parts, and first of all those that have two of them. */
function gatherTerms(terms: readonly Term[], { head, body, needed }: Looks): void {
  const phrases = phrasesOf(terms);
  for (const { query, weight } of phrases) {
    head(query, OF_TERM, weight * 3);
    body(query, OF_TERM, weight * 2);
  }
  const paired = phrases.slice(0, MOST_PAIRED);
  for (const [at, one] of paired.entries())
    for (const other of paired.slice(at + 1)) {
      const both = `${one.query} AND ${other.query}`;
      body(both, OF_PAIR, one.weight + other.weight);
      if (at < 2) needed(both, OF_PAIR, one.weight + other.weight);
    }
}

function phrasesOf(terms: readonly Term[]): { query: string; weight: number }[] {
  return terms.slice(0, MOST_LOOKED_UP).flatMap(({ text, weight }) => {
    const query = phraseOf(text);
    return query === undefined ? [] : [{ query, weight }];
  });
}
