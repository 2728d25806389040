import { ArrowFatUpIcon, BackspaceIcon, GlobeSimpleIcon, type Icon } from '@phosphor-icons/react';
import { type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { keyFace, keyName } from './key-name.ts';
import styles from './keyboard.module.css';
import { useKeyboard } from './keyboard-scope.tsx';
import { type KeyboardState, nextLayout } from './keyboard-state.ts';
import { type KeyAct, type PressableKey, widthOf } from './layout.ts';
import { LAYOUTS } from './layouts.ts';

/** The same key again within this time is a finger that trembles on the glass, not a second press. */
const BOUNCE_MS = 70;
/** How long delete is held before it goes on by itself, and how fast it then goes. */
const HOLD_MS = 600;
const REPEAT_MS = 110;

const ICONS: Readonly<Partial<Record<KeyAct, Icon>>> = {
  delete: BackspaceIcon,
  shift: ArrowFatUpIcon,
  'next-layout': GlobeSimpleIcon,
};

/** A key. It acts when it is pressed, as keys do; everything else on a page acts on release (standards A-23). */
export function KeyCap({ value }: { readonly value: PressableKey }) {
  const { t } = useTranslation();
  const { state, field, press } = useKeyboard();
  const pressing = usePressing(value, () => press(value));
  if (state === undefined) return null;
  const act = value.type === 'act' ? value.act : undefined;
  const isOn = act === 'shift' && state.shift;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={[styles.key, act && styles.act, act && styles[act], isOn && styles.on]
        .filter(Boolean)
        .join(' ')}
      data-width={widthOf(value)}
      data-key={act ?? keyFace(value, state)}
      aria-label={keyName(t, value, state, field?.doneLabel)}
      data-spoken={value.type === 'text' && field?.isUnspoken ? t('keyboard.dot') : undefined}
      aria-pressed={act === 'shift' ? state.shift : undefined}
      {...pressing}
    >
      <Face value={value} state={state} doneLabel={field?.doneLabel} />
    </button>
  );
}

function Face({
  value,
  state,
  doneLabel,
}: {
  readonly value: PressableKey;
  readonly state: KeyboardState;
  readonly doneLabel: string | undefined;
}) {
  const { t } = useTranslation();
  if (value.type === 'text') return keyName(t, value, state);
  const IconShape = ICONS[value.act];
  const next = nextLayout(state);
  return (
    <>
      {IconShape && <IconShape weight="bold" aria-hidden />}
      {value.act === 'next-layout' && next !== undefined && (
        <span lang={LAYOUTS[next].lang}>{LAYOUTS[next].face ?? LAYOUTS[next].name}</span>
      )}
      {value.act === 'done' && (doneLabel ?? t('keyboard.act.done'))}
      {value.act === 'space' && t('keyboard.act.space')}
      {value.act === 'symbols' && '123'}
      {value.act === 'letters' && t('keyboard.act.letters')}
      {value.act === 'clear' && t('keyboard.act.clear')}
    </>
  );
}

/** What a finger, a mouse or Enter on a key sets off. */
function usePressing(value: PressableKey, onPress: () => void) {
  const last = useRef(Number.NEGATIVE_INFINITY);
  const hold = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = () => clearTimeout(hold.current);
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => () => clearTimeout(hold.current), []);
  const again = () => {
    latest.current();
    hold.current = setTimeout(again, REPEAT_MS);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      // The field keeps the focus.
      event.preventDefault();
      const now = performance.now();
      if (event.button !== 0 || now - last.current < BOUNCE_MS) return;
      last.current = now;
      onPress();
      if (value.type === 'act' && value.act === 'delete') hold.current = setTimeout(again, HOLD_MS);
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: release,
    // A click without a finger: Enter on the key, or a screen reader.
    onClick: (event: { readonly detail: number }) => {
      if (event.detail === 0) onPress();
    },
  };
}
