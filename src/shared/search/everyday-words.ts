import type { SynonymBody } from '../content/kinds/synonym.ts';
import { readArticleReference } from './article-reference.ts';
import { compact, fold } from './fold-text.ts';

/** Everyday words found in what was typed, and what they mean. */
export interface Meaning {
  readonly said: string;
  readonly meant: readonly string[];
  /** What is meant, folded: as it is looked for. */
  readonly terms: readonly string[];
  /** 1 when the words stand there as written, less when others stand between or the order differs. */
  readonly quality: number;
}

type Saying = Omit<Meaning, 'quality'>;

/** Sayings readied for many readings. */
export interface Sayings {
  readonly all: readonly Saying[];
  /** However a saying stands in a text, its first character does: the others need not be looked at. */
  readonly byFirst: ReadonlyMap<string, readonly Saying[]>;
}

/** How many other characters may stand between the parts of a saying: 不给工资 is also 不给我发工资. */
const MOST_BETWEEN = 3;
const SHORTEST_WITH_GAPS = 3;
const MOST_MEANINGS = 6;

/** Readies synonym records for many readings: the legal words that they mean. */
export function sayingsOf(records: readonly SynonymBody[]): Sayings {
  return sayingsThat(records, (term) => !isArticle(term));
}

/** The same records where they name articles of law: 打警察 is 刑法第二百七十七条. */
export function articleNamesOf(records: readonly SynonymBody[]): Sayings {
  return sayingsThat(records, isArticle);
}

/** The words of a place, each with the word that everybody uses. */
export function plainWordsOf(records: readonly SynonymBody[]): Sayings {
  return sayingsThat(
    records.flatMap(({ everyday, plain }) =>
      plain === undefined ? [] : [{ everyday, legal: [plain] }],
    ),
    () => true,
  );
}

/** Sayings that have words of a place, in the words that everybody uses: 丫头落不了户 is said of 女儿, too. */
export function inPlainWords({ all }: Sayings, plainly: (folded: string) => string): Sayings {
  const plain = all.flatMap((saying) => {
    const said = compact(plainly(saying.said));
    return said === saying.said || said.length < SHORTEST_PLAIN ? [] : [{ ...saying, said }];
  });
  return { all: plain, byFirst: Map.groupBy(plain, ({ said }) => said[0] ?? '') };
}

/** A shorter one has lost with its own words what told it from others. */
const SHORTEST_PLAIN = 4;

function sayingsThat(
  records: readonly Pick<SynonymBody, 'everyday' | 'legal'>[],
  mean: (term: string) => boolean,
): Sayings {
  const all = records.flatMap(({ everyday, legal }) => {
    const meant = legal?.filter(mean) ?? [];
    const terms = meant.map(fold);
    return meant.length === 0
      ? []
      : everyday
          .map((said) => ({ said: compact(fold(said)), meant, terms }))
          .filter(({ said }) => said !== '');
  });
  return { all, byFirst: Map.groupBy(all, ({ said }) => said[0] ?? '') };
}

function isArticle(term: string): boolean {
  const reference = readArticleReference(compact(fold(term)));
  return reference !== undefined && reference.law !== '' && reference.rest === '';
}

/**
 * Says a folded text with the words that everybody uses: 娃他爸不掏钱 is 老公不给钱. The longest words count first, and a word
 * that everybody uses stays as it is, so that 妇女的 does not become 妇老婆.
 */
export function plainSpeech(records: readonly SynonymBody[]): (folded: string) => string {
  const plainOf = new Map(
    records.flatMap(({ everyday, plain }) =>
      plain === undefined ? [] : [plain, ...everyday].map((said) => [fold(said), fold(plain)]),
    ),
  );
  const words = [...plainOf.keys()].sort((a, b) => b.length - a.length);
  if (words.length === 0) return (folded) => folded;
  // Folded words are letters and digits: nothing in them is an operator.
  const anyWord = new RegExp(words.map(standingAlone).join('|'), 'gu');
  return (folded) => folded.replace(anyWord, (said) => plainOf.get(said) ?? said);
}

/** Letters are a word only where no others go on: dy is 抖音, dyj is not. */
function standingAlone(word: string): string {
  return /^[a-z]+$/.test(word) ? `(?<![a-z])${word}(?![a-z])` : word;
}

/**
 * The meanings of folded, compact text, the surest and longest first. A saying inside a longer one that was found, too, says
 * nothing of its own.
 */
export function readMeanings(text: string, { byFirst }: Sayings): Meaning[] {
  const possible = [...new Set(text.split(''))].flatMap((first) => byFirst.get(first) ?? []);
  const found = possible.flatMap((saying) => {
    const quality = sayingQuality(text, saying.said);
    return quality === 0 ? [] : [{ ...saying, quality }];
  });
  const sorted = found.sort((a, b) => b.quality - a.quality || b.said.length - a.said.length);
  return sorted
    .filter(
      (meaning, at) =>
        !sorted
          .slice(0, at)
          .some((other) => other.said !== meaning.said && other.said.includes(meaning.said)),
    )
    .slice(0, MOST_MEANINGS);
}

const SHORTEST_PART = 3;

/** What a text names: names in it, and longer names that it is a part of: 犯罪所得 of 掩饰、隐瞒犯罪所得. */
export function readNames(text: string, names: Sayings): Meaning[] {
  const longer =
    text.length < SHORTEST_PART
      ? []
      : names.all.filter(({ said }) => said.length > text.length && said.includes(text));
  const parts = longer.map((name) => ({
    ...name,
    said: text,
    quality: text.length / name.said.length,
  }));
  return [...readMeanings(text, names), ...parts]
    .sort((a, b) => b.quality - a.quality)
    .slice(0, MOST_MEANINGS);
}

/** What is meant by just these words, said by themselves. */
export function meantBy(term: string, { byFirst }: Sayings): readonly string[] {
  const sayings = byFirst.get(term[0] ?? '') ?? [];
  return sayings.filter(({ said }) => said === term).flatMap(({ meant }) => meant);
}

function sayingQuality(text: string, said: string): number {
  if (text.includes(said)) return 1;
  if (said.length < SHORTEST_WITH_GAPS || said.length > text.length) return 0;
  if (standsWithGaps(text, said)) return 0.8;
  return standsInOtherOrder(text, said) ? 0.6 : 0;
}

function standsWithGaps(text: string, said: string): boolean {
  for (
    let from = text.indexOf(said[0] ?? '');
    from >= 0;
    from = text.indexOf(said[0] ?? '', from + 1)
  ) {
    let at = from;
    for (let next = 1; next < said.length && at >= 0; next += 1)
      at = text.indexOf(said[next] ?? '', at + 1);
    if (at >= 0 && at - from < said.length + MOST_BETWEEN) return true;
  }
  return false;
}

/** 工资不给 for 不给工资: halves of a saying of four characters or more, the second first. */
function standsInOtherOrder(text: string, said: string): boolean {
  if (said.length < 4) return false;
  const middle = Math.floor(said.length / 2);
  const second = text.indexOf(said.slice(middle));
  return second >= 0 && text.includes(said.slice(0, middle), second);
}
