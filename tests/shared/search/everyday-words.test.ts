import { describe, expect, test } from 'vitest';
import {
  articleNamesOf,
  meantBy,
  plainSpeech,
  readMeanings,
  readNames,
  sayingsOf,
} from '#shared/search/everyday-words.ts';

const SAYINGS = sayingsOf([
  { everyday: ['不给工资', '工资'], legal: ['劳动报酬', '拖欠'] },
  { everyday: ['打人'], legal: ['故意伤害'] },
]);
const said = (text: string) => readMeanings(text, SAYINGS).map((meaning) => meaning.said);

describe('everyday words', () => {
  test('mean legal ones', () => {
    expect(readMeanings('老板不给工资', SAYINGS)).toEqual([
      {
        said: '不给工资',
        meant: ['劳动报酬', '拖欠'],
        terms: ['劳动报酬', '拖欠'],
        quality: 1,
      },
    ]);
  });

  test('may have others between them, or stand the other way round, and count less', () => {
    expect(readMeanings('不给我发工资', SAYINGS)[0]?.quality).toBeGreaterThan(
      readMeanings('工资不给', SAYINGS).find((one) => one.said === '不给工资')?.quality ?? 1,
    );
  });

  test('inside a longer saying say nothing of their own', () => {
    expect(said('不给工资')).toEqual(['不给工资']);
  });

  test('that were not said mean nothing', () => {
    expect(said('离婚')).toEqual([]);
    expect(said('')).toEqual([]);
  });
});

describe('articles of law by their names', () => {
  const records = [
    { everyday: ['袭警', '打警察'], legal: ['刑法第277条', '妨害公务'] },
    { everyday: ['掩饰、隐瞒犯罪所得'], legal: ['刑法第312条'] },
    { everyday: ['交法'], legal: ['道路交通安全法'] },
  ];
  const names = articleNamesOf(records);

  test('are read apart from the legal words of the same record', () => {
    expect(readNames('打警察判几年', names)[0]).toMatchObject({
      meant: ['刑法第277条'],
      quality: 1,
    });
    expect(readMeanings('打警察判几年', sayingsOf(records))[0]?.meant).toEqual(['妨害公务']);
  });

  test('are known by a part of the name, and less surely', () => {
    const [part] = readNames('犯罪所得', names);
    expect(part?.meant).toEqual(['刑法第312条']);
    expect(part?.quality).toBeLessThan(1);
  });

  test('are none where a law is named without an article', () => {
    expect(readNames('交法', names)).toEqual([]);
    expect(meantBy('袭警', names)).toEqual(['刑法第277条']);
  });
});

describe('words of a place', () => {
  const inPlainWords = plainSpeech([
    { everyday: ['媳妇', '女的'], plain: '老婆' },
    { everyday: ['儿媳妇'], plain: '儿女' },
    { everyday: ['不掏', 'A.B'], plain: '不给' },
    { everyday: ['妇女'], plain: '妇女' },
    { everyday: ['dy'], plain: '抖音' },
    { everyday: ['打人'], legal: ['故意伤害'] },
  ]);

  test('in letters are words only where no other letters go on', () => {
    expect(inPlainWords('dy主播 dyj')).toBe('抖音主播 dyj');
  });

  test('are said with those that everybody uses, the longest first', () => {
    expect(inPlainWords('媳妇不掏钱')).toBe('老婆不给钱');
    expect(inPlainWords('儿媳妇不掏钱')).toBe('儿女不给钱');
  });

  test('stay as they are inside a word that stands for itself', () => {
    expect(inPlainWords('妇女的权利')).toBe('妇女的权利');
  });

  test('are plain text, whatever signs they have', () => {
    expect(inPlainWords('a b')).toBe('不给');
    expect(inPlainWords('axb')).toBe('axb');
  });

  test('change nothing where there are none', () => {
    expect(plainSpeech([])('打人')).toBe('打人');
    expect(inPlainWords('打人')).toBe('打人');
  });
});
