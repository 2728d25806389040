import { expect, test } from 'vitest';
import { readProfileSettings } from '#station/packs/profile-pack.ts';
import { PROFILES, profileFolder } from '../real-content.ts';
import { typedWords } from './words.ts';

const WORDS = typedWords();

/** A syllable of standard Chinese as typed; üe may be struck as ve or ue. */
const INITIAL = '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])';
const FINAL =
  '(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)';

test('there are at least 500 different words', () => {
  const words = WORDS.map(({ word }) => word);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  expect(words.length).toBeGreaterThanOrEqual(500);
});

test('pinyin falls into one syllable for every character', () => {
  const odd = WORDS.filter(({ word, pinyin }) => {
    const characters = word.match(/\p{Script=Han}/gu)?.length;
    return !new RegExp(`^(?:${INITIAL}?${FINAL}){${characters}}$`).test(pinyin);
  });
  expect(odd).toEqual([]);
});

test('characters with several readings are read as the word wants it', () => {
  const typed = new Map(WORDS.map(({ word, pinyin }) => [word, pinyin]));
  const readings = {
    重庆: 'chongqing',
    银行行长: 'yinhanghangzhang',
    借钱不还: 'jieqianbuhuan',
    还没有着落: 'haimeiyouzhuoluo',
    调解: 'tiaojie',
    调岗: 'diaogang',
    大夫说要住院: 'daifushuoyaozhuyuan',
    得去法院: 'deiqufayuan',
    单: 'shan',
    仇: 'qiu',
    解: 'xie',
    查: 'zha',
    吕: 'lv',
    六安: 'luan',
  };
  for (const [word, pinyin] of Object.entries(readings)) expect(typed.get(word), word).toBe(pinyin);
});

test('places of every deployment are among them', () => {
  const words = WORDS.map(({ word }) => word);
  for (const profile of PROFILES) {
    const { settings } = readProfileSettings(profileFolder(profile));
    const names = [...(settings?.divisions.values() ?? [])];
    const streets = words.filter((word) => names.some((name) => name.startsWith(word)));
    expect(streets.length, profile).toBeGreaterThanOrEqual(10);
  }
});
