import type { SearchKind } from '#shared/contract/search.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { type Correction, correctLetters, correctSounds, standsInHead } from './correct-sounds.ts';
import { type Candidates, gatherCandidates } from './gather.ts';
import type { IndexedDocument, IndexReader } from './index-reader.ts';
import { type Question, readQuestion } from './read-question.ts';
import { scoreOf } from './score.ts';
import type { WordLists } from './word-lists.ts';

/** A document with how well it answers. */
export interface Ranked {
  readonly document: IndexedDocument;
  readonly score: number;
}

/** The answers to a text, best first, and how the text was read. */
export interface Ranking {
  readonly question: Question;
  readonly correction: Correction | undefined;
  readonly ranked: readonly Ranked[];
}

/** So many candidates are looked at closely; the rest had the least to say for them. */
const MOST_SCORED = 160;
/** What scores less is chance. */
const LEAST_SCORE = 20;
/** A reading by sound is a guess. */
const GUESSED = 0.9;

/** Ranks what a station shows on a day. */
export function rank(
  reader: IndexReader,
  lists: WordLists,
  text: string,
  kinds: readonly SearchKind[],
  day: LocalDate,
): Ranking {
  const question = readQuestion(text, lists);
  if (question.whole === '') return { question, correction: undefined, ranked: [] };
  const scores = new Map<number, Ranked>();
  scoreQuestion({ reader, lists, question, kinds, day, scores }, 1);
  const correction = correctionOf(reader, lists, question, scores, day);
  const corrected =
    correction === undefined
      ? undefined
      : readQuestion(question.text.replace(correction.said, correction.read), lists);
  if (corrected !== undefined)
    scoreQuestion({ reader, lists, question: corrected, kinds, day, scores }, GUESSED);
  const ranked = [...scores.values()]
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || a.document.doc - b.document.doc);
  return {
    question: { ...question, meanings: [...question.meanings, ...(corrected?.meanings ?? [])] },
    correction,
    ranked: withoutReplaced(reader, ranked, day),
  };
}

/** Letters that were read with this score are no slip. */
const SURE_SOUND = 62;

function correctionOf(
  reader: IndexReader,
  lists: WordLists,
  question: Question,
  scores: ReadonlyMap<number, Ranked>,
  day: LocalDate,
): Correction | undefined {
  if (/^[a-z ]+$/.test(question.text) && question.reference === undefined)
    return [...scores.values()].some(({ score }) => score >= SURE_SOUND)
      ? undefined
      : correctLetters(reader, question.text, day);
  return standsInHead(reader, question.text, day)
    ? undefined
    : correctSounds(reader, lists, question.text, day);
}

interface Work {
  readonly reader: IndexReader;
  readonly lists: WordLists;
  readonly question: Question;
  readonly kinds: readonly SearchKind[];
  readonly day: LocalDate;
  readonly scores: Map<number, Ranked>;
}

function scoreQuestion(work: Work, factor: number): void {
  const { reader, question, kinds, day } = work;
  const candidates = gatherCandidates(reader, work.lists, question, kinds, day);
  for (const doc of mostPromising(candidates)) {
    const document = reader.load(doc);
    if (document === undefined || !kinds.includes(document.kind)) continue;
    const score = scoreOf(askedOf(question, document), work.lists.folded(document), document.kind);
    if (score > 0) raise(work, document, factor * (score + bonusOf(document, work)));
  }
  if (kinds.includes('law-article')) {
    followCitations(work);
    answerReference(work);
  }
}

/** In the law that was named, only the rest of the question is looked for. */
function askedOf(question: Question, { kind, law }: IndexedDocument): Question {
  const { within } = question;
  return kind === 'law-article' && within?.lawKey === law
    ? { ...question, whole: within.text, terms: within.terms }
    : question;
}

function mostPromising(candidates: Candidates): number[] {
  return [...candidates]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_SCORED)
    .map(([doc]) => doc);
}

function raise({ scores }: Work, document: IndexedDocument, score: number): void {
  const known = scores.get(document.doc);
  if (known === undefined || known.score < score) scores.set(document.doc, { document, score });
}

const KIND_BONUS: Partial<Record<SearchKind, number>> = { service: 4, faq: 3, hotline: 1 };
/** Whoever asks for a number wants whom to call. */
const CALLED: ReadonlySet<SearchKind> = new Set(['hotline', 'station', 'person']);
const CALLED_BONUS = 14;
/** A statute stands before what courts and ministries wrote about it. */
const STATUTE_BONUS = 5;
/** The station of a street before the rooms of its communities. */
const OUTLET_BONUS = 10;
const STREET_DIGITS = 9;

/** Guides before the rest, laws that people need before others, texts in force before those that are not. */
function bonusOf(document: IndexedDocument, { lists, question }: Work): number {
  const { kind, law, extra } = document;
  const cited = law === null ? 0 : (lists.citedLaws().get(law) ?? 0);
  const named = law !== null && question.within?.lawKey === law && kind === 'law-article' ? 30 : 0;
  return (
    (KIND_BONUS[kind] ?? 0) +
    (question.asksNumber && CALLED.has(kind) ? CALLED_BONUS : 0) +
    Math.min(7, 1.4 * Math.log2(1 + cited)) +
    (kind === 'law-article' && law !== null && /[法典]$/u.test(law) ? STATUTE_BONUS : 0) +
    (kind === 'station' && (extra.station ?? '').length <= STREET_DIGITS ? OUTLET_BONUS : 0) +
    named -
    (extra.inForce === false ? 25 : 0)
  );
}

/** Questions and guides whose citations are followed. */
const MOST_FOLLOWED = 6;
const WORTH_FOLLOWING = 42;

/** The articles that a good answer cites answer the question, too, whatever words they use. */
function followCitations(work: Work): void {
  const { reader, scores, day } = work;
  const citing = [...scores.values()]
    .filter(
      ({ document, score }) =>
        ['service', 'faq', 'article', 'legal-case'].includes(document.kind) &&
        score >= WORTH_FOLLOWING,
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_FOLLOWED);
  for (const { document, score } of citing)
    for (const [at, { law, article }] of reader.citationsOf(document.doc).slice(0, 8).entries())
      for (const doc of reader.byArticle(law, article, day)) {
        const cited = reader.load(doc);
        if (cited === undefined) continue;
        const own = scores.get(doc)?.score ?? 0;
        const lent = 0.74 * score * 0.97 ** at - (cited.extra.inForce === false ? 25 : 0);
        // What is cited stands below what cites it, unless its own words say more.
        const both = Math.max(own, lent) + 0.25 * Math.min(own, lent);
        raise(work, cited, Math.max(own, Math.min(both, 0.92 * score)));
      }
}

/** An article that was asked for by its number stands above all else; without a law, the law that people need most. */
function answerReference(work: Work): void {
  const { reader, question, lists, day } = work;
  if (question.reference === undefined) return;
  const { lawKey, article } = question.reference;
  for (const [at, doc] of reader.byArticle(lawKey, article, day).entries()) {
    const document = reader.load(doc);
    if (document === undefined) continue;
    const cited = lists.citedLaws().get(document.law ?? '') ?? 0;
    raise(
      work,
      document,
      (lawKey === undefined ? 90 : 130) +
        Math.min(20, Math.log2(1 + cited) * 3) -
        (document.extra.inForce === false ? 15 : 0) -
        0.01 * at,
    );
  }
}

/** How far down the list it is made sure that no narrower record takes a hit's place. */
const MOST_KEPT = 200;

function withoutReplaced(reader: IndexReader, ranked: readonly Ranked[], day: LocalDate): Ranked[] {
  return ranked.slice(0, MOST_KEPT).filter(({ document }) => !reader.isReplaced(document, day));
}
