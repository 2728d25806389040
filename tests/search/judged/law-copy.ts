import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Titles of laws with the numbers of their articles as printed: 第一千零七十九条. */
export type LawCopy = ReadonlyMap<string, ReadonlySet<string>>;

/** Where the copy of the statutes is looked for: beside the project, or where `LAWS_DIR` says. */
const PLACES = ['../shared/data/laws', '../../shared/data/laws'];

/** The folder of statutes as Markdown, absent on a computer that has no copy. */
export function lawFolder(): string | undefined {
  const root = join(import.meta.dirname, '../../..');
  const places = [process.env.LAWS_DIR, ...PLACES.map((place) => join(root, place))];
  return places.find((place) => place !== undefined && existsSync(place));
}

/** Reads the newest version of every law; the parts of a split law count as one. */
export function readLawCopy(folder: string): LawCopy {
  const newest = new Map<string, { version: string; articles: Set<string> }>();
  for (const path of markdownFiles(folder)) {
    const lines = readFileSync(path, 'utf8').split('\n');
    const title = (lines[0] ?? '').replace(/^#\s*/, '').trim();
    const version = /\((\d{4}-\d{2}-\d{2})\)/.exec(basename(path))?.[1] ?? '';
    const kept = newest.get(title);
    if (kept !== undefined && kept.version > version) continue;
    const articles = kept?.version === version ? kept.articles : new Set<string>();
    for (const number of articleNumbers(lines)) articles.add(number);
    newest.set(title, { version, articles });
  }
  return new Map([...newest].map(([title, { articles }]) => [title, articles]));
}

function articleNumbers(lines: readonly string[]): string[] {
  const start = /^\s*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)/;
  return lines.flatMap((line) => start.exec(line)?.[1] ?? []);
}

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}
