import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writtenPack } from '../station/packs/written-pack.ts';

const TOOL = join(import.meta.dirname, '../../build/check-citations.mjs');

const LAW = (year: number, articles: string) =>
  `# 中华人民共和国某法\n\n${year}年1月1日 通过\n\n<!-- INFO END -->\n\n## 第一章 总 则\n\n${articles}\n`;

const OLD = '第一条 为了测试，制定本法。\n\n第九条 旧法才有。';
const NEW =
  '第一条 为了测试，制定本法。\n\n第二条 有下列情形之一的：\n\n（一）甲；\n\n（二）乙。\n\n前款规定不溯及既往。\n\n第一千零一十条之一 插入的一条。';

function check(citations: readonly string[]): Promise<string[]> {
  const pack = writtenPack({
    'laws/某法(2010-01-01).md': LAW(2010, OLD),
    'laws/某法(2020-01-01).md': LAW(2020, NEW),
    'content/faqs.yaml': `records:\n${citations.map((one) => `  - ${one}\n`).join('')}`,
  });
  return new Promise((resolve) => {
    const folders = [join(pack.folder, 'laws'), join(pack.folder, 'content')];
    execFile(process.execPath, [TOOL, ...folders], (_error, stdout) => {
      pack.remove();
      resolve(stdout.trimEnd().split('\n'));
    });
  });
}

test('citations that the law has are passed', async () => {
  const lines = await check([
    '{ law: 某法, version: 2020年修订 }',
    '{ law: 某法, article: 第一条、第二条第一款第二项, version: 2020年修订 }',
    '{ law: 某法, article: 第二条第二款, version: 2020年修订 }',
    '{ law: 某法, article: 第二条第一款第一项至第二项, version: 2020年修订 }',
    '{ law: 某法, article: 第一千零一十条之一, version: 2020年修订 }',
    '{ law: 某法, article: 第八十条, version: 2025年修订 }',
    '{ law: 别的法, article: 第八十条 }',
  ]);
  expect(lines).toEqual([
    '核对了 5 处引用，0 处不符；1 处引的是更新的文本，1 处（1 部）没有全文可对。',
  ]);
});

test('an article, a paragraph and an item that the newest law has not are told with their place', async () => {
  const lines = await check([
    '{ law: 某法, article: 第九条, version: 2020年修订 }',
    '{ law: 某法, article: 第二条第三款, version: 2020年修订 }',
    '{ law: 某法, article: 第二条第三项, version: 2020年修订 }',
    '{ law: 某法, article: 第一千零一十条, version: 2020年修订 }',
  ]);
  expect(lines).toEqual([
    'faqs.yaml:2 《某法》第九条：没有第九条',
    'faqs.yaml:3 《某法》第二条第三款：第二条第三款：这一条只有 2 款',
    'faqs.yaml:4 《某法》第二条第三项：第二条第三项：没有这一项',
    'faqs.yaml:5 《某法》第一千零一十条：没有第一千零一十条',
    '核对了 4 处引用，4 处不符；0 处引的是更新的文本，0 处（0 部）没有全文可对。',
  ]);
});

test('a law of which there are several texts is cited with the one that is meant', async () => {
  const lines = await check(['{ law: 某法, article: 第二条 }', '{ law: 某法 }']);
  expect(lines.slice(0, 2)).toEqual([
    'faqs.yaml:2 《某法》第二条：有几个文本，没有写明是哪一个（version）',
    'faqs.yaml:3 《某法》：有几个文本，没有写明是哪一个（version）',
  ]);
});
