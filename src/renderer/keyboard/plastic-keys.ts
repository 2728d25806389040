import type { KeyboardHandle } from './keyboard-scope.tsx';
import { actKey, type KeyAct } from './layout.ts';

/** Keys that do on a keyboard of plastic what a key of the board does. */
const ACTS: Readonly<Record<string, KeyAct>> = {
  Backspace: 'delete',
  Enter: 'done',
  ' ': 'space',
  Escape: 'close',
};

/** Keys that may go on while they are held; any other counts once. */
const REPEATING = new Set(['Backspace', 'ArrowLeft', 'ArrowRight']);

/** A key event, as far as it matters here. */
export interface PlasticKey {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/**
 * What a tactile keypad or a keyboard of plastic does in the field. Digits choose candidates while words are put together.
 * Tells whether the key was taken.
 */
export function typePlastic(event: PlasticKey, keyboard: KeyboardHandle): boolean {
  const { state, candidates } = keyboard;
  if (state === undefined || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.repeat && !REPEATING.has(event.key)) return true;
  const act = ACTS[event.key] ?? caretAct(event.key);
  if (act !== undefined) keyboard.press(actKey(act));
  else if (Array.from(event.key).length !== 1) return false;
  else {
    const picked = /^[1-9]$/.test(event.key) ? candidates[Number(event.key) - 1] : undefined;
    if (picked !== undefined) keyboard.choose(picked);
    else keyboard.type(event.key);
  }
  return true;
}

function caretAct(key: string): KeyAct | undefined {
  if (key === 'ArrowLeft') return 'left';
  return key === 'ArrowRight' ? 'right' : undefined;
}
