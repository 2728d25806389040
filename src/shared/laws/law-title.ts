/** In UTF-16 units: a law is asked for by its title and the day of its version. */
export const LONGEST_LAW_ID = 160;

/**
 * A law's name as citations, files and statutes agree on it: without 中华人民共和国, marks, spaces and the year behind it.
 * Versions of one law have the same.
 */
export function plainTitle(title: string): string {
  return title
    .replaceAll('中华人民共和国', '')
    .replaceAll(/[\s\u3000《》〈〉<>、，,·]/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/（\d{4}年?.*）$/, '');
}

/** 《民法典》; a title that names another law has marks of the inner kind around that name. */
export function inTitleMarks(title: string): string {
  return `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
}

/** The name for a list and for a citation: spaces and 中华人民共和国 at its beginning are gone. */
export function shortTitle(title: string): string {
  return title
    .replaceAll(/[\s\u3000]+/g, ' ')
    .trim()
    .replace(/^中华人民共和国(?=.)/, '');
}
