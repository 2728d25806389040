/** What a key does that types no text. */
export const KEY_ACTS = [
  'delete',
  'shift',
  'space',
  'done',
  'symbols',
  'letters',
  'next-layout',
  'left',
  'right',
  'select-all',
  'clear',
  'close',
] as const;
export type KeyAct = (typeof KEY_ACTS)[number];

/** A key: text or an act, so many columns wide; or a gap between keys. */
export type Key =
  | {
      readonly type: 'text';
      readonly text: string;
      /** What it types while syllables are being put together. */
      readonly composing?: string;
      /** What stands on it where that is not what it types. */
      readonly label?: string;
      readonly width?: number;
    }
  | { readonly type: 'act'; readonly act: KeyAct; readonly width?: number }
  | { readonly type: 'gap'; readonly width: number };

export type PressableKey = Exclude<Key, { type: 'gap' }>;

export type LayoutId = 'pinyin' | 'latin' | 'digits' | 'address' | 'uyghur' | 'kazakh';

/** A keyboard as data: rows of keys on a grid of so many columns. */
export interface Layout {
  readonly id: LayoutId | 'symbols' | 'latin-symbols' | 'arabic-symbols' | 'code';
  /** Language of its letters. */
  readonly lang: string;
  /** What it is called on the key that leads to it, in its own language. */
  readonly name: string;
  /** What stands on that key, where the name is too long for it. */
  readonly face?: string;
  readonly columns: number;
  readonly rows: readonly (readonly Key[])[];
  /** Letters are put together to Chinese words before they are text. */
  readonly composes?: 'pinyin';
  /** What its symbols key shows. */
  readonly symbols?: Layout;
}

/** Keys that each type one letter. */
export function textKeys(letters: string): Key[] {
  return Array.from(letters, (text) => ({ type: 'text', text }));
}

/** A key for an act. */
export function actKey(act: KeyAct, width = 1): PressableKey {
  return { type: 'act', act, width };
}

/** An empty place of so many columns. */
export function gap(width: number): Key {
  return { type: 'gap', width };
}

/** How many columns a key takes. */
export function widthOf(key: Key): number {
  return key.width ?? 1;
}
