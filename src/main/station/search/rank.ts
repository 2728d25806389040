import type { SearchKind } from '#shared/contract/search.ts';
import { correctLetters, correctSounds } from './correct-sounds.ts';
import type { Correction } from './correction.ts';
import { slotOfNumber, slotsOf } from './document-number.ts';
import { type Candidates, gatherCandidates } from './gather.ts';
import type { IndexedDocument } from './index-reader.ts';
import { nearness } from './nearness.ts';
import { answerFromLaw } from './rank-articles.ts';
import { readLetters } from './read-letters.ts';
import { type Question, readQuestion } from './read-question.ts';
import { scoreOf, soundScore } from './score.ts';
import { isOver, isTold, type Ranked, raise, type Work } from './scores.ts';
import type { WordLists } from './word-lists.ts';

/** The answers to a text, best first, and how the text was read. */
export interface Ranking {
  readonly question: Question;
  readonly correction: Correction | undefined;
  readonly ranked: readonly Ranked[];
}

/** So many candidates, and so many of each kind, are looked at closely; the rest had the least to say for them. */
const MOST_SCORED = 100;
const LEAST_OF_KIND = 5;
/** What scores less is chance. */
const LEAST_SCORE = 20;
/** A reading by sound is a guess. */
const GUESSED = 0.9;

/** Ranks what a station shows on the day of the lists. */
export function rank(lists: WordLists, text: string, kinds: readonly SearchKind[]): Ranking {
  const { day, reader } = lists;
  const question = readQuestion(text, lists);
  if (question.whole === '') return { question, correction: undefined, ranked: [] };
  const scores = new Map<number, Ranked>();
  const work = { reader, lists, question, kinds, day, scores };
  const standsInHead = scoreQuestion(work, 1);
  const { corrections, readings } = scoreReadings(work, correctionsOf(work, standsInHead));
  weighTold(work, readings[0] ?? question);
  const ranked = [...scores.values()]
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || a.document.doc - b.document.doc);
  return {
    question: { ...question, meanings: [...question.meanings, ...(readings[0]?.meanings ?? [])] },
    correction: corrections[0],
    ranked,
  };
}

/** A reading that finds so much less than the characters beside the letters do is none. */
const LEAST_FOUND = 0.7;
/** What was found by the characters between letters knows nothing of what the letters say. */
const UNREAD = 0.6;

/** Scores the text as it may have been meant; tells which ways were found to make sense. */
function scoreReadings(work: Work, corrections: readonly Correction[]): Readings {
  const { question, lists, scores } = work;
  const readings = corrections.map(({ said, read }) =>
    readQuestion(question.text.replace(said, read), lists),
  );
  const read = { ...work, scores: new Map<number, Ranked>() };
  for (const [at, reading] of readings.entries())
    scoreQuestion({ ...read, question: reading }, GUESSED ** (at + 1));
  const isOfLetters = question.sounds.length > 0 && readings[0]?.sounds.length === 0;
  if (isOfLetters && !isHeard(work)) {
    const unread = bestOf(work);
    const found = unread === 0 ? 1 : bestOf(read) / unread;
    if (found < LEAST_FOUND) return { corrections: [], readings: [] };
    if (found >= 1) scores.clear();
    else lower(work, UNREAD * found);
  }
  for (const { document, score } of read.scores.values()) raise(work, document, score);
  return { corrections, readings };
}

interface Readings {
  readonly corrections: readonly Correction[];
  readonly readings: readonly Question[];
}

function lower({ scores }: Work, factor: number): void {
  for (const [doc, { document, score }] of scores)
    scores.set(doc, { document, score: factor * score, byWords: factor * score });
}

/** Letters that were read with this score are no slip. */
const SURE_SOUND = 62;

/** How the text may have been meant, the likeliest way first. */
function correctionsOf(work: Work, standsInHead: boolean): readonly Correction[] {
  const { reader, lists, question, day } = work;
  const { text } = question;
  if (standsInHead) return [];
  const isLatin = isSaidInLetters(question, lists);
  if (question.reference === undefined && !isLatin) {
    const read = readLetters(lists, text);
    if (read.length > 0 || isHeard(work)) return read;
  }
  const mended =
    (/^[a-z ]+$/.test(text) && !isLatin ? correctLetters(reader, lists, text, day) : undefined) ??
    correctSounds(reader, lists, text, day);
  return mended === undefined ? [] : [mended];
}

/** Some letters are words of their own: dna, n+1. */
function isSaidInLetters({ text, meanings }: Question, { latin }: WordLists): boolean {
  const said = meanings.filter(({ quality }) => quality === 1);
  return (text.match(/[a-z]+/gu) ?? []).every(
    (letters) => latin.has(letters) || said.some((meaning) => meaning.said.includes(letters)),
  );
}

/** Whether some answer has letters and characters as they follow each other, by their sounds. */
function isHeard({ question, scores }: Work): boolean {
  return [...scores.values()].some(({ document }) => soundScore(question, document) >= SURE_SOUND);
}

function bestOf({ scores }: Work): number {
  return highest(Array.from(scores.values(), ({ score }) => score));
}

/** Scores what answers a question; tells whether the question stands as it is in a title or among the words. */
function scoreQuestion(work: Work, factor: number): boolean {
  const { reader, lists, question, kinds, day } = work;
  const { candidates, standsInHead } = gatherCandidates(
    { reader, day, slots: slotsOf(kinds) },
    question,
  );
  for (const doc of new Set([
    ...mostPromising(candidates),
    ...likeliest(lists.likely(question.wordings)),
  ])) {
    const document = lists.load(doc);
    if (document === undefined || !kinds.includes(document.kind)) continue;
    const score = scoreOf(askedOf(question, document), document);
    if (score > 0) raise(work, document, factor * (score + bonusOf(document, work)));
  }
  if (kinds.includes('law-article')) answerFromLaw(work);
  return standsInHead;
}

/** In the law that was named, only the rest of the question is looked for. */
function askedOf(question: Question, { kind, law }: IndexedDocument): Question {
  const { within } = question;
  return kind === 'law-article' && within?.lawKey === law
    ? { ...question, whole: within.text, terms: within.terms }
    : question;
}

/** Those for which most speaks, and of each kind a few, so that a kind with the words only in its texts is seen, too. */
function mostPromising(candidates: Candidates): number[] {
  const sorted = [...candidates].sort(([, a], [, b]) => b - a).map(([doc]) => doc);
  const ofKind = new Map<number, number>();
  return sorted.filter((doc, at) => {
    const slot = slotOfNumber(doc);
    const before = ofKind.get(slot) ?? 0;
    ofKind.set(slot, before + 1);
    return at < MOST_SCORED || before < LEAST_OF_KIND;
  });
}

/** Of what a story may be about, so much is looked at whatever words of it stand there. */
const MOST_TOLD = 24;

function likeliest(likely: ReadonlyMap<number, number>): number[] {
  return [...likely]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_TOLD)
    .map(([doc]) => doc);
}

/** What the best guide or question gains when the story is surely about it. */
const SURELY_TOLD = 30;
/** What is sure, in nats. */
const SURE = 15;

/**
 * Orders guides and questions as much by how likely the story is about them as by its words that stand in them. The first of the new order
 * has the score that the first had, and so on, and more when the story is surely about it: so other kinds stand among them as before.
 */
function weighTold({ scores, lists, kinds }: Work, { wordings, whole }: Question): void {
  if (!isTold(whole)) return;
  const likely = lists.likely(wordings);
  const told = [...scores.values()].filter(({ document }) => TOLD.has(document.kind));
  for (const doc of likeliest(likely)) {
    const document = lists.load(doc);
    if (document !== undefined && kinds.includes(document.kind) && !scores.has(doc))
      told.push({ document, score: 0, byWords: 0 });
  }
  const before = told.map(({ score }) => score).sort((a, b) => b - a);
  const most = highest(likely.values());
  const sure = Math.min(1, most / SURE);
  const gain = SURELY_TOLD * sure;
  const best = (before[0] ?? 0) + gain;
  const weighed = told
    .map(({ document, score }) => {
      const part = (sure * (likely.get(document.doc) ?? 0)) / Math.max(1, most);
      return { document, part, byWords: score, weight: score + best * part };
    })
    .sort((a, b) => b.weight - a.weight);
  for (const [at, { document, part, byWords }] of weighed.entries()) {
    const score = (before[at] ?? 0) + SURELY_TOLD * part;
    scores.set(document.doc, { document, score, byWords });
  }
}

const TOLD: ReadonlySet<SearchKind> = new Set(['service', 'faq']);

function highest(numbers: Iterable<number>): number {
  let most = 0;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** Whoever asks for a number, or types one, wants whom to call. */
const CALLED: ReadonlySet<SearchKind> = new Set(['hotline', 'station', 'person']);
const CALLED_BONUS = 14;
/** The one number for a matter before the many people who can be called. */
const HOTLINE_BONUS = 26;
const NAMED_LAW_BONUS = 30;

/** Guides before the rest, laws that people need before others, texts in force before those that are not. */
function bonusOf(document: IndexedDocument, { lists, question }: Work): number {
  const { kind, law, standing } = document;
  const cited = law === null ? 0 : (lists.citedLaws.get(law) ?? 0);
  const isNamed = law !== null && question.within?.lawKey === law && kind === 'law-article';
  return (
    standing +
    nearness(document.serves, lists.station) +
    (question.asksNumber || question.isPhone ? calledBonus(kind) : 0) +
    Math.min(7, 1.4 * Math.log2(1 + cited)) +
    (isNamed ? NAMED_LAW_BONUS : 0) -
    (isOver(document, lists) ? 25 : 0)
  );
}

function calledBonus(kind: SearchKind): number {
  if (kind === 'hotline') return HOTLINE_BONUS;
  return CALLED.has(kind) ? CALLED_BONUS : 0;
}
