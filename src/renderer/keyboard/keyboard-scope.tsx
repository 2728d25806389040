import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from './composition.ts';
import { keyName } from './key-name.ts';
import { type FieldLink, KeyboardDesk } from './keyboard-desk.ts';
import styles from './keyboard-scope.module.css';
import { commit, type KeyboardState } from './keyboard-state.ts';
import type { PressableKey } from './layout.ts';
import { useSuggest } from './lexicon/use-suggest.ts';
import { spokenPress } from './spoken-key.ts';

/** The keyboard, as the fields and the board see it. */
export interface KeyboardHandle {
  readonly desk: KeyboardDesk;
  /** The field that is written into. */
  readonly field: FieldLink | undefined;
  readonly state: KeyboardState | undefined;
  /** Words for the letters that are being put together. */
  readonly candidates: readonly Candidate[];
  /** The text of the field with what is being put together, as the likeliest words. */
  readonly draft: string;
  readonly press: (key: PressableKey) => void;
  readonly type: (text: string) => void;
  readonly choose: (candidate: Candidate) => void;
}

const KeyboardContext = createContext<KeyboardHandle | undefined>(undefined);

/** The keyboard of the scope around a component. */
export function useKeyboard(): KeyboardHandle {
  const handle = use(KeyboardContext);
  if (handle === undefined) throw new Error('a field was drawn outside a KeyboardScope');
  return handle;
}

/**
 * Fields and the one board that writes into them. All that was typed lives in the fields' owners and here, and goes with
 * them: nothing is learned, nothing is kept (invariant 8). `onAnnounce` hears in words what each key did, for voice mode.
 */
export function KeyboardScope({
  onAnnounce,
  children,
}: {
  readonly onAnnounce?: ((words: string) => void) | undefined;
  readonly children: ReactNode;
}) {
  const [said, setSaid] = useState('');
  const say = (words: string) => {
    setSaid(words);
    onAnnounce?.(words);
  };
  const handle = useHandle(say);
  // This scope outlives every visitor: what was said of a field goes with the field.
  const fieldId = handle.field?.id;
  const [saidOf, setSaidOf] = useState(fieldId);
  if (saidOf !== fieldId) {
    setSaidOf(fieldId);
    setSaid('');
  }
  return (
    <KeyboardContext value={handle}>
      {children}
      <p className={styles.said} role="status">
        {said}
      </p>
    </KeyboardContext>
  );
}

function useHandle(say: (words: string) => void): KeyboardHandle {
  const { t } = useTranslation();
  const [desk] = useState(() => new KeyboardDesk());
  const { field, state } = useSyncExternalStore(desk.subscribe, desk.current) ?? {};
  const suggest = useSuggest(field?.layouts.includes('pinyin') ?? false);
  useLayoutEffect(() => desk.offer(suggest), [desk, suggest]);
  const letters = state?.composition.letters ?? '';
  const candidates = useMemo(() => (letters === '' ? [] : suggest(letters)), [suggest, letters]);
  const draft = useMemo(
    () =>
      state === undefined
        ? ''
        : commit(state, { suggest, maxLength: field?.maxLength ?? 0 }).edit.text,
    [state, suggest, field?.maxLength],
  );
  const sayTyped = (words: string) => say(field?.isUnspoken ? t('keyboard.dot') : words);
  return {
    desk,
    field,
    state,
    candidates,
    draft,
    press: (key) => {
      const before = desk.current()?.state;
      desk.press(key);
      if (before === undefined) return;
      const { doneLabel, isUnspoken } = field ?? {};
      if (isUnspoken)
        say(key.type === 'text' ? t('keyboard.dot') : keyName(t, key, before, doneLabel));
      else say(spokenPress(t, { key, before, after: desk.current()?.state, suggest, doneLabel }));
    },
    type: (text) => {
      sayTyped(text);
      desk.type(text);
    },
    choose: (candidate) => {
      sayTyped(candidate.text);
      desk.choose(candidate);
    },
  };
}

/** Links a field to the keyboard for as long as it is on the page. */
export function useFieldLink(link: FieldLink): void {
  const { desk } = useKeyboard();
  const { id } = link;
  useLayoutEffect(() => desk.refresh(link), [desk, link]);
  useEffect(() => () => desk.close(id), [desk, id]);
}
