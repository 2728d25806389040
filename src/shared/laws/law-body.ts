import {
  type ArticleNumber,
  articleNumberOf,
  formatArticleNumber,
  NUMERALS,
} from './article-number.ts';
import { numberFromChinese } from './chinese-number.ts';
import { type Line, WHAT_LENGTH } from './law-head.ts';
import type { LawArticle, LawFlaw, LawFlawKind, LawGenre, LawHeading } from './parsed-law.ts';

/** What stands below the head: articles in order and the headings above them. */
export interface LawBody {
  readonly outline: readonly LawHeading[];
  readonly articles: readonly LawArticle[];
  readonly flaws: readonly LawFlaw[];
}

/** 第三条, also as a hand or a scanner writes it: a space inside, 笫 for 第, no space behind. */
const ARTICLE = new RegExp(
  `^(?:\\*\\*)?[第笫弟]\\s*(${NUMERALS}|\\d{1,4})\\s*条(?:\\s*之\\s*(${NUMERALS}|\\d{1,2}))?(?:\\*\\*)?([\\s\\u3000：:]*)`,
);
const STRICT = new RegExp(
  `^第(?:${NUMERALS}|\\d{1,4})条(?:之(?:${NUMERALS}|\\d{1,2}))?(?:[\\s\\u3000]|$)`,
);
/** Looked at first, because most lines are none. */
const MAY_BE_ARTICLE = /^[*第笫弟]/;
const SPACES = [' ', '\u3000', '\t'];
const POINT = /^([一二三四五六七八九十百]+)、/;
const ANNEX = /^附[件表录]?\s*[一二三四五六七八九十\d]*\s*[:：]?$/;
const COMMENT = /<!--.*?-->/g;
/** Deeper than any law is divided. */
const DEEPEST = 4;

/** A block that grows while its paragraphs are read. */
interface Block {
  readonly label: string;
  readonly number: number;
  readonly inserted: number;
  readonly paragraphs: string[];
}

/** Reads the text of a law. Nothing is left out but comments, rulers of tables and a list of contents. */
export function readBody(lines: readonly Line[], genre: LawGenre): LawBody {
  const reader = new BodyReader(genre, numberingOf(lines, genre));
  for (const line of lines) reader.read(line);
  return reader.body();
}

type Numbering = 'articles' | 'points' | 'none';

function numberingOf(lines: readonly Line[], genre: LawGenre): Numbering {
  if (genre === 'case') return 'none';
  if (lines.some(({ text }) => STRICT.test(text))) return 'articles';
  return lines.some(({ text }) => POINT.test(text)) ? 'points' : 'none';
}

class BodyReader {
  readonly #genre: LawGenre;
  readonly #numbering: Numbering;
  readonly #blocks: Block[] = [];
  readonly #outline: (LawHeading & { readonly line: number })[] = [];
  readonly #flaws: LawFlaw[] = [];
  readonly #seen = new Set<string>();
  #last: ArticleNumber = { number: 0, inserted: 0 };
  /** Whether the next paragraph belongs to the block before it. */
  #goesOn = false;

  constructor(genre: LawGenre, numbering: Numbering) {
    this.#genre = genre;
    this.#numbering = numbering;
  }

  read(line: Line): void {
    const text = withoutMarkup(line.text);
    if (text === '') return;
    if (text.startsWith('#')) this.#heading(text, line.at);
    else if (text.startsWith('附') && ANNEX.test(text)) this.#open(text, 1, line.at);
    else if (!this.#numbered(text, line.at)) this.#paragraph(text);
  }

  body(): LawBody {
    const outline = this.#withoutContents();
    return {
      outline: outline.map(({ level, heading, position }) => ({ level, heading, position })),
      articles: this.#blocks.map(({ label, number, inserted, paragraphs }) => ({
        label,
        number,
        inserted,
        text: paragraphs.length === 1 ? (paragraphs[0] ?? '') : paragraphs.join('\n'),
      })),
      flaws: [
        ...(this.#numbering === 'none' && this.#genre !== 'case'
          ? [flaw('no-numbers', 1, '')]
          : []),
        ...this.#flaws,
      ],
    };
  }

  #heading(text: string, at: number): void {
    const hashes = /^#+/.exec(text)?.[0].length ?? 1;
    const words = tidyHeading(text.slice(hashes));
    if (words === '') this.#flaws.push(flaw('empty-heading', at, text));
    else this.#open(words, Math.min(Math.max(hashes - 1, 1), DEEPEST), at);
  }

  #open(heading: string, level: number, line: number): void {
    this.#outline.push({ heading, level, position: this.#blocks.length, line });
    this.#goesOn = false;
  }

  #paragraph(text: string): void {
    const block = this.#blocks.at(-1);
    if (this.#goesOn && block !== undefined) block.paragraphs.push(text);
    else this.#begin({ label: '', number: 0, inserted: 0, paragraphs: [text] });
  }

  #begin(block: Block): void {
    this.#blocks.push(block);
    this.#goesOn = true;
  }

  #numbered(text: string, at: number): boolean {
    if (this.#numbering === 'points') return this.#point(text);
    return this.#numbering === 'articles' && this.#article(text, at);
  }

  #point(text: string): boolean {
    const [mark = '', numeral = ''] = POINT.exec(text) ?? [];
    const number = numberFromChinese(numeral);
    if (mark === '' || (number !== 1 && number !== this.#last.number + 1)) return false;
    this.#last = { number, inserted: 0 };
    this.#begin({ label: mark, number, inserted: 0, paragraphs: [text.slice(mark.length).trim()] });
    return true;
  }

  #article(text: string, at: number): boolean {
    if (!MAY_BE_ARTICLE.test(text)) return false;
    if (this.#nextArticle(text)) return true;
    const [mark = '', number = '', inserted] = ARTICLE.exec(text) ?? [];
    if (mark === '') return false;
    const found = articleNumberOf(number, inserted);
    // No law has an article nought; its words are kept as text.
    if (!(found.number > 0) || (inserted !== undefined && found.inserted === 0)) return false;
    const isNext = follows(this.#last, found);
    const isStrict = STRICT.test(text);
    // Text that speaks of an article, and articles quoted by a law that changes another, begin like one.
    if (!isNext && (!isStrict || (this.#genre === 'amendment' && this.#last.number > 0)))
      return false;
    const label = formatArticleNumber(found);
    if (!isStrict) this.#flaws.push(flaw('number-misspelt', at, text));
    this.#checkOrder(found, label, at);
    this.#last = found;
    this.#begin({ label, ...found, paragraphs: [text.slice(mark.length).trim()].filter(Boolean) });
    return true;
  }

  /** Most articles are the one that follows, written as it should be: no pattern has to take their numbers apart. */
  #nextArticle(text: string): boolean {
    const next = { number: this.#last.number + 1, inserted: 0 };
    const label = formatArticleNumber(next);
    if (!text.startsWith(label) || !SPACES.includes(text.charAt(label.length))) return false;
    const words = text.slice(label.length).trimStart();
    if (/^[：:]/.test(words) || this.#seen.has(label)) return false;
    this.#seen.add(label);
    this.#last = next;
    this.#begin({ label, ...next, paragraphs: words === '' ? [] : [words] });
    return true;
  }

  #checkOrder(found: ArticleNumber, label: string, line: number): void {
    const before = this.#last;
    if (this.#seen.has(label)) this.#flaws.push(flaw('number-twice', line, label));
    else if (before.number > 0 && found.number > before.number + 1)
      this.#flaws.push(
        flaw(
          'number-missing',
          line,
          formatArticleNumber({ number: before.number + 1, inserted: 0 }),
        ),
      );
    else if (found.number < before.number) this.#flaws.push(flaw('number-backwards', line, label));
    this.#seen.add(label);
  }

  /** A heading without text: a line of the list of contents when it comes again, else a part that is empty. */
  #withoutContents(): readonly (LawHeading & { readonly line: number })[] {
    const all = this.#outline;
    const isEmpty = (at: number) => {
      const entry = all[at];
      const next = all.slice(at + 1).find(({ level }) => level <= (entry?.level ?? 0));
      return (next?.position ?? this.#blocks.length) === entry?.position;
    };
    const comesAgain = (at: number) =>
      all.slice(at + 1).some(({ heading }) => heading === all[at]?.heading);
    const contents = all.filter((_, at) => isEmpty(at) && comesAgain(at));
    const [first] = contents;
    if (first !== undefined) this.#flaws.push(flaw('contents-list', first.line, first.heading));
    for (const [at, entry] of all.entries())
      if (isEmpty(at) && !comesAgain(at))
        this.#flaws.push(flaw('empty-part', entry.line, entry.heading));
    return all.filter((entry) => !contents.includes(entry));
  }
}

function follows(before: ArticleNumber, found: ArticleNumber): boolean {
  return found.inserted === 0
    ? found.number === before.number + 1
    : found.number === before.number && found.inserted === before.inserted + 1;
}

/** Comments and rulers of tables go; a row of a table becomes a line of its cells. */
function withoutMarkup(text: string): string {
  const plain = text.includes('<!--') ? text.replaceAll(COMMENT, '').trim() : text;
  if (!plain.startsWith('|')) return plain;
  if (/^[|\s:-]+$/.test(plain)) return '';
  return plain
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join('　');
}

/** 第一章 总 则 is 第一章 总则: the space only made two characters as wide as four. */
function tidyHeading(text: string): string {
  return text
    .replaceAll(/[\s\u3000]+/g, ' ')
    .trim()
    .replace(/(^|[\s、])(\p{Script=Han}) (\p{Script=Han})$/u, '$1$2$3');
}

function flaw(kind: LawFlawKind, line: number, what: string): LawFlaw {
  return { kind, line, what: what.slice(0, WHAT_LENGTH) };
}
