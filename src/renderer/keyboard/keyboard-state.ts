import { isCodeEntry } from '#shared/pinyin/character-of-code.ts';
import {
  addLetter,
  type Candidate,
  type Composition,
  choose,
  composedText,
  finish,
  isComposing,
  MOST_LETTERS,
  NOTHING_COMPOSED,
  type Suggest,
  takeBack,
} from './composition.ts';
import type { KeyAct, Layout, LayoutId, PressableKey } from './layout.ts';
import { CODE_LAYOUT, LAYOUTS } from './layouts.ts';
import {
  deleteBack,
  editOf,
  insertText,
  moveCaret,
  selectAll,
  type TextEdit,
  withText,
} from './text-edit.ts';

/** Everything that the keyboard remembers, for the one field it writes into; gone when the field is (invariant 8). */
export interface KeyboardState {
  readonly layouts: readonly LayoutId[];
  readonly layout: LayoutId;
  readonly symbols: boolean;
  readonly shift: boolean;
  readonly composition: Composition;
  readonly edit: TextEdit;
}

/** What a key led to: the state after it, and what its owner is to be told. */
export interface Pressed {
  readonly state: KeyboardState;
  /** The visitor says that the entry is complete. */
  readonly done?: true;
  /** The keyboard is to go away. */
  readonly close?: true;
}

/** What a press needs to know besides the state. */
export interface Around {
  readonly suggest: Suggest;
  /** In code points. */
  readonly maxLength: number;
}

/** The keyboard as it opens for a field. */
export function openKeyboard(layouts: readonly LayoutId[], text: string): KeyboardState {
  return {
    layouts,
    layout: layouts[0] ?? 'latin',
    symbols: false,
    shift: false,
    composition: NOTHING_COMPOSED,
    edit: editOf(text),
  };
}

/** The keys that are shown. */
export function shownLayout(state: KeyboardState): Layout {
  const layout = LAYOUTS[state.layout];
  if (isTypingCode(state)) return CODE_LAYOUT;
  return state.symbols ? (layout.symbols ?? layout) : layout;
}

/** Whether a code point is being typed; what is left after a word was chosen is never one. */
export function isTypingCode({ composition: { chosen, letters } }: KeyboardState): boolean {
  return chosen.length === 0 && isCodeEntry(letters);
}

/** The layout that the layout key leads to; undefined when there is one only. */
export function nextLayout({ layouts, layout }: KeyboardState): LayoutId | undefined {
  if (layouts.length < 2) return undefined;
  return layouts[(layouts.indexOf(layout) + 1) % layouts.length];
}

/** What a key types now. */
export function typedBy(key: PressableKey, state: KeyboardState): string {
  if (key.type === 'act') return key.act === 'space' ? ' ' : '';
  if (isComposing(state.composition) && key.composing !== undefined) return key.composing;
  return state.shift ? key.text.toUpperCase() : key.text;
}

/** The state after a key. */
export function pressKey(state: KeyboardState, key: PressableKey, around: Around): Pressed {
  if (key.type === 'text') return { state: typeText(state, typedBy(key, state), around) };
  return pressAct(state, key.act, around);
}

/** The state after a letter, mark or digit, from whichever keyboard. */
export function typeText(state: KeyboardState, text: string, around: Around): KeyboardState {
  if (!joinsComposition(state, text)) return insert(commit(state, around), text, around);
  const full = composedText(state.composition).length >= MOST_LETTERS;
  const ready = full ? commit(state, around) : state;
  return { ...ready, composition: addLetter(ready.composition, text.toLowerCase()) };
}

/** The state after a candidate was chosen; when it stands for all letters, the words become text. */
export function chooseCandidate(
  state: KeyboardState,
  candidate: Candidate,
  around: Around,
): KeyboardState {
  const composition = choose(state.composition, candidate);
  if (composition.letters !== '') return { ...state, composition };
  return insert({ ...state, composition: NOTHING_COMPOSED }, composedText(composition), around);
}

/** What is being put together becomes text: the likeliest words. */
export function commit(state: KeyboardState, around: Around): KeyboardState {
  if (!isComposing(state.composition)) return state;
  const text = finish(state.composition, around.suggest);
  return insert({ ...state, composition: NOTHING_COMPOSED }, text, around);
}

/** The state for a text that the owner of the field changed. */
export function takeText(state: KeyboardState, text: string): KeyboardState {
  const edit = withText(state.edit, text);
  return edit === state.edit ? state : { ...state, edit };
}

function insert(state: KeyboardState, text: string, { maxLength }: Around): KeyboardState {
  if (text === '') return state;
  return { ...state, shift: false, edit: insertText(state.edit, text, maxLength) };
}

/** Whether a letter is put together with others: Latin letters on a layout that composes, and the mark between syllables. */
function joinsComposition(state: KeyboardState, text: string): boolean {
  const layout = shownLayout(state);
  if (layout.composes === undefined) return false;
  if (isTypingCode(state)) return isCodeEntry(`${state.composition.letters}${text}`);
  return /^[a-z]$/i.test(text) || (text === "'" && state.composition.letters !== '');
}

function pressAct(state: KeyboardState, act: KeyAct, around: Around): Pressed {
  switch (act) {
    case 'delete':
      return { state: pressDelete(state) };
    case 'space':
      return { state: pressSpace(state, around) };
    case 'shift':
      return { state: { ...state, shift: !state.shift } };
    case 'symbols':
      return { state: { ...commit(state, around), symbols: true, shift: false } };
    case 'letters':
      return { state: { ...state, symbols: false } };
    case 'next-layout':
      return { state: switchLayout(state, around) };
    case 'left':
    case 'right':
      return { state: edited(state, moveCaret(state.edit, act === 'left' ? -1 : 1)) };
    case 'select-all':
      return { state: edited(state, selectAll(state.edit)) };
    case 'clear':
      return { state: { ...state, composition: NOTHING_COMPOSED, edit: editOf('') } };
    case 'close':
      return { state: commit(state, around), close: true };
    case 'done':
      return { state: commit(state, around), done: true };
  }
}

function edited(state: KeyboardState, edit: TextEdit): KeyboardState {
  return { ...state, edit };
}

function pressDelete(state: KeyboardState): KeyboardState {
  return isComposing(state.composition)
    ? { ...state, composition: takeBack(state.composition) }
    : edited(state, deleteBack(state.edit));
}

/** Space takes the first candidate; where nothing is put together it is a space. */
function pressSpace(state: KeyboardState, around: Around): KeyboardState {
  if (!isComposing(state.composition)) return insert(state, ' ', around);
  const best = around.suggest(state.composition.letters)[0];
  return best === undefined ? commit(state, around) : chooseCandidate(state, best, around);
}

/** Letters that were typed in the wrong layout stay the letters they are. */
function switchLayout(state: KeyboardState, around: Around): KeyboardState {
  const text = composedText(state.composition);
  const kept = insert({ ...state, composition: NOTHING_COMPOSED }, text, around);
  return { ...kept, layout: nextLayout(state) ?? state.layout, symbols: false };
}
