import { describe, expect, it } from 'vitest';
import { type Key, type Layout, widthOf } from '../../../src/renderer/keyboard/layout.ts';
import { CODE_LAYOUT, LAYOUTS } from '../../../src/renderer/keyboard/layouts.ts';

const all: Layout[] = [...Object.values(LAYOUTS), CODE_LAYOUT].flatMap((layout) =>
  layout.symbols === undefined ? [layout] : [layout, layout.symbols],
);
const keysOf = (layout: Layout): Key[] => layout.rows.flat();
const lettersOf = (layout: Layout) =>
  keysOf(layout).flatMap((key) => (key.type === 'text' ? [key.text] : []));
const actsOf = (layout: Layout) =>
  keysOf(layout).flatMap((key) => (key.type === 'act' ? [key.act] : []));

/** The alphabets as they are written in Xinjiang. */
const UYGHUR = 'ئ ا ە ب پ ت ج چ خ د ر ز ژ س ش غ ف ق ك گ ڭ ل م ن ھ و ۇ ۆ ۈ ۋ ې ى ي'.split(' ');
const KAZAKH = 'ا ب ۆ گ ع د ە ج ز ي ك ق ل م ن ڭ و پ ر س ت ۋ ۇ ف ح ھ چ ش ى \u0674'.split(' ');
const LATIN = 'abcdefghijklmnopqrstuvwxyz'.split('');

describe.each(all)('the keyboard $id', (layout) => {
  it('fills its rows exactly', () => {
    for (const row of layout.rows)
      expect(row.reduce((sum, key) => sum + widthOf(key), 0)).toBe(layout.columns);
  });

  it('has each letter once, and ways to delete and to end', () => {
    const letters = lettersOf(layout);
    expect(new Set(letters).size).toBe(letters.length);
    expect(actsOf(layout)).toEqual(expect.arrayContaining(['delete', 'done']));
  });

  it('leads back from its symbols', () => {
    if (layout.symbols !== undefined) expect(actsOf(layout.symbols)).toContain('letters');
    if (layout.symbols !== undefined) expect(actsOf(layout)).toContain('symbols');
  });
});

it.each([
  ['uyghur', UYGHUR],
  ['kazakh', KAZAKH],
  ['latin', LATIN],
  ['pinyin', LATIN],
] as const)('the keyboard %s has the whole alphabet', (id, alphabet) => {
  expect(lettersOf(LAYOUTS[id])).toEqual(expect.arrayContaining(alphabet));
});

it('digits are reached from every keyboard', () => {
  for (const layout of Object.values(LAYOUTS))
    expect(lettersOf(layout.symbols ?? layout)).toEqual(
      expect.arrayContaining('0123456789'.split('')),
    );
});
