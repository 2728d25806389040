import { type ArticleReference, readArticleReference } from '#shared/search/article-reference.ts';
import type { Meaning } from '#shared/search/everyday-words.ts';
import { compact, fold, runsOf } from '#shared/search/fold-text.ts';
import type { TypedUnit } from '#shared/sound/match-sounds.ts';
import { splitLetters } from '#shared/sound/split-letters.ts';
import type { WordLists } from './word-lists.ts';

/** A part of a question by which texts are found, and how telling it is. */
export interface Term {
  readonly text: string;
  readonly weight: number;
}

/** What was typed, as the index is asked for it. */
export interface Question {
  /** Folded, without words that only make it a question. */
  readonly text: string;
  /** The same without gaps. */
  readonly whole: string;
  readonly terms: readonly Term[];
  readonly meanings: readonly Meaning[];
  readonly reference: (ArticleReference & { readonly lawKey: string | undefined }) | undefined;
  /** A law that is named beside other words, and those words. */
  readonly within: { readonly lawKey: string; readonly text: string } | undefined;
  /** Ways in which letters, alone or among characters, may be read as sounds. */
  readonly sounds: readonly (readonly TypedUnit[])[];
  readonly isPhone: boolean;
}

const HAN = /\p{Script=Han}/u;

/** Words that make a question of it and say nothing of its matter; longer ones first. */
const ASKING =
  /请问一下|我想知道|我想问|请问|怎么办理|怎么办|怎么样|怎样才能|怎么|怎样|如何|咋办|咋整|咋个|咋|是不是|能不能|可不可以|可以吗|行不行|有没有|在哪里|在哪儿|在哪|哪里|多少钱|是什么意思|是什么|什么是|什么|为什么|吗|呢|啊|呀|吧/gu;

/** Characters that tell nothing next to each other. */
const EMPTY = new Set(
  '的了我是在不有和与就都而及着或一个也很到说要去你会着没看好自己这那他她它们被把让给对从向为以其之并由所等能可应当',
);
const MOST_TERMS = 12;
const SHORTEST_SPLIT = 4;

/** Reads what stands in the box. Any text is read; what has no letters or digits has an empty `whole`. */
export function readQuestion(typed: string, lists: WordLists): Question {
  const folded = fold(typed);
  const asked = compact(folded);
  const stripped = compact(fold(folded.replace(ASKING, ' ')));
  const text = stripped === '' ? folded : fold(folded.replace(ASKING, ' '));
  const whole = stripped === '' ? asked : stripped;
  return {
    text,
    whole,
    terms: termsOf(text, lists),
    meanings: lists.meanings(asked),
    reference: referenceOf(asked, lists),
    within: lawWithin(whole, lists),
    sounds: soundsOf(whole),
    isPhone: /^\d{5,}$/.test(whole),
  };
}

/** Neighbouring pairs of characters that texts have, the most telling ones; other scripts by their words. */
function termsOf(text: string, lists: WordLists): Term[] {
  if (compact(text).length < SHORTEST_SPLIT && runsOf(text).length < 2) return [];
  const pieces = runsOf(text).flatMap((run) => (HAN.test(run) ? pairsOf(run) : [run]));
  return [...new Set(pieces)]
    .map((piece) => ({ text: piece, weight: pieceWeight(piece, lists) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_TERMS);
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return [run];
  return characters.flatMap((character, at) => {
    const next = characters[at + 1];
    if (next === undefined) return [];
    return EMPTY.has(character) && EMPTY.has(next) ? [] : [character + next];
  });
}

/** A pair with an empty character tells half as much. */
function pieceWeight(piece: string, lists: WordLists): number {
  const characters = Array.from(piece);
  const token = characters.slice(0, 2).join('');
  const part = characters.some((character) => EMPTY.has(character)) ? 0.4 : 1;
  return lists.weight(token) * part;
}

function referenceOf(asked: string, lists: WordLists): Question['reference'] {
  const reference = readArticleReference(asked);
  if (reference === undefined) return undefined;
  const lawKey = lawNamed(reference.law, lists);
  // A number behind words that are no law is just a number, unless 条 says what it is.
  if (lawKey === undefined && !asked.includes('条')) return undefined;
  return { ...reference, lawKey };
}

/** The law with whose name a text ends, else begins; the longest name counts. */
function lawNamed(text: string, lists: WordLists): string | undefined {
  if (text === '') return undefined;
  const plain = text.replace('中华人民共和国', '');
  const names = [...lists.laws().keys()].sort((a, b) => b.length - a.length);
  const name =
    names.find((candidate) => plain.endsWith(candidate)) ??
    names.find((candidate) => plain.startsWith(candidate)) ??
    (plain.length > 1 ? names.findLast((candidate) => candidate.includes(plain)) : undefined);
  return name === undefined ? undefined : lists.laws().get(name);
}

/** 劳动合同法试用期, 试用期劳动合同法: a law and what is looked for in it. */
function lawWithin(whole: string, lists: WordLists): Question['within'] {
  let best: { name: string; lawKey: string } | undefined;
  for (const [name, lawKey] of lists.laws())
    if (name.length > (best?.name.length ?? 1) && whole.includes(name)) best = { name, lawKey };
  if (best === undefined) return undefined;
  const text = whole.replace(best.name, ' ').replace('中华人民共和国', ' ');
  const rest = compact(fold(text)).replace(/^[中的里]+|[的]+$/gu, '');
  return rest === '' ? undefined : { lawKey: best.lawKey, text: rest };
}

const MOST_CHARACTERS = 16;

/** Letters as sounds, characters as they are; empty when there are no letters, or when there is too much for a name. */
function soundsOf(whole: string): TypedUnit[][] {
  const parts = whole.match(/[a-z]+|[^a-z]/gu) ?? [];
  if (!parts.some((part) => /^[a-z]/.test(part)) || parts.length > MOST_CHARACTERS) return [];
  let ways: TypedUnit[][] = [[]];
  for (const part of parts) {
    const readings: readonly (readonly TypedUnit[])[] = /^[a-z]/.test(part)
      ? splitLetters(part)
      : [[{ character: part }]];
    ways = ways.flatMap((way) => readings.map((reading) => [...way, ...reading])).slice(0, 4);
  }
  return ways;
}
