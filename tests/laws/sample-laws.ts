import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import { type LawFile, lawFolder, nextSegment } from '#station/laws/law-segments.ts';

/** Law texts of our own words, in the form in which real ones are imported and with their flaws. */
export const SAMPLE_TEXTS = join(import.meta.dirname, 'texts');

/** The sample that holds, in several versions. */
export const SAMPLE_LAW = '邻里互助法（示例）';

/** The sample files as an import reads them. */
export function sampleLaws(): LawFile[] {
  return readdirSync(SAMPLE_TEXTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({
      path: name.replaceAll(sep, '/'),
      text: readFileSync(join(SAMPLE_TEXTS, name), 'utf8'),
    }));
}

/** Leaves a data folder as an import of the sample texts does. */
export function writeSampleLaws(dataDir: string): void {
  writeOlderSegment(lawFolder(dataDir), sampleLaws());
}

/** A segment as programs wrote it before the form `texts`: such folders stay in use, and must be read for ever. */
export function writeOlderSegment(folder: string, files: readonly LawFile[]): void {
  const lines = files.map(({ path, text }) => `${JSON.stringify({ path, text })}\n`).join('');
  const packed = zstdCompressSync(Buffer.from(lines));
  const hash = createHash('sha256').update(packed).digest('hex').slice(0, 16);
  const number = String(nextSegment(folder)).padStart(6, '0');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${number}-${hash}.ndjson.zst`), packed);
}

/** A law of our own words with that many articles, for what must stay fast on long ones. */
export function longLaw(articles: number): LawFile {
  const chapters = Math.ceil(articles / ARTICLES_A_CHAPTER);
  const lines = Array.from({ length: chapters }, (_, chapter) => [
    `## 第${chineseNumber(chapter + 1)}章 第${chapter + 1}组约定`,
    ...Array.from(
      { length: Math.min(ARTICLES_A_CHAPTER, articles - chapter * ARTICLES_A_CHAPTER) },
      (__, at) => articleText(chapter * ARTICLES_A_CHAPTER + at + 1),
    ),
  ]).flat();
  return {
    path: '民法商法/长篇公约（示例）.md',
    text: `# 长篇公约（示例）\n\n2024年1月1日 示例区居民代表会议通过\n\n<!-- INFO END -->\n\n${lines.join('\n\n')}\n`,
  };
}

const ARTICLES_A_CHAPTER = 25;

/** Some articles are short, some have items, as in real laws. */
function articleText(number: number): string {
  const sentence = '住在一起的人遇到事情先好好商量，商量不成的，可以请社区居民委员会来调解；';
  const items =
    number % 4 === 0 ? ['（一）东西坏了的；', '（二）声音太大的；', '（三）占了公用地方的。'] : [];
  const body = sentence.repeat(1 + (number % 3)).replace(/；$/, items.length > 0 ? '：' : '。');
  return [`第${chineseNumber(number)}条 ${body}`, ...items].join('\n\n');
}
