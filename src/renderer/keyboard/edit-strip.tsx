import {
  CaretLeftIcon,
  CaretRightIcon,
  type Icon,
  KeyboardIcon,
  SelectionAllIcon,
  TrashIcon,
} from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { Pressable } from '../ui/pressable.tsx';
import styles from './keyboard.module.css';
import { useKeyboard } from './keyboard-scope.tsx';
import { actKey, type KeyAct } from './layout.ts';

const MARKING: readonly (readonly [KeyAct, Icon])[] = [
  ['select-all', SelectionAllIcon],
  ['clear', TrashIcon],
];

/** While nothing is put together: where the caret goes, what is marked, and the way out. */
export function EditStrip() {
  const { t } = useTranslation();
  const { press } = useKeyboard();
  return (
    <div className={styles.strip} dir="ltr">
      <CaretKey act="left" icon={CaretLeftIcon} />
      <CaretKey act="right" icon={CaretRightIcon} />
      {MARKING.map(([act, IconShape]) => (
        <Pressable
          key={act}
          className={styles.tool}
          excludeFromTabOrder
          preventFocusOnPress
          onPress={() => press(actKey(act))}
        >
          <IconShape weight="bold" aria-hidden />
          <span>{t(`keyboard.act.${act}`)}</span>
        </Pressable>
      ))}
      <Pressable
        className={styles.tool}
        excludeFromTabOrder
        preventFocusOnPress
        onPress={() => press(actKey('close'))}
      >
        <KeyboardIcon weight="bold" aria-hidden />
        <span>{t('keyboard.act.close')}</span>
      </Pressable>
    </div>
  );
}

/** Moves the caret at each touch; it is a key and may be touched twice at once. */
function CaretKey({
  act,
  icon: IconShape,
}: {
  readonly act: 'left' | 'right';
  readonly icon: Icon;
}) {
  const { t } = useTranslation();
  const { press } = useKeyboard();
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.tool}
      aria-label={t(`keyboard.act.${act}`)}
      onPointerDown={(event) => {
        event.preventDefault();
        press(actKey(act));
      }}
      onClick={(event) => {
        if (event.detail === 0) press(actKey(act));
      }}
    >
      <IconShape weight="bold" aria-hidden />
    </button>
  );
}
