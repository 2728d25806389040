/**
 * Writes src/renderer/keyboard/lexicon/lexicon.txt: the words of the pinyin keyboard with their readings and costs.
 *
 *     node build/pinyin/generate-lexicon.mjs STATUTES UNIHAN
 *
 * From the dictionary of @node-rs/jieba (MIT) and the readings of pinyin-pro (MIT); rare characters from Unihan_Readings.txt
 * in the folder UNIHAN (Unicode licence; Debian's package unicode-data has it). How common a word is at a stand about law is
 * counted in assets/starter and in the folder STATUTES of texts in Markdown.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { pinyin } from 'pinyin-pro';
import { costMark, syllableMark } from '../../src/shared/pinyin/lexicon.ts';
import { inRoot } from '../setup/paths.mjs';
import { DOMAIN_READINGS, DOMAIN_WORDS } from './domain-words.mjs';
import { EVERYDAY } from './everyday.mjs';
import { NAME_READINGS, NAME_TITLES, NAME_WORDS, SURNAME_READINGS } from './names.mjs';
import { placeNames } from './places.mjs';
import { textsBelow } from './texts.mjs';

const HAN = /^\p{Script=Han}+$/u;
const LEAST_FREQUENCY = 20;
const LONGEST_WORD = 7;
/** The part of all words that is taken from texts about law, and how much more the questions of visitors count there than statutes. */
const LAW_SHARE = 0.4;
const CONTENT_WEIGHT = 8;
/** How much more a sentence of speech counts than one of a statute. */
const SPEECH_WEIGHT = 120;
const LEAST_PAIR = 3;
const LEAST_LIKELIER = 1;
/** A word of the list above counts as if it were at least so common. */
const DOMAIN_FLOOR = 2e-5;
const SYLLABLE = /^[a-z]+$/;

const [statutes, unihan] = process.argv.slice(2);
if (statutes === undefined || unihan === undefined) {
  console.error('用法：node build/pinyin/generate-lexicon.mjs 法律文本文件夹 Unihan文件夹');
  process.exit(2);
}

/** Abuse has no place among the words that a public terminal offers; whoever means it can spell it. */
const ABUSE = /[屄肏屌]|[操日肏]你|鸡巴|他妈|妈的|妈逼|傻[逼屄]|婊子|王八蛋|狗日|干你娘/;

/**
 * Words and how often they stand in general texts. Names of people (tags that begin with nr) are left out: nobody's name
 * stands on a public screen because somebody typed its initials.
 */
function generalFrequencies() {
  const frequencies = new Map();
  for (const line of Buffer.from(dict).toString('utf8').split('\n')) {
    const [word, count, tag] = line.split(' ');
    if (!word || !HAN.test(word) || ABUSE.test(word)) continue;
    if (word.length === 1 || !tag?.startsWith('nr')) frequencies.set(word, Number(count));
  }
  return frequencies;
}

/** How often words, and pairs of words, stand in texts about law. */
function lawCounts(jieba) {
  const words = new Map();
  const pairs = new Map();
  const count = (map, key, weight) => map.set(key, (map.get(key) ?? 0) + weight);
  const read = (text, weight) => {
    for (const part of text.match(/\p{Script=Han}+/gu) ?? []) {
      let before = '';
      for (const word of jieba.cut(part, false)) {
        count(words, word, weight);
        if (before !== '') count(pairs, `${before} ${word}`, weight);
        before = word;
      }
    }
  };
  for (const text of textsBelow(statutes, /\.md$/)) read(text, 1);
  for (const text of textsBelow(inRoot('assets', 'starter'), /^(?!translations).*\.yaml$/))
    read(text, CONTENT_WEIGHT);
  for (const sentence of EVERYDAY) read(sentence, SPEECH_WEIGHT);
  return { words, pairs };
}

/** Readings of a word: those in its own context, or all of a single character. */
function readingsOf(word) {
  const own = DOMAIN_READINGS[word] ?? NAME_READINGS[word];
  if (own !== undefined) return [own];
  const options = { toneType: 'none', type: 'array', v: true };
  if (word.length > 1) return [pinyin(word, options).join(' ')];
  return [...new Set(pinyin(word, { ...options, multiple: true }))];
}

/** Characters that hardly any dictionary has, with the readings that Unihan gives for them. */
function rareReadings() {
  const lines = readFileSync(join(unihan, 'Unihan_Readings.txt'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    if (!line.startsWith('U+')) return [];
    const [code, field, value] = line.split('\t');
    if (field !== 'kMandarin') return [];
    const character = String.fromCodePoint(Number.parseInt(code.slice(2), 16));
    return value
      .split(/[ ,]/)
      .map((reading) => [character, plainSyllable(reading.replace(/^.*:/, ''))]);
  });
}

function plainSyllable(reading) {
  return reading
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

/** How dear a character is that no frequency list has: the further from everyday blocks, the dearer. */
function rareCost(character) {
  const code = character.codePointAt(0);
  if (code >= 0x4e00 && code <= 0x9fff) return 15.6;
  return code < 0x4dc0 ? 16.6 : 17.6;
}

const general = generalFrequencies();
const jieba = Jieba.withDict(dict);
jieba.loadDict(Buffer.from(DOMAIN_WORDS.map((word) => `${word} 2000`).join('\n')));
const law = lawCounts(jieba);

const sum = (map) => [...map.values()].reduce((total, count) => total + count, 0);
const generalTotal = sum(general);
const lawTotal = sum(law.words);
const listed = new Set(DOMAIN_WORDS);

function probability(word) {
  const mixed =
    ((1 - LAW_SHARE) * (general.get(word) ?? 0)) / generalTotal +
    (LAW_SHARE * (law.words.get(word) ?? 0)) / lawTotal;
  return listed.has(word) ? Math.max(mixed, DOMAIN_FLOOR) : mixed;
}

/** A surname is not rare at a counter; before a title it is what was meant. */
const SURNAME_COST = 9.5;
const NAME_COST = 11;
const TITLE_LIKELIER = 5;

const chosen = new Set(
  [...general]
    .filter(
      ([word, count]) =>
        word.length === 1 ||
        (word.length <= LONGEST_WORD &&
          (count >= LEAST_FREQUENCY || (law.words.get(word) ?? 0) >= 8)),
    )
    .map(([word]) => word),
);
for (const word of DOMAIN_WORDS) chosen.add(word);

/** Readings, each with its words and their costs. */
const rows = new Map();
function put(reading, word, cost) {
  if (!reading.split(' ').every((syllable) => SYLLABLE.test(syllable))) return;
  const row = rows.get(reading) ?? new Map();
  rows.set(reading, row);
  row.set(word, Math.min(row.get(word) ?? Number.POSITIVE_INFINITY, cost));
}
for (const word of chosen) {
  const cost = -Math.log(Math.max(probability(word), 1e-8));
  // The first reading of a character is its usual one; the others are dearer.
  for (const [at, reading] of readingsOf(word).entries())
    put(reading, word, cost + (at === 0 ? 0 : 2.5));
}
for (const [word, cost] of placeNames())
  for (const reading of readingsOf(word)) put(reading, word, cost);
for (const word of NAME_WORDS)
  for (const reading of readingsOf(word)) put(reading, word, NAME_COST);
for (const [surname, reading] of SURNAME_READINGS) {
  const usual = readingsOf(surname)[0] === reading;
  put(reading, surname, Math.max(SURNAME_COST, usual ? 0 : SURNAME_COST + 1));
}
for (const [character, reading] of rareReadings())
  if (!rows.get(reading)?.has(character)) put(reading, character, rareCost(character));

const syllables = [...new Set([...rows.keys()].flatMap((reading) => reading.split(' ')))].sort(
  (a, b) => (a < b ? -1 : 1),
);
const numbers = new Map(syllables.map((syllable, number) => [syllable, number]));
const markOf = (reading) =>
  reading
    .split(' ')
    .map((syllable) => syllableMark(numbers.get(syllable)))
    .join('');
const wordLines = [...rows.keys()]
  .map((reading) => [markOf(reading), [...rows.get(reading)].sort((a, b) => a[1] - b[1])])
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([mark, words]) => `${mark}\t${words.map(([word, cost]) => word + costMark(cost)).join('')}`,
  );

/** How much likelier a word becomes after another: the nats that its cost falls by. */
function pairLines() {
  const followers = new Map();
  for (const [pair, count] of law.pairs) {
    const [first, second] = pair.split(' ');
    if (count < LEAST_PAIR || !chosen.has(first) || !chosen.has(second)) continue;
    const after = Math.max(count - 1, 0) / (law.words.get(first) ?? 1);
    const likelier = Math.log(1 + (0.6 * after) / probability(second));
    if (likelier < LEAST_LIKELIER || count * likelier < 24) continue;
    const list = followers.get(first) ?? [];
    followers.set(first, [...list, [second, likelier]]);
  }
  for (const [surname] of SURNAME_READINGS)
    followers.set(surname, [
      ...(followers.get(surname) ?? []).filter(([second]) => !NAME_TITLES.includes(second)),
      ...NAME_TITLES.map((title) => [title, TITLE_LIKELIER]),
    ]);
  return [...followers].map(
    ([first, list]) =>
      `${first}\t${list.map(([second, nats]) => second + costMark(nats)).join('')}`,
  );
}
const pairs = pairLines();
writeFileSync(
  inRoot('src', 'renderer', 'keyboard', 'lexicon', 'lexicon.txt'),
  `${[syllables.join(' '), ...wordLines, '', ...pairs].join('\n')}`,
);
console.log(
  JSON.stringify({
    readings: wordLines.length,
    syllables: syllables.length,
    words: chosen.size,
    pairs: pairs.length,
  }),
);
