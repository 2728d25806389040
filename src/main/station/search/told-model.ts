import type { Sayings } from '#shared/search/everyday-words.ts';
import { compact } from '#shared/search/fold-text.ts';
import type { IndexedDocument } from './index-reader.ts';

/** Which guides and questions a story is likely to be about, whatever words it is told in. */
export interface ToldModel {
  /**
   * How much likelier a story, given in one or more wordings, is told of a document than of anything, by the document's number: in
   * nats, only what is likelier. Any text of another matter has 5 at most, half of the stories that people tell more than 20.
   */
  readonly likely: (wordings: readonly string[]) => ReadonlyMap<number, number>;
}

/** Characters that anybody may say of anything, beside what was told of a document: the more, the less a single word decides. */
const ANYTHING = 1000;
/** What was said twice tells less than twice as much. */
const REPEATED = 0.7;

/**
 * Learns from titles, words and sayings which characters and pairs of characters people use for which document. A story is held to be
 * about the document of which it would be told most likely: many small signs (绑钢筋, 带班的, 没回去过年) count together, where no
 * part of it stands in any title. Naive Bayes, smoothed towards what is said of all documents.
 */
export function toldModel(documents: readonly IndexedDocument[], { all }: Sayings): ToldModel {
  const counts = documents.map(({ title, words }) => {
    const count: Count = new Map();
    for (const text of [title, ...words]) countSigns(count, signsOf(text), 1);
    return count;
  });
  const placesOf = placesByTerm(documents);
  for (const [terms, sayings] of Map.groupBy(all, (saying) => saying.terms)) {
    const places = commonOf(terms.map((term) => placesOf(compact(term))));
    if (places.length === 0) continue;
    const signs = sayings.flatMap(({ said }) => signsOf(said));
    for (const place of places) countSigns(counts[place] ?? new Map(), signs, 1 / terms.length);
  }
  return modelOf(
    documents.map(({ doc }) => [doc]),
    counts,
  );
}

/** An article of law and what people say of it. */
export interface SaidArticle {
  /** Its documents: one for each version of the law. */
  readonly docs: readonly number[];
  readonly text: string;
  readonly said: readonly string[];
}

/** A word of the law itself tells less of what people say than a saying does. */
const OF_TEXT = 0.3;

/** The same of articles that have sayings: a story in other words than these is still likelier to be about the article of which it is told most. */
export function toldArticles(articles: readonly SaidArticle[]): ToldModel {
  return modelOf(
    articles.map(({ docs }) => docs),
    articles.map(({ said, text }) => {
      const count: Count = new Map();
      for (const saying of said) countSigns(count, signsOf(saying), 1);
      countSigns(count, [...new Set(signsOf(text))], OF_TEXT);
      return count;
    }),
  );
}

/** What is told of each place, for the documents that stand there. */
function modelOf(docsOf: readonly (readonly number[])[], counts: readonly Count[]): ToldModel {
  const { signs, lengths } = weighSigns(counts);
  return {
    likely: (wordings) => {
      const scores = scoresOf(wordings, signs, lengths);
      const likely = docsOf.flatMap((docs, place) =>
        docs.map((doc) => [doc, scores[place] ?? 0] as const),
      );
      return new Map(likely.filter(([, score]) => score > 0));
    },
  };
}

/** How often each sign of a document is told of it. */
type Count = Map<number, number>;

/** Documents, by their place, that have a term in title or words; those that have its first sign are looked through. */
function placesByTerm(documents: readonly IndexedDocument[]): (term: string) => readonly number[] {
  const heads = documents.map(({ title, said }) => `${title}\n${said}`);
  const bySign = new Map<number, number[]>();
  for (const [place, head] of heads.entries())
    for (const sign of new Set(signsOf(head))) {
      const places = bySign.get(sign) ?? [];
      places.push(place);
      bySign.set(sign, places);
    }
  return (term) =>
    (bySign.get(signsOf(term.slice(0, 2)).at(-1) ?? 0) ?? []).filter((place) =>
      heads[place]?.includes(term),
    );
}

/** What stands in every row. */
function commonOf([first = [], ...rest]: readonly (readonly number[])[]): readonly number[] {
  return first.filter((place) => rest.every((row) => row.includes(place)));
}

function countSigns(count: Count, signs: readonly number[], part: number): void {
  for (const sign of signs) count.set(sign, (count.get(sign) ?? 0) + part);
}

/** Chinese characters, and each with the next one, as numbers: as texts they would take twice the time to count. */
function signsOf(text: string): number[] {
  const signs: number[] = [];
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at) - FIRST_HAN;
    const isHan = character > 0 && character < CHARACTERS;
    if (isHan) signs.push(character);
    if (isHan && last > 0) signs.push(last * CHARACTERS + character);
    last = isHan ? character : 0;
  }
  return signs;
}

/** All characters in use; two of them in one number are still a small one. */
const FIRST_HAN = 0x3400;
const CHARACTERS = 0xa000 - FIRST_HAN;

/** Documents of which a sign is told, by their place, and how much it speaks for each. */
interface Sign {
  readonly places: number[];
  readonly weights: number[];
}

interface Weighed {
  readonly signs: ReadonlyMap<number, Sign>;
  /** What each sign of a story speaks against a document, because much else is told of that. */
  readonly lengths: readonly number[];
}

/** How much likelier each sign is for a document than for any: in nats. */
function weighSigns(counts: readonly Count[]): Weighed {
  const signs = new Map<number, Sign>();
  const totals = counts.map(() => 0);
  for (const [place, count] of counts.entries())
    for (const [sign, times] of count) {
      const weight = times ** REPEATED;
      const known = signs.get(sign) ?? { places: [], weights: [] };
      known.places.push(place);
      known.weights.push(weight);
      signs.set(sign, known);
      totals[place] = (totals[place] ?? 0) + weight;
    }
  const all = sumOf(totals);
  for (const { weights } of signs.values()) {
    const anywhere = (ANYTHING * sumOf(weights)) / all;
    for (const [at, times] of weights.entries()) weights[at] = Math.log1p(times / anywhere);
  }
  return { signs, lengths: totals.map((total) => Math.log(ANYTHING / (total + ANYTHING))) };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** How well each document explains a story, in nats above any other; a sign counts once, however often it is said. */
function scoresOf(
  wordings: readonly string[],
  signs: Weighed['signs'],
  lengths: readonly number[],
): Float64Array {
  const scores = new Float64Array(lengths.length);
  const known = [...new Set(wordings.flatMap(signsOf))].flatMap((sign) => signs.get(sign) ?? []);
  for (const { places, weights } of known)
    for (const [at, place] of places.entries())
      scores[place] = (scores[place] ?? 0) + (weights[at] ?? 0);
  return scores.map((score, place) => score + known.length * (lengths[place] ?? 0));
}
