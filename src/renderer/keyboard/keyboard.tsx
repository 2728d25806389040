import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CandidateStrip } from './candidate-strip.tsx';
import { isComposing } from './composition.ts';
import { EditStrip } from './edit-strip.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { KeyCap } from './key-cap.tsx';
import styles from './keyboard.module.css';
import { useKeyboard } from './keyboard-scope.tsx';
import { nextLayout, shownLayout } from './keyboard-state.ts';
import { type Key, widthOf } from './layout.ts';
import { neighbour } from './neighbour.ts';
import { typePlastic } from './plastic-keys.ts';

/** The board. It shows itself while a field of its scope is written into, and takes its own room of the page. */
export function Keyboard() {
  const { t } = useTranslation();
  const keyboard = useKeyboard();
  const { field, state } = keyboard;
  const board = useRef<HTMLFieldSetElement>(null);
  const keptFocus = useKeptFocus(board, field);
  if (field === undefined || state === undefined) return null;
  const layout = shownLayout(state);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = event.target instanceof HTMLElement ? event.target : undefined;
    // To what stands behind the field, not behind the board: what was found.
    if (event.key === 'Tab') return field.focus();
    if (event.key === 'Enter' || event.key === ' ') {
      if (!event.repeat || at?.dataset.key === 'delete') return;
    } else if (event.key === 'Escape') field.focus();
    else if (event.key.startsWith('Arrow')) neighbour(board.current, at, event.key)?.focus();
    else if (!typePlastic(event, keyboard)) return;
    event.preventDefault();
  };
  return (
    <fieldset
      ref={board}
      className={styles.keyboard}
      data-keyboard={layout.id}
      aria-label={t('keyboard.label')}
      onKeyDown={onKeyDown}
      {...keptFocus}
    >
      {isComposing(state.composition) ? <CandidateStrip /> : <EditStrip />}
      <div className={styles.keys} dir="ltr" lang={layout.lang} data-columns={layout.columns}>
        {layout.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a layout never change places
          <div key={at} className={styles.row} data-row>
            {row.map((key, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: keys of a row never change places
              <Place key={place} value={key} isOffered={nextLayout(state) !== undefined} />
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** A key, or the empty place where one would be. */
function Place({ value, isOffered }: { readonly value: Key; readonly isOffered: boolean }) {
  const isMissing = value.type === 'act' && value.act === 'next-layout' && !isOffered;
  if (value.type === 'gap' || isMissing)
    return <span className={styles.gap} data-width={widthOf(value)} aria-hidden />;
  return <KeyCap value={value} />;
}
