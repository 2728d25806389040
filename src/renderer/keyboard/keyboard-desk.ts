import type { Candidate, Suggest } from './composition.ts';
import {
  type Around,
  chooseCandidate,
  commit,
  type KeyboardState,
  openKeyboard,
  pressKey,
  takeText,
  typeText,
} from './keyboard-state.ts';
import type { LayoutId, PressableKey } from './layout.ts';
import { placeCaret } from './text-edit.ts';

/** What a field tells the keyboard that writes into it. */
export interface FieldLink {
  readonly id: string;
  readonly value: string;
  readonly layouts: readonly LayoutId[];
  readonly maxLength: number;
  /** Nothing of what is typed may be heard: each place is one sound (standards A-62). */
  readonly isUnspoken: boolean;
  readonly doneLabel: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onDone: () => void;
  /** Takes the focus back, and opens no board by it. */
  readonly focus: () => void;
}

/** The field that is written into, and how far the keyboard is with it. */
export interface Writing {
  readonly field: FieldLink;
  readonly state: KeyboardState;
}

/**
 * Where fields and the board meet. It is kept outside of React's drawing, because the next press may come before the last
 * one was drawn.
 */
export class KeyboardDesk {
  private writing: Writing | undefined;
  private suggest: Suggest = () => [];
  private readonly listeners = new Set<() => void>();

  readonly current = (): Writing | undefined => this.writing;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Words for what is put together, once they are there. */
  offer(suggest: Suggest): void {
    this.suggest = suggest;
  }

  /** Writes into this field from now on; what was put together in another becomes text there first. */
  open(field: FieldLink): void {
    if (this.writing?.field.id === field.id) return;
    this.change(commit);
    this.put({ field, state: openKeyboard(field.layouts, field.value) });
  }

  /** A field's own news: its owner may change its text at any time. */
  refresh(field: FieldLink): void {
    if (this.writing?.field.id === field.id)
      this.put({ field, state: takeText(this.writing.state, field.value) });
  }

  /** Ends writing into a field, without a trace. */
  close(id: string): void {
    if (this.writing?.field.id === id) this.put(undefined);
  }

  press(key: PressableKey): void {
    const { field, state } = this.writing ?? {};
    if (field === undefined || state === undefined) return;
    const pressed = pressKey(state, key, this.around(field));
    this.take(field, state, pressed.state);
    if (pressed.close || pressed.done) this.put(undefined);
    // Last, because the owner may go on to its next field.
    if (pressed.done) field.onDone();
  }

  type(text: string): void {
    this.change((state, around) => typeText(state, text, around));
  }

  choose(candidate: Candidate): void {
    this.change((state, around) => chooseCandidate(state, candidate, around));
  }

  placeCaret(offset: number): void {
    this.change((state, around) => {
      const ready = commit(state, around);
      return { ...ready, edit: placeCaret(ready.edit, offset) };
    });
  }

  private change(next: (state: KeyboardState, around: Around) => KeyboardState): void {
    const { field, state } = this.writing ?? {};
    if (field === undefined || state === undefined) return;
    this.take(field, state, next(state, this.around(field)));
  }

  /** Takes a state over and tells the field's owner what it says now. */
  private take(field: FieldLink, before: KeyboardState, state: KeyboardState): void {
    this.put({ field, state });
    if (before.edit.text !== state.edit.text) field.onChange(state.edit.text);
  }

  private around(field: FieldLink): Around {
    return { suggest: this.suggest, maxLength: field.maxLength };
  }

  private put(writing: Writing | undefined): void {
    this.writing = writing;
    for (const listener of this.listeners) listener();
  }
}
