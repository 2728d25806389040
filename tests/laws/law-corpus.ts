import { chineseNumber } from '#shared/laws/chinese-number.ts';
import type { LawFile } from '#station/laws/law-segments.ts';

/** As many files as the national database's copy that imports are tried with. */
export const CORPUS_FILES = 794;

/** Many short ones, some long, one as long as the Civil Code: shares of files by their number of articles. */
const LENGTHS: readonly (readonly [share: number, articles: number])[] = [
  [0.5, 12],
  [0.8, 35],
  [0.95, 80],
  [1, 240],
];
const LONGEST = 1260;

const FOLDERS = ['民法商法', '社会法', '行政法', '经济法', '司法解释'];
const SUBJECTS = ['邻里', '物业', '借用', '看护', '集市', '灌溉', '宅院', '合伙', '学堂', '车辆'];
const SENTENCES = [
  '遇到争执的，先由双方商量，商量不成的，可以请社区居民委员会调解。',
  '当事人应当在三十日以内把约定写成书面，各执一份。',
  '没有约定的，按照当地的习惯办理；习惯不清楚的，按照公平的原则确定。',
  '违反前款规定，造成他人损失的，应当赔偿。',
  '有关部门接到申请以后，应当在七日以内答复；不答复的，应当说明理由。',
];

/**
 * Texts of our own words in the number, sizes and shapes of the copy of the statutes: parts, several versions of a law,
 * items, inserted articles. The same seed gives the same texts.
 */
export function lawCorpus(seed: number): LawFile[] {
  const chance = generator(seed);
  return Array.from({ length: CORPUS_FILES }, (_, at) => {
    const pair = Math.floor(at / 2);
    // Every second file is a later version of the one before.
    const title = `${SUBJECTS[pair % SUBJECTS.length]}约定第${chineseNumber(1 + pair)}号（示例）`;
    const year = 1990 + (at % 2) * 20 + Math.floor(chance() * 10);
    return { year, title, articles: at === 0 ? LONGEST : lengthOf(chance()) };
  }).map(({ year, title, articles }, at) => ({
    path: `${FOLDERS[Math.floor(at / 2) % FOLDERS.length]}/${title}(${year}-03-0${1 + (at % 9)}).md`,
    text: textOf(title, year, articles, at % 9, chance),
  }));
}

function textOf(
  title: string,
  year: number,
  articles: number,
  day: number,
  chance: () => number,
): string {
  const lines = [
    `# ${title}`,
    `${year}年3月${1 + day}日 示例区居民代表会议通过`,
    '<!-- INFO END -->',
  ];
  for (let number = 1; number <= articles; number += 1) {
    if (number % 20 === 1)
      lines.push(`## 第${chineseNumber(1 + Math.floor(number / 20))}章 第${number}条起的约定`);
    const inserted = chance() < 0.01 ? '之一' : '';
    lines.push(
      `第${chineseNumber(number)}条${inserted} ${pick(SENTENCES, chance)}${pick(SENTENCES, chance)}`,
    );
    if (chance() < 0.15)
      lines.push('（一）东西坏了的；', '（二）声音太大的；', '（三）占了公用地方的。');
  }
  return `${lines.join('\n\n')}\n`;
}

function lengthOf(chance: number): number {
  return LENGTHS.find(([share]) => chance < share)?.[1] ?? 0;
}

function pick(from: readonly string[], chance: () => number): string {
  return from[Math.floor(chance() * from.length)] ?? '';
}

/** Park and Miller's generator: chance that is the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
