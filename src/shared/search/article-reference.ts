import { readNumeral } from './chinese-numeral.ts';

/** An article as it was asked for. */
export interface ArticleReference {
  /** What stood before the number: a law's name or part of it; empty when nothing did. */
  readonly law: string;
  /** `1079`, or `133-1` for 第一百三十三条之一; as `articleKey` makes it. */
  readonly article: string;
  /** What stood behind it, such as 第二款 or words. */
  readonly rest: string;
}

const NUMBER = '(?:\\d{1,4}|[零一二三四五六七八九十百千两]{1,10})';
const PARAGRAPH = `(?:第?${NUMBER}[款项目])*`;
/** "民法典第1079条第二款", "刑法133条之一", "第三十九条", "1079条" */
const WITH_MARK = new RegExp(
  `^(.*?)(?:第(${NUMBER})条?|(${NUMBER})条)(?:之(${NUMBER}))?(${PARAGRAPH})(.*)$`,
  'u',
);
/** "刑法234", "刑法133之1" */
const AT_THE_END = /^(\D*\D)(\d{1,4})(?:之(\d{1,2}))?()()$/u;

/**
 * Reads a reference to an article in folded, compact text; undefined when there is none. A bare number is none, and
 * neither is 第一 without 条, unless a name stands before it.
 */
export function readArticleReference(text: string): ArticleReference | undefined {
  const marked = WITH_MARK.exec(text);
  if (marked !== null && (text.includes('条') || marked[1] !== '')) {
    const [, law = '', after, before, inserted, , rest = ''] = marked;
    return reference(law, after ?? before ?? '', inserted, rest);
  }
  const [, law = '', number = '', inserted] = AT_THE_END.exec(text) ?? [];
  return number === '' ? undefined : reference(law, number, inserted, '');
}

/** How an article is looked up: 第一百三十三条之一 is `133-1`; undefined for what is no article's number. */
export function articleKey(printed: string): string | undefined {
  const match = new RegExp(`^第(${NUMBER})条(?:之(${NUMBER}))?`, 'u').exec(
    printed.replaceAll('〇', '零'),
  );
  if (match === null) return undefined;
  const [, number = '', inserted] = match;
  return reference('', number, inserted, '')?.article;
}

/** All articles that a citation names: 第九条、第二十七条第四款. Of a span (至) its ends. */
export function articleKeysOf(citation: string): string[] {
  return citation.split(/[、至](?=第)/u).flatMap((part) => articleKey(part) ?? []);
}

function reference(
  law: string,
  number: string,
  inserted: string | undefined,
  rest: string,
): ArticleReference | undefined {
  const article = readNumeral(number);
  const second = inserted === undefined ? undefined : readNumeral(inserted);
  if (article === undefined || article === 0) return undefined;
  return { law, article: second === undefined ? `${article}` : `${article}-${second}`, rest };
}

const LAW_PREFIX = /^(?:中华人民共和国)/u;

/** A law's name as it is looked up: without the state's name, the mark of a year or of a part. Takes folded, compact text. */
export function lawKey(compactTitle: string): string {
  return compactTitle
    .replace(LAW_PREFIX, '')
    .replace(/(?:19|20)\d{2}年?(?:修[订正])?(?:版)?$/u, '');
}
