/**
 * Whether the law that the content cites says so: `node build/check-citations.mjs LAWS_DIR [CONTENT_DIR]` looks up every
 * citation of `assets/` in a folder of statutes as Markdown (`# title`, `YYYY年M月D日 event` lines, `<!-- INFO END -->`,
 * articles that begin 第…条). Such a folder is not part of the repository, and laws that are not in it are only counted;
 * `--absent` names them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, LineCounter, parseDocument, visit } from 'yaml';
import { ROOT } from './setup/paths.mjs';
import { runMain, SetupError } from './setup/say.mjs';

/** @typedef {{ year: number, articles: Map<string, string[]>, hasEarlier?: boolean }} Law articles by number, each as its paragraphs; whether the folder has an earlier text of it, too */
/** @typedef {{ place: string, law: string, article: string | undefined, version: string | undefined }} Cited */

const NUMERAL = '[零〇一二三四五六七八九十百千]+';
const ARTICLE = new RegExp(`^第(${NUMERAL})条(?:之(${NUMERAL}))?`);
const DIGITS = '零一二三四五六七八九';
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** 一千零七十九 is 1079. @param {string} text */
function numberOf(text) {
  let total = 0;
  let digit = 0;
  for (const character of text.replaceAll('〇', '零')) {
    const unit = UNITS.get(character);
    if (unit === undefined) digit = DIGITS.indexOf(character);
    else {
      total += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}

/** @param {RegExpMatchArray} match of ARTICLE */
function articleKey([, number = '', inserted]) {
  return `${numberOf(number)}${inserted === undefined ? '' : `-${numberOf(inserted)}`}`;
}

/** A law's name as citations and files agree on it. @param {string} title */
function plainTitle(title) {
  return title
    .replaceAll('中华人民共和国', '')
    .replaceAll(/[\s《》〈〉<>]/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/（\d{4}.*）$/, '');
}

/** @param {string} text @returns {{ title: string, law: Law, isPart: boolean }} */
function readLaw(text) {
  const [head = '', body = ''] = text.split('<!-- INFO END -->');
  const title = plainTitle(/^# (.*)$/m.exec(head)?.[1] ?? '');
  const years = [...head.matchAll(/(\d{4})年/g)].map((match) => Number(match[1]));
  const isPart = (head.match(/^# /gm) ?? []).length > 1;
  return { title, isPart, law: { year: Math.max(0, ...years), articles: readArticles(body) } };
}

/** @param {string} body */
function readArticles(body) {
  /** @type {Law['articles']} */
  const articles = new Map();
  /** @type {string[]} */
  let current = [];
  for (const line of body.split('\n').map((one) => one.trim())) {
    const match = ARTICLE.exec(line);
    if (match) {
      current = [line];
      articles.set(articleKey(match), current);
    } else if (line !== '' && !line.startsWith('#')) current.push(line);
  }
  return articles;
}

/** Newest version of each law, the parts of a split law together. @param {string} folder */
function readLaws(folder) {
  /** @type {Map<string, Law>} */
  const laws = new Map();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.md')) continue;
    const { title, law, isPart } = readLaw(readFileSync(path.join(folder, name), 'utf8'));
    const known = laws.get(title);
    // Parts of one law are dated differently in their files.
    if (known === undefined) laws.set(title, law);
    else if (known.year !== law.year && !isPart)
      laws.set(title, { ...(known.year < law.year ? law : known), hasEarlier: true });
    else if (known.year === law.year || isPart)
      for (const [key, paragraphs] of law.articles) known.articles.set(key, paragraphs);
  }
  return laws;
}

/** @param {string} assets @returns {Cited[]} */
function readCitations(assets) {
  return readdirSync(assets, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => citationsIn(path.join(assets, name), name));
}

/** @param {string} file @param {string} shown @returns {Cited[]} */
function citationsIn(file, shown) {
  const lines = new LineCounter();
  /** @type {Cited[]} */
  const found = [];
  visit(parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines }), {
    Map(_key, node) {
      const law = node.get('law');
      if (!isMap(node) || typeof law !== 'string' || law.startsWith('law.')) return;
      const article = node.get('article');
      const version = node.get('version');
      found.push({
        place: `${shown}:${lines.linePos(node.range?.[0] ?? 0).line}`,
        law,
        article: typeof article === 'string' ? article : undefined,
        version: typeof version === 'string' ? version : undefined,
      });
    },
  });
  return found;
}

/** What a citation names that the law has not, in words. @param {Law} law @param {string} cited */
function missing(law, cited) {
  /** @type {string[]} */
  let paragraphs = [];
  return cited.split(/[、至](?=第)/).flatMap((part) => {
    const match = ARTICLE.exec(part);
    if (match) {
      const found = law.articles.get(articleKey(match));
      if (found === undefined) return [`没有${match[0]}`];
      paragraphs = found;
    }
    return missingInside(paragraphs, part);
  });
}

/** @param {string[]} paragraphs of an article, items among them @param {string} part */
function missingInside(paragraphs, part) {
  const [, paragraph] = new RegExp(`第(${NUMERAL})款`).exec(part) ?? [];
  const [, item] = new RegExp(`第(${NUMERAL})(?:至第${NUMERAL})?项`).exec(part) ?? [];
  const own = paragraphs.filter((text) => !/^[（(]/.test(text));
  const text = paragraphs.join('\n').replaceAll(/[()]/g, (mark) => (mark === '(' ? '（' : '）'));
  return [
    ...(paragraph !== undefined && numberOf(paragraph) > own.length
      ? [`${part}：这一条只有 ${own.length} 款`]
      : []),
    ...(item !== undefined && !text.includes(`（${item}）`) ? [`${part}：没有这一项`] : []),
  ];
}

/** A citation of a version newer than the folder's cannot be looked up there. @param {Cited} cited @param {Law} law */
function isNewer({ version }, law) {
  const years = [...(version ?? '').matchAll(/(?:19|20)\d{2}/g)].map((match) => Number(match[0]));
  return years.length > 0 && Math.min(...years) > law.year;
}

await runMain(() => {
  const [folder, assets = path.join(ROOT, 'assets')] = process.argv
    .slice(2)
    .filter((word) => !word.startsWith('--'));
  if (folder === undefined)
    throw new SetupError('请写明法律文本的文件夹：node build/check-citations.mjs 文件夹');
  const laws = readLaws(folder);
  const counts = { checked: 0, absent: 0, newer: 0, wrong: 0 };
  const absent = new Set();
  for (const cited of readCitations(assets)) {
    const law = laws.get(plainTitle(cited.law));
    if (law === undefined) {
      counts.absent += 1;
      absent.add(cited.law);
    } else if (isNewer(cited, law)) counts.newer += 1;
    else {
      counts.checked += 1;
      const unsaid =
        law.hasEarlier === true && cited.version === undefined
          ? ['有几个文本，没有写明是哪一个（version）']
          : [];
      for (const fault of [...missing(law, cited.article ?? ''), ...unsaid]) {
        counts.wrong += 1;
        console.log(`${cited.place} 《${cited.law}》${cited.article ?? ''}：${fault}`);
      }
    }
  }
  if (process.argv.includes('--absent'))
    for (const name of absent) console.log(`没有全文：${name}`);
  console.log(
    `核对了 ${counts.checked} 处引用，${counts.wrong} 处不符；${counts.newer} 处引的是更新的文本，${counts.absent} 处（${absent.size} 部）没有全文可对。`,
  );
  if (counts.wrong > 0) process.exitCode = 1;
});
