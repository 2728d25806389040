import { compact } from '#shared/search/fold-text.ts';
import { matchSounds } from '#shared/sound/match-sounds.ts';
import type { IndexedDocument } from './index-reader.ts';
import type { Question } from './read-question.ts';

/**
 * How well a document answers a question, from 0 to about 120: the best of what speaks for it, and a little of the rest.
 * bm25 over all of the index would have to count every text that has a frequent word, and knows nothing of titles.
 */
export function scoreOf(question: Question, document: IndexedDocument): number {
  const { plainly } = question;
  const parts = [
    Math.max(
      phraseScore(question.whole, document),
      plainly === undefined ? 0 : PLAINLY * phraseScore(plainly.whole, document),
    ),
    Math.max(
      termScore(question.terms, document),
      plainly === undefined ? 0 : PLAINLY * termScore(plainly.terms, document),
    ),
    meaningsScore(question, document),
    soundScore(question, document),
  ].sort((a, b) => b - a);
  const [best = 0, second = 0] = parts;
  return best + 0.2 * second;
}

/** What was said with other words may have been meant otherwise. */
const PLAINLY = 0.97;

/** A heading stands over many articles, and says little of each. */
const OF_HEADING = 70;

/** The whole question in the title, in the words that people say for it, or in the text. */
function phraseScore(whole: string, { kind, title, words, body }: IndexedDocument): number {
  if (whole === '') return 0;
  return Math.max(
    nameScore(whole, title, 100),
    ...words.map((word) => nameScore(whole, word, kind === 'law-article' ? OF_HEADING : 94)),
    bodyScore(whole, body),
  );
}

function nameScore(whole: string, name: string, same: number): number {
  if (name.length < 1) return 0;
  if (name === whole) return same;
  const part = whole.length / name.length;
  if (name.startsWith(whole)) return same - 24 + 14 * part;
  if (name.includes(whole)) return same - 34 + 16 * part;
  return name.length > 1 && whole.includes(name) ? same - 52 + 42 / part : 0;
}

/** A text that says it often and says little else. */
function bodyScore(whole: string, body: string): number {
  const times = timesIn(body, whole, 4);
  if (times === 0) return 0;
  // An article that begins with it is about it: 诈骗公私财物，…
  const early = 1 - Math.min(1, body.indexOf(whole) / 40);
  return 30 + 3 * times + 10 * (1 - Math.min(1, body.length / 600)) + 8 * early;
}

function timesIn(text: string, part: string, most: number): number {
  let times = 0;
  for (
    let at = text.indexOf(part);
    at >= 0 && times < most;
    at = text.indexOf(part, at + part.length)
  )
    times += 1;
  return times;
}

const ENOUGH_TERMS = 7;

/** How much of what is telling in the question the document has. */
function termScore(terms: Question['terms'], document: IndexedDocument): number {
  // A long story has much that no answer says: some of its telling parts are enough.
  const total = terms.slice(0, ENOUGH_TERMS).reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 0;
  const inBody = document.kind === 'law-article' ? 0.8 : 0.55;
  const found = terms.reduce(
    (sum, { text, weight }) => sum + weight * fieldFactor(text, document, inBody),
    0,
  );
  return 88 * Math.min(1, found / total);
}

function fieldFactor(text: string, { title, said, body }: IndexedDocument, inBody: number): number {
  if (title.includes(text)) return 1;
  if (said.includes(text)) return 0.9;
  return body.includes(text) ? inBody : 0;
}

/** Of what was told, so much is lost by an answer that knows nothing of it. */
const NOT_KNOWN = 0.4;
/** A meaning that scores less is not in the document. */
const LEAST_MEANT = 15;

/** The best of the meanings; less when the document has only some of them: it answers another story. */
function meaningsScore(question: Question, document: IndexedDocument): number {
  const each = question.meanings.map((meaning) => ({
    weight: meaning.quality * Math.sqrt(meaning.said.length),
    score: meaningScore(question, meaning, document),
  }));
  if (each.length === 0) return 0;
  const [best = 0, second = 0] = each.map(({ score }) => score).sort((a, b) => b - a);
  const known = sumOf(each.filter(({ score }) => score > LEAST_MEANT));
  return best * (1 - NOT_KNOWN * (1 - known / sumOf(each))) + 0.1 * second;
}

function sumOf(parts: readonly { readonly weight: number }[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0);
}

/** A saying that is nearly all of the question tells it as well as a title does; a word of two or three characters may be meant otherwise. */
const TOLD = 16;
const SHORTEST_TOLD = 4;

/** Legal words that everyday ones mean; the more of the question they are, the surer. */
function meaningScore(
  { whole }: Question,
  { said, terms, quality }: Question['meanings'][number],
  document: IndexedDocument,
): number {
  const factors = terms
    .map((term) => fieldFactor(compact(term), document, 0.8))
    .sort((a, b) => b - a);
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / Math.max(1, factors.length);
  const part = Math.min(1, said.length / Math.max(1, whole.length));
  const told = said.length < SHORTEST_TOLD ? 0 : TOLD * part ** 2;
  return (74 * (0.65 + 0.35 * part) + told) * quality * (0.35 * (factors[0] ?? 0) + 0.65 * mean);
}

/** How well letters, alone or among characters, sound like a title or a word. */
export function soundScore({ sounds }: Question, { title, words }: IndexedDocument): number {
  let best = 0;
  for (const units of sounds)
    for (const [at, name] of [title, ...words].entries()) {
      const characters = Array.from(name);
      const match = matchSounds(units, characters);
      if (match === undefined) continue;
      const part = units.length / characters.length;
      const begins = match.from === 0 ? 8 : 0;
      const score = (64 + begins + 22 * part - (at === 0 ? 0 : 4)) * match.quality;
      best = Math.max(best, score);
    }
  return best;
}
