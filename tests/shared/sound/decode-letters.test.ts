import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLetters } from '#shared/sound/decode-letters.ts';
import { speechModel } from '#shared/sound/speech-model.ts';

const MODEL = speechModel(
  new Set([
    '老板不发工资',
    '老板跑了',
    '工资怎么办',
    '孩子抚养权',
    '老公出轨',
    '我想离婚',
    '离婚财产分割',
    '房东不退押金',
    '交通安全',
    '小额诉讼',
    '西安',
    '先还钱',
  ]),
);

function read(typed: string): string | undefined {
  return decodeLetters(MODEL, typed, 1)[0]?.text;
}

describe('letters are read as people speak', () => {
  test.each([
    ['written out', 'laobanbufagongzi', '老板不发工资'],
    ['by initials', 'lbbfgz', '老板不发工资'],
    ['by initials of which two could be one syllable', 'jtaq', '交通安全'],
    ['by initials with a syllable of one letter', 'xess', '小额诉讼'],
    ['written out and by initials', 'laobanbfgz', '老板不发工资'],
    ['among characters, which tell what they mean', '老公cg想离婚', '老公出轨想离婚'],
    ['of several phrases one after the other', 'laobanpaolegongzizenmeban', '老板跑了工资怎么办'],
    ['with sounds that many do not tell apart', 'fandonbutuiyajing', '房东不退押金'],
    ['with a syllable that was broken off', 'haizifuyangqu', '孩子抚养权'],
    ['while the last syllable is still typed', 'lihuncaichanfeng', '离婚财产分割'],
  ])('%s', (_, typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  test('a gap parts syllables and stays only beside characters', () => {
    expect(read('xianhuanqian')).toBe('先还钱');
    expect(read('xi an huanqian')).toBe('西安还钱');
    expect(read('老板 gongzi')).toBe('老板 工资');
  });

  test('the likeliest way comes first, and what no sound can be has none', () => {
    const ways = decodeLetters(MODEL, 'lh', 5);
    expect(ways[0]?.text).toBe('离婚');
    expect(ways.map(({ cost }) => cost)).toEqual(
      ways.map(({ cost }) => cost).sort((a, b) => a - b),
    );
    expect(decodeLetters(MODEL, 'vui', 3)).toEqual([]);
    expect(decodeLetters(MODEL, '', 3).map(({ text }) => text)).toEqual(['']);
  });

  test('what people say is less in doubt than what nobody says', () => {
    const [said] = decodeLetters(MODEL, 'laobanbufagongzi', 1);
    const [unsaid] = decodeLetters(MODEL, 'zigongfabubanlao', 1);
    expect(said?.doubt).toBeLessThan(unsaid?.doubt ?? 0);
    expect(decodeLetters(MODEL, '老板', 1)[0]?.doubt).toBe(0);
  });
});

test('any text keeps its characters, and no letter is left of those that were read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...Array.from('老板工离婚abeghilnosuvz 12🦉é')), { maxLength: 60 }),
      (signs) => {
        const typed = signs.join('').trim();
        for (const { text } of decodeLetters(MODEL, typed, 3)) {
          expect(text).not.toMatch(/[a-z]/);
          expect(text).toMatch(keptIn(typed));
        }
      },
    ),
    { seed: 20_261_123, numRuns: 300 },
  );
});

/** Characters as they stood, anything where letters stood. */
function keptIn(typed: string): RegExp {
  const parts = typed.split(/[a-z]+(?: +[a-z]+)*/u).map((part) => part.trim());
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}
