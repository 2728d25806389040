import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { composedText } from './composition.ts';
import { focusBoard } from './kept-focus.ts';
import type { FieldLink } from './keyboard-desk.ts';
import styles from './keyboard-field.module.css';
import { useFieldLink, useKeyboard } from './keyboard-scope.tsx';
import type { KeyboardState } from './keyboard-state.ts';
import type { LayoutId } from './layout.ts';
import { typePlastic } from './plastic-keys.ts';
import { useFieldLayouts } from './use-field-layouts.ts';

export interface KeyboardFieldProps {
  /** What is to be entered; seen above the field unless `isLabelHidden`. */
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Hears the text with what is still being put together, as the likeliest words: for answers while one types. */
  readonly onDraft?: ((text: string) => void) | undefined;
  /** Keyboards for it, the first one shown first; by default those of the page's language. */
  readonly layouts?: readonly LayoutId[] | undefined;
  /** Shown while it is empty. */
  readonly placeholder?: string | undefined;
  /** In code points, as people count letters (standards P-35). */
  readonly maxLength?: number;
  /** Dots are shown, and nothing is said of what is typed. */
  readonly isSecret?: boolean;
  /** A name, a telephone number: it is shown, and nothing is said of what is typed (standards A-62). */
  readonly isPersonal?: boolean;
  /** One plain sentence on what is wrong. */
  readonly error?: string | undefined;
  /** The keyboard opens with the page. */
  readonly autoFocus?: boolean;
  /** What stands on the last key: "搜索", "下一项". */
  readonly doneLabel?: string | undefined;
  readonly onDone?: (() => void) | undefined;
  /** Before the text: an icon. */
  readonly start?: ReactNode;
}

const SOME = 100;

/**
 * A field that no system knows as one: no menu, no suggestion and no keyboard of the system can open on it. It is written
 * into by the board of the `KeyboardScope` around it, or by keys of plastic.
 */
export function KeyboardField(props: KeyboardFieldProps) {
  const { label, isLabelHidden = false, value, error, placeholder, isSecret = false } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const keyboard = useKeyboard();
  /** While the board gives the focus back, be it closed. */
  const isGivenBack = useRef(false);
  const link = useLink(id, props, () => {
    isGivenBack.current = true;
    box.current?.focus();
    isGivenBack.current = false;
  });
  const isOpen = keyboard.field?.id === id;
  const state = isOpen ? keyboard.state : undefined;
  useOpenAtOnce(props.autoFocus ?? false, () => {
    box.current?.focus();
    keyboard.desk.open(link);
  });
  useDraft(isOpen ? keyboard.draft : value, props.onDraft);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isOpen) {
      if (event.key === 'ArrowDown') focusBoard();
      else if (!typePlastic(event, keyboard)) return;
    } else if (event.key === 'Enter' && !event.repeat) keyboard.desk.open(link);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.field} data-keyboard-field>
      <span id={`${id}-label`} className={isLabelHidden ? styles.unseen : styles.label}>
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: an input would bring the system's menus and keyboards (invariant: no native field) */}
      <div
        ref={box}
        role="textbox"
        tabIndex={0}
        className={`${styles.box} ${isOpen ? styles.open : ''} ${error === undefined ? '' : styles.wrong}`}
        aria-labelledby={`${id}-label`}
        aria-placeholder={placeholder}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onFocus={() => {
          if (!isGivenBack.current) keyboard.desk.open(link);
        }}
        onPointerDown={(event) => {
          keyboard.desk.open(link);
          const offset = isSecret ? undefined : offsetAt(event);
          if (isOpen && offset !== undefined) keyboard.desk.placeCaret(offset);
        }}
        onKeyDown={onKeyDown}
      >
        {props.start}
        <Line value={value} state={state} placeholder={placeholder} isSecret={isSecret} />
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** The text with caret, marks and what is being put together. */
function Line({
  value,
  state,
  placeholder,
  isSecret,
}: {
  readonly value: string;
  readonly state: KeyboardState | undefined;
  readonly placeholder: string | undefined;
  readonly isSecret: boolean;
}) {
  const shown = (text: string) => (isSecret ? '•'.repeat(Array.from(text).length) : text);
  const { text, start, end } = state?.edit ?? {
    text: value,
    start: value.length,
    end: value.length,
  };
  const composed = state === undefined ? '' : composedText(state.composition);
  const isEmpty = text === '' && composed === '';
  const caret = useSeenCaret();
  return (
    <span className={styles.line} dir="auto">
      <span data-from={0}>{shown(text.slice(0, start))}</span>
      {composed !== '' && <span className={styles.composed}>{composed}</span>}
      {state !== undefined && start === end && (
        <span ref={caret} className={styles.caret} data-caret aria-hidden />
      )}
      {start !== end && composed === '' && (
        <mark className={styles.marked} data-from={start}>
          {shown(text.slice(start, end))}
        </mark>
      )}
      <span data-from={end}>{shown(text.slice(end))}</span>
      {/* Last, so that the caret stands before it. */}
      {isEmpty && placeholder !== undefined && (
        <span className={styles.placeholder} aria-hidden>
          {placeholder}
        </span>
      )}
    </span>
  );
}

/** Keeps the caret in sight in a text that is longer than its field. */
function useSeenCaret() {
  const caret = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    caret.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });
  return caret;
}

/** What the keyboard is told of the field; its functions always reach the latest owner. */
function useLink(id: string, props: KeyboardFieldProps, focus: () => void): FieldLink {
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const layouts = useFieldLayouts(props.layouts);
  const { value, maxLength = SOME, doneLabel } = props;
  const isUnspoken = props.isSecret === true || props.isPersonal === true;
  const focusNow = useRef(focus);
  const link = useMemo<FieldLink>(
    () => ({
      id,
      value,
      layouts,
      maxLength,
      isUnspoken,
      doneLabel,
      onChange: (text) => latest.current.onChange(text),
      onDone: () => latest.current.onDone?.(),
      focus: () => focusNow.current(),
    }),
    [id, value, layouts, maxLength, isUnspoken, doneLabel],
  );
  useFieldLink(link);
  return link;
}

function useDraft(draft: string, onDraft: ((text: string) => void) | undefined): void {
  const tell = useEffectEvent((text: string) => onDraft?.(text));
  useEffect(() => tell(draft), [draft]);
}

function useOpenAtOnce(wanted: boolean, open: () => void): void {
  const openNow = useEffectEvent(open);
  useEffect(() => {
    if (wanted) openNow();
  }, [wanted]);
}

/** Which place in the text a finger means; undefined when it touched none. */
function offsetAt(event: PointerEvent): number | undefined {
  const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const part = place?.offsetNode.parentElement?.closest<HTMLElement>('[data-from]');
  if (place == null || part == null || !event.currentTarget.contains(part)) return undefined;
  return Number(part.dataset.from) + place.offset;
}
