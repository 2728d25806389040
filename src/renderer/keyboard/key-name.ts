import type { TFunction } from 'i18next';
import { isComposing } from './composition.ts';
import { type KeyboardState, nextLayout, typedBy } from './keyboard-state.ts';
import type { PressableKey } from './layout.ts';
import { LAYOUTS } from './layouts.ts';

/** What stands on a key that types. */
export function keyFace(key: PressableKey, state: KeyboardState): string {
  if (key.type === 'act') return '';
  return key.label ?? typedBy(key, state);
}

/** A key in words, for those who do not see it. */
export function keyName(
  t: TFunction,
  key: PressableKey,
  state: KeyboardState,
  doneLabel?: string,
): string {
  if (key.type === 'text') {
    const text = typedBy(key, state);
    return text === "'" && isComposing(state.composition) ? t('keyboard.separator') : text;
  }
  if (key.act === 'done') return doneLabel ?? t('keyboard.act.done');
  if (key.act === 'next-layout') {
    const next = nextLayout(state);
    return t('keyboard.act.next-layout', { name: next === undefined ? '' : LAYOUTS[next].name });
  }
  return t(`keyboard.act.${key.act}`);
}
