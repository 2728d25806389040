import { type FoundWord, findWords } from './find-words.ts';
import type { Lexicon } from './lexicon.ts';
import { type SyllableToken, syllableTokens } from './syllable-tokens.ts';

/** Words or a sentence for the first letters of an entry. */
export interface Suggestion {
  readonly text: string;
  readonly letters: number;
}

/** A beginning of the entry in words. */
interface Sentence {
  readonly text: string;
  readonly last: string;
  readonly cost: number;
}

/** Beginnings that are kept for each place, words tried at each place, whole sentences offered. */
const BEAM = 6;
const TRIED = 12;
/** As many as any sound has characters, so that the rarest surname is among them (standards P-35). */
const ALL = 1000;
const SENTENCES = 3;
/** What each word more costs: two short words are rarer than one long one by more than their frequencies say. */
const WORD_COST = 0.9;
const LONGEST = 64;

/**
 * Chinese for an entry of pinyin: written out, by initials, or mixed, with `'` between syllables where needed. The
 * likeliest first: whole sentences, then words for the beginning, longer ones before shorter ones. Letters that can't be
 * read as sounds give nothing.
 */
export function suggestWords(lexicon: Lexicon, entry: string): readonly Suggestion[] {
  const letters = entry.toLowerCase().slice(0, LONGEST);
  if (!/^[a-z']+$/.test(letters)) return [];
  const start = letters.search(/[^']/);
  if (start < 0) return [];
  const tokens = syllableTokens(lexicon, letters);
  const words = Array.from({ length: letters.length }, (_, at) =>
    isReached(tokens, start, at)
      ? findWords(lexicon, tokens, at, at === start ? ALL : TRIED)
      : new Map<number, FoundWord[]>(),
  );
  const sentences = bestSentences(lexicon, words, start, letters.length);
  const found = [...(words[start] ?? [])].sort(([a], [b]) => b - a).flatMap(([, group]) => group);
  return unlike([
    ...sentences.map(({ text }) => ({ text, letters: letters.length })),
    ...found.map(({ text, end }) => ({ text, letters: end })),
  ]);
}

const reachedOf = new WeakMap<object, ReadonlySet<number>>();

/** Whether some way to read the letters has a syllable that begins here. */
function isReached(tokens: readonly SyllableToken[][], start: number, at: number): boolean {
  let reached = reachedOf.get(tokens);
  if (reached === undefined) {
    const found = new Set([start]);
    for (let place = start; place < tokens.length; place += 1)
      if (found.has(place)) for (const { end } of tokens[place] ?? []) found.add(end);
    reached = found;
    reachedOf.set(tokens, reached);
  }
  return reached.has(at);
}

/** The likeliest ways to read all letters as words that follow each other. */
function bestSentences(
  lexicon: Lexicon,
  words: readonly ReadonlyMap<number, readonly FoundWord[]>[],
  start: number,
  end: number,
): Sentence[] {
  const beams: Sentence[][] = Array.from({ length: end + 1 }, () => []);
  beams[start] = [{ text: '', last: '', cost: 0 }];
  for (let at = start; at < end; at += 1) {
    const before = best(beams[at] ?? [], BEAM);
    if (before.length === 0) continue;
    for (const [to, group] of words[at] ?? []) {
      const beam = beams[to] ?? [];
      for (const word of group.slice(0, TRIED))
        for (const sentence of before) beam.push(follow(lexicon, sentence, word));
    }
  }
  return best(beams[end] ?? [], SENTENCES);
}

function follow({ pairs }: Lexicon, sentence: Sentence, word: FoundWord): Sentence {
  const likelier = pairs.get(`${sentence.last} ${word.text}`) ?? 0;
  return {
    text: sentence.text + word.text,
    last: word.text,
    cost: sentence.cost + word.cost + WORD_COST - likelier,
  };
}

/** The cheapest, each text once. */
function best(sentences: readonly Sentence[], count: number): Sentence[] {
  const chosen = new Map<string, Sentence>();
  for (const sentence of sentences.toSorted((a, b) => a.cost - b.cost)) {
    if (chosen.size === count) break;
    if (!chosen.has(sentence.text)) chosen.set(sentence.text, sentence);
  }
  return [...chosen.values()];
}

/** Each text once, at its first place. */
function unlike(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ text }) => !seen.has(text) && seen.add(text));
}
