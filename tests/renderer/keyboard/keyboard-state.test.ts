import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterOfCode } from '#shared/pinyin/character-of-code.ts';
import {
  type Candidate,
  composedText,
  type Suggest,
} from '../../../src/renderer/keyboard/composition.ts';
import {
  type Around,
  chooseCandidate,
  commit,
  type KeyboardState,
  openKeyboard,
  pressKey,
  shownLayout,
  typeText,
} from '../../../src/renderer/keyboard/keyboard-state.ts';
import { actKey } from '../../../src/renderer/keyboard/layout.ts';
import { CODE_LAYOUT } from '../../../src/renderer/keyboard/layouts.ts';

/** Words that show which letters they stand for: nothing can be lost without being seen. */
const suggest: Suggest = (letters) =>
  [2, 1]
    .filter((length) => length <= letters.length)
    .map((length): Candidate => ({ text: `<${letters.slice(0, length)}>`, letters: length }));
const around: Around = { suggest, maxLength: 1000 };

/** Field and composition as they are seen, without what shows the words. */
const lettersOf = ({ edit, composition }: KeyboardState) =>
  (edit.text + composedText(composition)).replaceAll(/[<>]/g, '');

const step = fc.oneof(
  fc.record({ type: fc.constant('letter' as const), letter: fc.constantFrom('a', 'b', 'n', "'") }),
  fc.record({ type: fc.constant('choose' as const), at: fc.nat(1) }),
  fc.record({ type: fc.constant('space' as const) }),
  fc.record({ type: fc.constant('mark' as const) }),
);

describe('putting words together', () => {
  it('never loses a letter until one is deleted', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let state = openKeyboard(['pinyin'], '');
        let typed = '';
        for (const each of steps) {
          const { letters } = state.composition;
          if (each.type === 'letter') {
            state = typeText(state, each.letter, around);
            typed += each.letter;
          } else if (each.type === 'mark') {
            state = typeText(state, '，', around);
            typed += '，';
          } else if (letters !== '' && each.type === 'choose') {
            const candidate = suggest(letters)[each.at] ?? suggest(letters)[0];
            if (candidate) state = chooseCandidate(state, candidate, around);
          } else if (letters !== '') state = pressKey(state, actKey('space'), around).state;
          expect(lettersOf(state)).toBe(typed);
        }
        expect(lettersOf(commit(state, around))).toBe(typed);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('takes each step back, one by one, to where it began', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state = openKeyboard(['pinyin'], '');
        for (const each of steps)
          if (each.type === 'letter') state = typeText(state, each.letter, around);
        for (let times = 0; times < 80; times += 1)
          state = pressKey(state, actKey('delete'), around).state;
        expect(lettersOf(state)).toBe('');
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});

describe('a character by its code', () => {
  const byCode: Around = {
    suggest: (letters) => {
      const text = characterOfCode(letters);
      return text === undefined ? [] : [{ text, letters: letters.length }];
    },
    maxLength: 10,
  };
  const typed = (keys: string) =>
    Array.from(keys).reduce(
      (state, key) => typeText(state, key, byCode),
      openKeyboard(['pinyin'], '王'),
    );

  it('is typed on keys of its own, which begin with u and end with the character', () => {
    const state = typed('u20BB7');
    expect(shownLayout(state)).toBe(CODE_LAYOUT);
    const after = pressKey(state, actKey('space'), byCode).state;
    expect(after.edit.text).toBe('王𠮷');
    expect(shownLayout(after).id).toBe('pinyin');
  });

  it('is left by deleting, letter by letter', () => {
    let state = typed('u9');
    for (let times = 0; times < 2; times += 1)
      state = pressKey(state, actKey('delete'), byCode).state;
    expect(shownLayout(state).id).toBe('pinyin');
    expect(state.edit.text).toBe('王');
  });

  it('is none while words for other letters were chosen', () => {
    const state = chooseCandidate(
      typeText(typed('ni'), 'u', byCode),
      { text: '你', letters: 2 },
      byCode,
    );
    expect(state.composition.letters).toBe('u');
    expect(shownLayout(state).id).toBe('pinyin');
  });

  it.each([
    ['u4e00', '一'],
    ['u3400', '㐀'],
    ['u31350', '\u{31350}'],
  ])('%s is %s', (entry, character) => {
    expect(characterOfCode(entry)).toBe(character);
  });

  it.each([
    'u',
    'u4e0',
    'ud800',
    'udfff',
    'u0007',
    'u202e',
    'ue000',
    'u110000',
    'uffffff',
    'x4e00',
  ])('%s is no character', (entry) => {
    expect(characterOfCode(entry)).toBeUndefined();
  });
});
