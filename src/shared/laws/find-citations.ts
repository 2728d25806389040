import { type ArticleNumber, articlesIn, NUMERALS } from './article-number.ts';
import { plainTitle } from './law-title.ts';

/** A place in a text that names a law, with the articles it names there. */
export interface FoundCitation {
  readonly start: number;
  readonly end: number;
  /** Plain title of the law. */
  readonly law: string;
  readonly articles: readonly ArticleNumber[];
}

const ARTICLE = `第${NUMERALS}条(?:之${NUMERALS})?(?:第${NUMERALS}款)?(?:第${NUMERALS}(?:至第${NUMERALS})?项)?`;
const CITED = new RegExp(`${ARTICLE}(?:(?:、|和|至|或者|以及|及)${ARTICLE})*|《`, 'g');
const SELF = /本(?:法|条例|规定|解释|规则|办法)$/;
const BETWEEN = /》(?:[（(][^（）()]{0,40}[）)])?$/;
/** The longest name that is written without its marks: 消费者权益保护法实施条例. */
const LONGEST_BARE_NAME = 24;

/**
 * Laws and articles that a text names: 《民法典》第十条、第十二条, 本法第三条, 刑法第二百六十四条. `isKnown` tells which
 * plain titles are laws; `self` is the plain title of the law whose text it is, if any.
 */
export function findCitations(
  text: string,
  self: string | undefined,
  isKnown: (law: string) => boolean,
): FoundCitation[] {
  const found: FoundCitation[] = [];
  for (const match of text.matchAll(CITED)) {
    const at = match.index;
    if (at < (found.at(-1)?.end ?? 0)) continue;
    const citation =
      match[0] === '《' ? wholeLaw(text, at) : articlesAt(text, at, match[0], self, isKnown);
    if (citation !== undefined && isKnown(citation.law)) found.push(citation);
  }
  return found;
}

/** 《民法典》 without an article behind it; with one, the article's own match finds the name. */
function wholeLaw(text: string, start: number): FoundCitation | undefined {
  const end = closing(text, start);
  if (end === undefined) return undefined;
  if (/^(?:[（(][^（）()]{0,40}[）)])?第/.test(text.slice(end, end + LOOK_AHEAD))) return undefined;
  return { start, end, law: plainTitle(text.slice(start, end)), articles: [] };
}

function articlesAt(
  text: string,
  at: number,
  cited: string,
  self: string | undefined,
  isKnown: (law: string) => boolean,
): FoundCitation | undefined {
  const before = text.slice(Math.max(0, at - LOOK_AHEAD), at);
  const name = nameBefore(before, self, isKnown);
  if (name === undefined) return undefined;
  return {
    start: at - name.length,
    end: at + cited.length,
    law: name.law,
    articles: articlesIn(cited),
  };
}

/** How far around an article its law's name is looked for; names of interpretations are long. */
const LOOK_AHEAD = 120;

function nameBefore(
  before: string,
  self: string | undefined,
  isKnown: (law: string) => boolean,
): { law: string; length: number } | undefined {
  const own = SELF.exec(before);
  if (own !== null) return self === undefined ? undefined : { law: self, length: own[0].length };
  const mark = BETWEEN.exec(before);
  if (mark !== null) {
    const start = opening(before, mark.index);
    if (start === undefined) return undefined;
    return {
      law: plainTitle(before.slice(start, mark.index + 1)),
      length: before.length - start,
    };
  }
  return bareName(before, isKnown);
}

/** The longest known name that ends here: 依照刑事诉讼法 is 刑事诉讼法, not 诉讼法. */
function bareName(
  before: string,
  isKnown: (law: string) => boolean,
): { law: string; length: number } | undefined {
  if (!/[法典例定释则）]$/.test(before)) return undefined;
  // What stands before a title mark belongs to another name.
  const room = before.length - 1 - Math.max(before.lastIndexOf('《'), before.lastIndexOf('》'));
  for (let length = Math.min(LONGEST_BARE_NAME, room); length >= 2; length -= 1) {
    const law = plainTitle(before.slice(-length));
    if (law.length >= 2 && isKnown(law)) return { law, length };
  }
  return undefined;
}

/** Where the title mark that is opened at `start` is closed, the end not included. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < Math.min(text.length, start + LOOK_AHEAD); at += 1) {
    if (text[at] === '《') depth += 1;
    if (text[at] === '》') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** Where the title mark that is closed at `end` was opened. */
function opening(text: string, end: number): number | undefined {
  let depth = 0;
  for (let at = end; at >= 0; at -= 1) {
    if (text[at] === '》') depth += 1;
    if (text[at] === '《') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
