import { chineseNumber, numberFromChinese } from './chinese-number.ts';

/** Numerals of article numbers, as a part of regular expressions. */
export const NUMERALS = '[零〇○一二三四五六七八九十百千]+';

/** Stands between an article and the number of one that was inserted behind it. */
export const INSERTED_MARK = '之';

/** 第一百三十三条之二 is `{ number: 133, inserted: 2 }`; an article that was not inserted has 0 there. */
export interface ArticleNumber {
  readonly number: number;
  readonly inserted: number;
}

const WRITTEN = new RegExp(`^第(${NUMERALS}|\\d{1,4})条(?:之(${NUMERALS}|\\d{1,2}))?`);

/** The article number that a text begins with, in Chinese or Arabic digits. */
export function articleNumberAt(text: string): ArticleNumber | undefined {
  const [, number = '', inserted] = WRITTEN.exec(text) ?? [];
  return number === '' ? undefined : articleNumberOf(number, inserted);
}

/** The article number that numerals or digits say. */
export function articleNumberOf(number: string, inserted: string | undefined): ArticleNumber {
  return {
    number: digitsToNumber(number),
    inserted: inserted === undefined ? 0 : digitsToNumber(inserted),
  };
}

/** As statutes print it: 第一百三十三条之二. */
export function formatArticleNumber({ number, inserted }: ArticleNumber): string {
  return `第${chineseNumber(number)}条${inserted === 0 ? '' : `${INSERTED_MARK}${chineseNumber(inserted)}`}`;
}

/** Every article that a citation names: 第三十一条第五项、第三十三条之一 are 31 and 33-1; a range is its two ends. */
export function articlesIn(citation: string): ArticleNumber[] {
  return citation
    .split(/(?=第)/)
    .map(articleNumberAt)
    .filter((number) => number !== undefined);
}

function digitsToNumber(digits: string): number {
  return /^\d/.test(digits) ? Number(digits) : numberFromChinese(digits);
}
