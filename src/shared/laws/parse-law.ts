import type { LawBody } from './law-body.ts';
import { readBody } from './law-body.ts';
import { inForceFromOf, repealsOf, versionDateOf } from './law-dates.ts';
import { dateOf, type Line, readHead } from './law-head.ts';
import { LONGEST_LAW_ID } from './law-title.ts';
import type { LawFlaw, LawGenre, ParsedLaw, UnreadableLaw } from './parsed-law.ts';

/** With its day a law must still have a name by which it can be asked for. What is longer is a paragraph, no title. */
const LONGEST_TITLE = LONGEST_LAW_ID - '@2020-05-28'.length;

const HEAD_END = '<!-- INFO END -->';

/**
 * Reads one file of law text: `# title` (a second `#` names a part), dated events, `<!-- INFO END -->`, headings and
 * articles. Whatever the text, it never throws; what is odd is imported and named among the flaws. `path` is relative to
 * the folder of texts, with `/`; its first folder is the category.
 */
export function parseLaw(text: string, path: string): ParsedLaw | UnreadableLaw {
  const { head, body, flaws } = splitHead(linesOf(text));
  const { titles, history, notes, flaws: headFlaws } = readHead(head);
  const [title, part = ''] = titles;
  if (title === undefined) return { unreadable: 'no-title' };
  if (title.length > LONGEST_TITLE) return { unreadable: 'long-title' };
  const category = path.includes('/') ? (path.split('/')[0] ?? '') : '';
  const genre = genreOf(title, category);
  const read = withPart(readBody(body, genre), part);
  if (read.articles.length === 0) return { unreadable: 'no-text' };
  const versionDate = versionDateOf(history) ?? dateInName(path);
  return {
    title,
    part,
    genre,
    category,
    history,
    notes,
    versionDate,
    inForceFrom: genre === 'case' ? undefined : inForceFromOf(history, read.articles, versionDate),
    repeals: genre === 'law' || genre === 'interpretation' ? repealsOf(read.articles) : [],
    outline: read.outline,
    articles: read.articles,
    flaws: [
      ...flaws,
      ...headFlaws,
      ...(history.length === 0 && genre !== 'case'
        ? [{ kind: 'no-date' as const, line: 1, what: '' }]
        : []),
      ...read.flaws,
    ],
  };
}

/** The lines that say something, trimmed, each with its number in the file. */
function linesOf(text: string): Line[] {
  const plain = tidy(text);
  const lines: Line[] = [];
  let from = 0;
  for (let at = 1; from < plain.length; at += 1) {
    const found = plain.indexOf('\n', from);
    const end = found < 0 ? plain.length : found;
    // Every other line is empty.
    const line = end === from ? '' : plain.slice(from, end).trim();
    if (line !== '') lines.push({ at, text: line });
    from = end + 1;
  }
  return lines;
}

/** With spaces and ends of lines of one kind only. */
function tidy(text: string): string {
  const plain = hasAny(text, ODD_SPACES) ? text.replaceAll(/[\u00A0\u200B\uFEFF]/g, ' ') : text;
  return hasAny(plain, ODD_ENDS) ? plain.replaceAll(/\r\n|[\r\u2028\u2029\u0085]/g, '\n') : plain;
}

const ODD_SPACES = ['\u00A0', '\u200B', '\uFEFF'];
const ODD_ENDS = ['\r', '\u2028', '\u2029', '\u0085'];

/** Most texts have none, and looking for single signs is much faster than a pattern. */
function hasAny(text: string, signs: readonly string[]): boolean {
  return signs.some((sign) => text.includes(sign));
}

/** Without the mark, the head ends where headings of parts or undated text begin. */
function splitHead(lines: readonly Line[]): { head: Line[]; body: Line[]; flaws: LawFlaw[] } {
  const mark = lines.findIndex(({ text }) => text === HEAD_END);
  if (mark >= 0) return { head: lines.slice(0, mark), body: lines.slice(mark + 1), flaws: [] };
  const first = lines.findIndex(
    ({ text }) => !/^#(?!#)/.test(text) && !/^[（(]?\d{4}[年-]/.test(text),
  );
  const end = first < 0 ? lines.length : first;
  return {
    head: lines.slice(0, end),
    body: lines.slice(end),
    flaws: [{ kind: 'no-head-end', line: lines[end]?.at ?? 1, what: '' }],
  };
}

function genreOf(title: string, category: string): LawGenre {
  if (category.includes('案例')) return 'case';
  if (/修正案(?:（.*）)?$|^关于修改|的决定$/.test(title)) return 'amendment';
  return category.includes('司法解释') || /^最高人民(?:法院|检察院)/.test(title)
    ? 'interpretation'
    : 'law';
}

/** The name of a part is the widest heading of its text. */
function withPart(body: LawBody, part: string): LawBody {
  if (part === '') return body;
  const below = body.outline.map((entry) => ({ ...entry, level: entry.level + 1 }));
  return { ...body, outline: [{ level: 1, heading: part, position: 0 }, ...below] };
}

function dateInName(path: string) {
  const [, year, month, day] = /[(（](\d{4})-(\d{2})-(\d{2})[)）]/.exec(path) ?? [];
  return dateOf(Number(year), Number(month), Number(day));
}
