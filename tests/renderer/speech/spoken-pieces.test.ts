import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SPOKEN } from '#shared/contract/speech.ts';
import { spokenPieces } from '../../../src/renderer/speech/spoken-pieces.ts';

const LETTERS = /[\p{L}\p{N}]/gu;
const lettersOf = (text: string) => (text.match(LETTERS) ?? []).join('');

/** As texts of the pages are: words of both kinds, marks, breaks. */
const text = fc
  .array(
    fc.constantFrom('法律援助', '不收费', '12348', 'legal aid', '，', '。', ', ', '. ', ' ', '\n'),
    {
      maxLength: 80,
    },
  )
  .map((parts) => parts.join(''));

describe('what is said in pieces', () => {
  it('is said whole, and no piece is longer than a voice says at once', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('zh-CN' as const, 'en' as const), (words, language) => {
        const pieces = spokenPieces(words, language);
        expect(lettersOf(pieces.join(''))).toBe(lettersOf(words));
        const most = language === 'en' ? 120 : 40;
        for (const piece of pieces) {
          expect(Array.from(piece).length).toBeLessThanOrEqual(most);
          expect(piece.length).toBeLessThanOrEqual(MOST_SPOKEN);
          expect(lettersOf(piece)).not.toBe('');
        }
      }),
    );
  });

  it('is one piece while it is short', () => {
    expect(spokenPieces('带身份证，到窗口取号。', 'zh-CN')).toEqual(['带身份证，到窗口取号。']);
  });

  it('breaks after its marks', () => {
    const sentence = `${'一'.repeat(30)}，`;
    expect(spokenPieces(`${sentence}${sentence}${sentence}`, 'zh-CN')).toEqual([
      sentence,
      sentence,
      sentence,
    ]);
  });

  it('is cut where it has no mark, between words where it has any', () => {
    expect(spokenPieces('一'.repeat(90), 'zh-CN').map(({ length }) => length)).toEqual([
      40, 40, 10,
    ]);
    for (const piece of spokenPieces('legal '.repeat(60), 'en'))
      expect(piece).toMatch(/^legal.*legal$/);
  });

  it('leaves numbers whole', () => {
    expect(spokenPieces('The fee is 1.5 yuan, from 9:30.', 'en')).toEqual([
      'The fee is 1.5 yuan, from 9:30.',
    ]);
  });

  it('is nothing where there are only marks', () => {
    expect(spokenPieces(' ，。\n', 'zh-CN')).toEqual([]);
  });
});
