import type { CellInput } from './content-sheets.ts';
import { plainCell, safeCell } from './safe-cell.ts';

/** What a spreadsheet holds in a cell. */
export type Cell = string | number | boolean | Date | UnreadableCell | null | undefined;

/** A cell in which something is, but the file does not say what; `why` tells it. */
export class UnreadableCell {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/** A cell that does not say what its column asks for; the sentence tells what it should say. */
export class CellFault extends Error {}

const DAYS = '一二三四五六日';
const DAY_MS = 86_400_000;

/** A value as it stands in a cell. Nothing that a spreadsheet would run as a formula. */
export function writeCell(input: CellInput, value: unknown): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && input.type === 'number') return value;
  const text = textOf(input, value);
  return text === '' ? undefined : safeCell(text);
}

function textOf(input: CellInput, value: unknown): string {
  const list = [value].flat() as readonly unknown[];
  switch (input.type) {
    case 'switch':
      return value === true ? '是' : '否';
    case 'choice':
    case 'choices':
      return list
        .map((one) => input.options.find((option) => option.value === one)?.label ?? String(one))
        .join('、');
    case 'weekdays':
      return list.map((day) => DAYS[Number(day) - 1] ?? '').join('、');
    case 'sentences':
      return list.map((item) => oneLine(String((item as { text?: unknown }).text))).join('\n');
    case 'texts':
    case 'dates':
      return list.map((one) => oneLine(String(one))).join('\n');
    default:
      return String(value);
  }
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

/**
 * The value that a cell stands for; undefined for an empty one. `before` is the value that the record has: sentences that stay
 * keep their ids. Throws `CellFault`.
 */
export function readCell(input: CellInput, cell: Cell, before?: unknown): unknown {
  const text = plainCell(cellText(input, cell));
  if (text === '') return undefined;
  switch (input.type) {
    case 'switch':
      return oneOf({ 是: true, 否: false }, text, '请写“是”或者“否”');
    case 'number':
      return numberOf(text);
    case 'choice':
      return choiceOf(input.options, text);
    case 'choices':
      return itemsOf(text).map((item) => choiceOf(input.options, item));
    case 'weekdays':
      return weekdaysOf(text);
    case 'sentences':
      return sentencesOf(linesOf(text), before);
    case 'texts':
      return linesOf(text);
    case 'dates':
      return itemsOf(text);
    default:
      return text;
  }
}

/** Spreadsheets make days and times of what looks like them. */
function cellText({ type }: CellInput, cell: Cell): string {
  if (cell instanceof UnreadableCell) throw new CellFault(cell.why);
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    const iso = cell.toISOString();
    return type === 'time' || cell.getTime() < -25_000 * DAY_MS
      ? iso.slice(11, 16)
      : iso.slice(0, 10);
  }
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  if (type === 'time' && typeof cell === 'number' && cell >= 0 && cell < 1)
    return new Date(Math.round(cell * 1440) * 60_000).toISOString().slice(11, 16);
  return String(cell).replaceAll('\r\n', '\n').trim();
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) throw new CellFault('要写数字');
  return number;
}

function choiceOf(
  options: readonly { readonly value: string | number; readonly label: string }[],
  text: string,
): string | number {
  const found = options.find(({ value, label }) => label === text || String(value) === text);
  if (found === undefined)
    throw new CellFault(
      `没有“${text.slice(0, 20)}”这一项，可以写：${options.map(({ label }) => label).join('、')}`,
    );
  return found.value;
}

function oneOf<Value>(values: Readonly<Record<string, Value>>, text: string, fault: string): Value {
  const found = Object.entries(values).find(([name]) => name === text);
  if (found === undefined) throw new CellFault(fault);
  return found[1];
}

function weekdaysOf(text: string): number[] {
  const marks = text.replaceAll('天', '日').replaceAll(/星期|周|[、，,；;\s]/gu, '');
  return Array.from(marks, (mark) => {
    const day = DAYS.indexOf(mark) + 1 || Number(mark);
    if (!Number.isInteger(day) || day < 1 || day > 7)
      throw new CellFault('星期几写成“一、二、三、四、五、六、日”');
    return day;
  });
}

function itemsOf(text: string): string[] {
  return text
    .split(/[\n、，,；;]/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

interface Sentence {
  readonly id: string;
  readonly text: string;
}

/** Sentences keep their ids, by which translations know them: by their words, else by their place. */
function sentencesOf(lines: readonly string[], before: unknown): Sentence[] {
  const old = Array.isArray(before) ? (before as readonly Sentence[]) : [];
  const byText = lines.map((line) => old.find(({ text }) => oneLine(text) === line)?.id);
  const taken = new Set(byText.filter((id) => id !== undefined));
  return lines.map((text, at) => {
    const same = byText[at];
    if (same !== undefined && byText.indexOf(same) === at) return { id: same, text };
    const there = old[at]?.id;
    const id = there !== undefined && !taken.has(there) ? there : freeId(old, taken, at);
    taken.add(id);
    return { id, text };
  });
}

function freeId(old: readonly Sentence[], taken: ReadonlySet<string>, at: number): string {
  for (let number = at + 1; ; number += 1) {
    const id = `item-${number}`;
    if (!taken.has(id) && !old.some((item) => item.id === id)) return id;
  }
}
