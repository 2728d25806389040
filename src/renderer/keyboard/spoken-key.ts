import type { TFunction } from 'i18next';
import { composedText, isComposing, type Suggest } from './composition.ts';
import { keyName } from './key-name.ts';
import type { KeyboardState } from './keyboard-state.ts';
import type { PressableKey } from './layout.ts';

/** More than three words nobody keeps in mind while listening. */
const SPOKEN_WORDS = 3;

/** A press: the state before it, and after it unless the board went away with it. */
export interface SpokenPress {
  readonly key: PressableKey;
  readonly before: KeyboardState;
  readonly after: KeyboardState | undefined;
  readonly suggest: Suggest;
  readonly doneLabel: string | undefined;
}

/** What a press did, in words: the letter and the words it may become, the words it became, or what is gone. */
export function spokenPress(t: TFunction, press: SpokenPress): string {
  const { key, before, after, doneLabel } = press;
  const name = keyName(t, key, before, doneLabel);
  if (after === undefined) return name;
  if (key.type === 'act' && key.act === 'delete') {
    const gone = deleted(before, after);
    const words = gone === '' ? name : t('keyboard.deleted', { text: gone });
    return isComposing(after.composition) ? offered(t, words, press) : words;
  }
  if (isComposing(after.composition) && after.composition !== before.composition)
    return offered(t, name, press);
  const became = isComposing(before.composition) ? inserted(before, after) : '';
  return became === '' ? name : became;
}

/** The first candidates, by the number that chooses them on a keypad. */
function offered(t: TFunction, name: string, { after, suggest }: SpokenPress): string {
  const words = suggest(after?.composition.letters ?? '').slice(0, SPOKEN_WORDS);
  if (words.length === 0) return name;
  const list = words.map(({ text }, at) => `${at + 1} ${text}`).join('，');
  return t('keyboard.offered', { name, words: list });
}

function inserted(before: KeyboardState, after: KeyboardState): string {
  return after.edit.text.slice(before.edit.start, after.edit.start);
}

function deleted(before: KeyboardState, after: KeyboardState): string {
  if (isComposing(before.composition)) {
    const text = composedText(before.composition);
    const left = composedText(after.composition);
    return text.startsWith(left) ? text.slice(left.length) : text;
  }
  const taken = before.edit.text.length - after.edit.text.length;
  return before.edit.text.slice(after.edit.start, after.edit.start + taken);
}
