import type { LocalDate } from '../time/local-date.ts';
import type { LawEvent, LawFlaw } from './parsed-law.ts';

/** What the lines above the text say. */
export interface LawHead {
  readonly titles: readonly string[];
  readonly history: readonly LawEvent[];
  readonly notes: readonly string[];
  readonly flaws: readonly LawFlaw[];
}

/** A line of a file with its number; never an empty one. */
export interface Line {
  readonly at: number;
  readonly text: string;
}

const DATED = /^[（(]?\s*(\d{4})(?:年(\d{1,2})月(\d{1,2})日|-(\d{1,2})-(\d{1,2}))\s*(.*)$/;
/** A second event that stands in the same line. */
const NEXT_EVENT = /(?<=.)根据(?=\d{4}年\d{1,2}月\d{1,2}日)/;

/** Reads titles, dated events and other notes; a line that a narrow page broke is joined again. */
export function readHead(lines: readonly Line[]): LawHead {
  const titles = lines
    .filter(({ text }) => text.startsWith('#'))
    .map(({ text }) => text.replace(/^#+\s*/, '').trim())
    .filter((title) => title !== '');
  const rest = joinBroken(lines.filter(({ text }) => !text.startsWith('#')));
  const history: LawEvent[] = [];
  const notes: Line[] = [];
  for (const line of rest) {
    const events = eventsIn(line.text);
    if (events.length > 0) history.push(...events);
    else if (!(titles[0] ?? '').includes(line.text)) notes.push(line);
  }
  return {
    titles,
    history: history.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    notes: notes.map(({ text }) => text),
    flaws: [
      ...notes.map(({ at, text }) => ({
        kind: 'odd-head-line' as const,
        line: at,
        what: text.slice(0, WHAT_LENGTH),
      })),
      ...(isOrdered(history) ? [] : [{ kind: 'dates-disordered' as const, line: 1, what: '' }]),
    ],
  };
}

/** Letters of a flaw's place that a report shows. */
export const WHAT_LENGTH = 40;

/** A date as this project writes it, or undefined when the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && year > 1900;
  return isDay
    ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    : undefined;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function eventsIn(text: string): LawEvent[] {
  return text.split(NEXT_EVENT).flatMap((part) => {
    const match = DATED.exec(part);
    if (match === null) return [];
    const [, year, month, day, isoMonth, isoDay, event = ''] = match;
    const date = dateOf(Number(year), Number(month ?? isoMonth), Number(day ?? isoDay));
    return date === undefined ? [] : [{ date, event: withoutLooseBracket(event.trim()) }];
  });
}

/** A bracket that was opened before the date, or never. */
function withoutLooseBracket(text: string): string {
  const opened = (text.match(/[（(]/g) ?? []).length;
  const closed = (text.match(/[）)]/g) ?? []).length;
  return closed > opened ? text.replace(/[）)]$/, '') : text;
}

/** A line that leaves a title mark open goes on in the next. */
function joinBroken(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before !== undefined && !DATED.test(line.text) && isOpen(before.text))
      joined.splice(-1, 1, { at: before.at, text: before.text + line.text });
    else joined.push(line);
  }
  return joined;
}

function isOpen(text: string): boolean {
  const marks = (pattern: RegExp) => (text.match(pattern) ?? []).length;
  return marks(/《/g) > marks(/》/g);
}

function isOrdered(history: readonly LawEvent[]): boolean {
  return history.every(({ date }, at) => date >= (history[at - 1]?.date ?? ''));
}
