import { type ArticleReference, readArticleReference } from '#shared/search/article-reference.ts';
import type { Meaning } from '#shared/search/everyday-words.ts';
import { compact, fold, runsOf } from '#shared/search/fold-text.ts';
import { segmentsOf, tokenOf } from '#shared/search/grams.ts';
import { matchSounds, type TypedUnit } from '#shared/sound/match-sounds.ts';
import { splitLetters } from '#shared/sound/split-letters.ts';
import { hasLatinWord } from './latin-words.ts';
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
  /** As it was said, and in the words that everybody uses. */
  readonly wordings: readonly string[];
  /** The same in the words that everybody uses, when it was said with others. */
  readonly plainly: { readonly whole: string; readonly terms: readonly Term[] } | undefined;
  readonly meanings: readonly Meaning[];
  /** Articles of law that its words name, as `民法典第一千零七十九条`. */
  readonly named: readonly Meaning[];
  readonly reference: (ArticleReference & { readonly lawKey: string | undefined }) | undefined;
  /** A law that is named beside other words, and those words. */
  readonly within:
    | { readonly lawKey: string; readonly text: string; readonly terms: readonly Term[] }
    | undefined;
  /** Ways in which letters, alone or among characters, may be read as sounds. */
  readonly sounds: readonly (readonly TypedUnit[])[];
  readonly isPhone: boolean;
  /** Whether the text of the law is asked for, not what to do: 法条, 哪一条, a crime by its name. */
  readonly asksLaw: boolean;
  /** Whether whom to call is asked for: 交警电话, 打哪个电话. */
  readonly asksNumber: boolean;
}

const HAN = /\p{Script=Han}/u;

/** Words that make a question of it and say nothing of its matter; longer ones first. */
const ASKING =
  /请问一下|我想知道|我想问|想咨询一下|咨询一下|请问|你好|您好|怎么办理|怎么办|怎么弄|怎么搞|怎么整|怎么处理|怎么算|怎么判|怎么样|怎样才能|怎么|怎样|如何|咋个办|咋办|咋整|咋弄|咋搞|咋个|咋|有没有办法|有啥办法|是不是|能不能|可不可以|可以吗|行不行|有没有|在哪里|在哪儿|在哪|哪里|是多少|多少钱|是什么意思|是什么|什么是|什么|为什么|吗|嘛|呢|啊|呀|吧|呗/gu;

/** Words that ask for a text of law, or for a number to call: what kind of answer, not its matter. */
const ASKING_LAW =
  /(?:依据|根据|按照)?(?:是|在|属于)?(?:哪[一部条个]*|第几|什么)(?:法律条文|法律规定|法律|法条|法规|条款|条|法)(?:规定|里)?|法律(?:上)?(?:是)?(?:如何|怎么|怎样)?规定|相关法律|法律条文|法条|条文|法律依据/gu;
const ASKING_NUMBER =
  /(?:该|要|应该)?(?:打|拨)(?:哪个|什么|多少)(?:号码|电话|热线)?|(?:的)?(?:联系|咨询|服务|办公|投诉|值班|求助)?(?:电话号码|电话|号码|热线)(?:号码)?(?:是多少|是几号|多少|几号|是什么|是)?/gu;

/** Characters that tell nothing next to each other. */
const EMPTY = new Set(
  '的了我是在不有和与就都而及着或一个也很到说要去你会着没看好自己这那他她它们被把让给对从向为以其之并由所等能可应当',
);
/** Words that say how often or how stubbornly, and join sentences; with their neighbours they would make pairs that mean nothing. */
const FILLING =
  /老是|总是|一直|天天|死活|硬是|非要|非得|偏偏|偏要|现在|已经|结果|然后|但是|可是|因为|所以|每次|经常|突然|居然|竟然|反正|真的|实在|到底|一下|这个|那个|这种|那种|就是|还是|以前|后来|到现在|好几|一分钱|一毛钱/gu;
/** The number of an article; as digits it would stand in somebody's telephone number. */
const ARTICLE_NUMBER = /第\d{1,4}|\d{1,4}(?=条)|(?<=[法典例释])\d{1,4}(?!\d)/gu;
/** Says only that it is a crime, or that the text of law is wanted. */
const ENDING = /(?:罪|法条|条文|法律规定)+$/u;
const MOST_MEANINGS = 6;
/** What everybody's words mean may not be what was meant. */
const PLAINLY = 0.9;
const MOST_TERMS = 12;
/** A story says in its first sentences what it is about. */
const MOST_WEIGHED = 80;
const SHORTEST_SPLIT = 4;

/** Reads what stands in the box. Any text is read; what has no letters or digits has an empty `whole`. */
export function readQuestion(typed: string, lists: WordLists): Question {
  const folded = readDigits(fold(typed));
  const asked = compact(folded);
  const plain = unless(folded, ASKING_LAW);
  const matter = unless(plain, ASKING_NUMBER);
  const asksNumber = matter !== plain;
  const text = unless(matter, ASKING);
  const whole = compact(text);
  const within = lawWithin(text, lists);
  // 哪一条 names no article, even when nothing else was said.
  const reference = referenceOf(compact(fold(folded.replace(ASKING_LAW, ' '))), lists);
  const plainly = lists.inPlainWords(text);
  const meanings = meaningsOf(asked, plainly, lists);
  return {
    text,
    whole,
    terms:
      within?.terms ??
      (asksNumber
        ? pairTerms(text, lists)
        : termsOf(reference?.lawKey === undefined ? unless(text, ARTICLE_NUMBER) : text, lists)),
    wordings: [text, plainly],
    plainly:
      plainly === text || within !== undefined
        ? undefined
        : { whole: compact(plainly), terms: termsOf(plainly, lists) },
    meanings,
    named: namedIn(asked, meanings, lists),
    reference,
    within,
    sounds: hasLatinWord(text, lists.latin) ? [] : soundsOf(whole),
    isPhone: /^\d{5,}$/.test(whole),
    asksLaw: plain !== folded || within !== undefined || reference?.lawKey !== undefined,
    asksNumber,
  };
}

/** What everyday words mean, as they were said and as everybody says them. */
function meaningsOf(asked: string, plainly: string, lists: WordLists): Meaning[] {
  const meanings = lists.meanings(asked);
  const said = new Set(meanings.map((meaning) => meaning.said));
  const more = lists.plainMeanings(compact(plainly)).filter((meaning) => !said.has(meaning.said));
  const guessed = more.map((meaning) => ({ ...meaning, quality: PLAINLY * meaning.quality }));
  return [...meanings, ...guessed].slice(0, MOST_MEANINGS);
}

/** What is named by legal words that everyday ones mean is a guess. */
const BY_MEANING = 0.85;

/** Articles known by what was said, and by the legal words for it: 偷东西 is 盗窃, and that a crime with an article. */
function namedIn(asked: string, meanings: readonly Meaning[], lists: WordLists): Meaning[] {
  const named = lists.namedArticles(asked.replace(ENDING, ''));
  const meant = meanings.flatMap(({ said, terms, quality }) =>
    terms
      .map((term) => lists.articlesOf(compact(term)))
      .filter((articles) => articles.length > 0)
      .map((articles) => ({
        said,
        meant: articles,
        terms: articles.map(fold),
        quality: BY_MEANING * quality,
      })),
  );
  return [...named, ...meant].slice(0, MOST_MEANINGS);
}

/** Without the words that only ask; as it was when there is nothing else. */
function unless(text: string, asking: RegExp): string {
  const rest = fold(text.replace(asking, ' '));
  return rest === '' ? text : rest;
}

/** 一二三四八 is a number that was written out; three digits and more of nothing else. */
function readDigits(folded: string): string {
  const number = compact(folded);
  if (!/^[零一二三四五六七八九幺]{3,}$/u.test(number)) return folded;
  return Array.from(number.replaceAll('幺', '一'))
    .map((digit) => '零一二三四五六七八九'.indexOf(digit))
    .join('');
}

/** Neighbouring pairs of characters that texts have, the most telling ones; other scripts by their words. */
function termsOf(text: string, lists: WordLists): Term[] {
  if (compact(text).length < SHORTEST_SPLIT && runsOf(text).length < 2) return [];
  return pairTerms(text, lists);
}

function pairTerms(text: string, lists: WordLists): Term[] {
  const pieces = runsOf(text.replace(FILLING, ' '))
    .flatMap(segmentsOf)
    .flatMap((segment) => (HAN.test(segment) ? pairsOf(segment) : [segment]));
  // Among characters app is no beginning of appraisal.
  const isLatin = (piece: string) => HAN.test(text) && lists.latin.has(piece);
  return [...new Set(pieces)]
    .filter((piece) => !isLatin(piece))
    .slice(0, MOST_WEIGHED)
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

/** A pair that no title has, nor the words that people say, mostly is the end of a word and the beginning of the next. */
const ACROSS_WORDS = 0.4;

/** A pair with an empty character tells half as much. */
function pieceWeight(piece: string, lists: WordLists): number {
  const part = Array.from(piece).some((character) => EMPTY.has(character)) ? 0.4 : 1;
  const known = lists.isInHead(tokenOf(piece)) ? 1 : ACROSS_WORDS;
  return lists.weight(piece) * part * known;
}

function referenceOf(asked: string, lists: WordLists): Question['reference'] {
  const reference = readArticleReference(
    asked.replace(/^([a-z]+?)(?:di)?(\d+)(?:tiao)?$/, '$1第$2条'),
  );
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
  if (/^[a-z]+$/.test(plain)) return lawInLetters(plain, lists);
  const names = [...lists.laws.keys()];
  const name =
    names.find((candidate) => plain.endsWith(candidate)) ??
    names.find((candidate) => plain.startsWith(candidate)) ??
    (plain.length > 1 ? names.findLast((candidate) => candidate.includes(plain)) : undefined);
  return name === undefined ? abbreviatedLaw(plain, lists)?.lawKey : lists.laws.get(name);
}

/** mfd, ldhtf, xingfa: the law that people need most of those whose name sounds so. */
function lawInLetters(letters: string, lists: WordLists): string | undefined {
  const ways = splitLetters(letters);
  return mostNeeded(
    [...lists.laws].flatMap(([name, lawKey]) => {
      const characters = Array.from(name);
      const sounds = ways.some(
        (way) => way.length === characters.length && matchSounds(way, characters) !== undefined,
      );
      return sounds ? [lawKey] : [];
    }),
    lists,
  );
}

/** How long the short name of a law may be, which is no known one: 治安处罚法, 刑诉法. */
const SHORTEST_ABBREVIATION = 3;
const LONGEST_ABBREVIATION = 10;

/** A law's name of which characters were left out; it begins and ends as the law does. */
function abbreviatedLaw(
  text: string,
  lists: WordLists,
): { name: string; lawKey: string } | undefined {
  for (const { index } of text.matchAll(/[法例典]/gu))
    for (let size = LONGEST_ABBREVIATION; size >= SHORTEST_ABBREVIATION; size -= 1) {
      const from = index + 1 - size;
      if (from < 0) continue;
      const name = text.slice(from, index + 1);
      const lawKey = mostNeeded(
        (lists.lawsByFirst.get(name[0] ?? '') ?? []).filter((law) => isShortFor(name, law)),
        lists,
      );
      if (lawKey !== undefined) return { name, lawKey };
    }
  return undefined;
}

function isShortFor(name: string, law: string): boolean {
  if (name.includes(' ') || name[0] !== law[0] || name.at(-1) !== law.at(-1)) return false;
  let at = -1;
  for (const character of name) {
    at = law.indexOf(character, at + 1);
    if (at < 0) return false;
  }
  return name.length * 4 >= law.length;
}

function mostNeeded(laws: readonly string[], lists: WordLists): string | undefined {
  const cited = (law: string) => lists.citedLaws.get(law) ?? 0;
  return laws.toSorted((a, b) => cited(b) - cited(a) || a.length - b.length)[0];
}

const CRIMINAL_LAW = '刑法';

/** 劳动合同法试用期, 试用期劳动合同法: a law and what is looked for in it; 诈骗罪 is looked for in the Criminal Law. */
function lawWithin(text: string, lists: WordLists): Question['within'] {
  const named = knownLawIn(text, lists) ?? abbreviatedLaw(text, lists);
  if (named === undefined) {
    const crime = fold(text.replaceAll(/(?<=\p{Script=Han}{2})罪(?![犯名])/gu, ' '));
    return crime === text ? undefined : withinOf(CRIMINAL_LAW, crime, lists);
  }
  const rest = text.replace(named.name, ' ').replace('中华人民共和国', ' ');
  return withinOf(
    named.lawKey,
    fold(rest)
      .replace(/^[中的里]+|的+$/gu, '')
      .trim(),
    lists,
  );
}

function withinOf(lawKey: string, rest: string, lists: WordLists): Question['within'] {
  if (compact(rest) === '') return undefined;
  return { lawKey, text: compact(rest), terms: pairTerms(rest, lists) };
}

function knownLawIn(text: string, lists: WordLists): { name: string; lawKey: string } | undefined {
  for (const [name, lawKey] of lists.laws)
    if (name.length > 1 && text.includes(name)) return { name, lawKey };
  return undefined;
}

const MOST_CHARACTERS = 16;

/** Letters as sounds, characters as they are; empty when there are no letters, or when there is too much for a name. */
function soundsOf(whole: string): TypedUnit[][] {
  // ü is typed as v; marks of tone are left out.
  const parts =
    whole
      .normalize('NFD')
      .replaceAll('u\u0308', 'v')
      .replaceAll(/[\u0300-\u0304\u030c]/gu, '')
      .match(/[a-z]+|[^a-z]/gu) ?? [];
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
