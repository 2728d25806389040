import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
  typeText,
} from '../../../src/renderer/keyboard/keyboard-state.ts';
import { actKey } from '../../../src/renderer/keyboard/layout.ts';

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
