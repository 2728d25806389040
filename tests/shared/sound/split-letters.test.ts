import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSounds } from '#shared/sound/match-sounds.ts';
import { soundGrams, syllablesQuery } from '#shared/sound/sound-grams.ts';
import { blur, isSyllable, readingsOf } from '#shared/sound/sounds.ts';
import { splitLetters, splitSyllables } from '#shared/sound/split-letters.ts';

const ways = (letters: string) =>
  splitLetters(letters).map((way) => way.map((unit) => unit.letters).join(' '));

describe('letters as sounds', () => {
  test.each([
    ['laodong', 'lao dong'],
    ['ldht', 'l d h t'],
    ['laodo', 'lao do'],
    ['xian', 'xian'],
    ['xian', 'xi an'],
    ['zhongcai', 'zhong cai'],
  ])('%s may be %s', (letters, way) => {
    expect(ways(letters)).toContain(way);
  });

  test.each(['', '劳动', 'lao dong', 'a'.repeat(61)])('%s is none', (letters) => {
    expect(splitLetters(letters)).toEqual([]);
  });

  test('whole syllables are told from what is none', () => {
    expect(splitSyllables('laodongzhongcai')).toEqual(['lao', 'dong', 'zhong', 'cai']);
    expect(splitSyllables('ldht')).toBeUndefined();
    expect(splitSyllables('laodongz')).toBeUndefined();
  });

  test('what is put together from syllables is taken apart into syllables again', () => {
    const syllables = fc.array(fc.constantFrom('lao', 'dong', 'zhong', 'cai', 'xi', 'an', 'er'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(syllables, (parts) => {
        const split = splitSyllables(parts.join('')) ?? [];
        expect(split.join('')).toBe(parts.join(''));
        expect(split.every(isSyllable)).toBe(true);
        expect(split.length).toBeLessThanOrEqual(parts.length);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('sounds that are taken for one', () => {
  test.each([
    ['zhong', 'zong'],
    ['shi', 'si'],
    ['lan', 'nan'],
    ['hu', 'fu'],
    ['lin', 'ling'],
    ['cheng', 'cen'],
    ['lv', 'lu'],
  ])('%s and %s', (one, other) => {
    expect(blur(one)).toBe(blur(other));
  });

  test('a character of the same sound counts less than the character itself', () => {
    const typed = (text: string) =>
      matchSounds(
        Array.from(text, (character) => ({ character })),
        Array.from('劳动仲裁'),
      )?.quality ?? 0;
    expect(typed('仲裁')).toBe(1);
    expect(typed('仲才')).toBeLessThan(1);
    expect(typed('仲才')).toBeGreaterThan(0);
    expect(typed('离婚')).toBe(0);
  });

  test('a text is found by its sounds, finished or not, in each usual reading', () => {
    const tokens = soundGrams('重婚').split(' ');
    for (const syllables of [
      ['chong', 'hun'],
      ['zhong', 'hun'],
    ])
      expect(tokens).toContain(syllablesQuery(syllables.map(blur), true).replaceAll('"', ''));
    expect(readingsOf('重').length).toBeGreaterThan(1);
  });
});
