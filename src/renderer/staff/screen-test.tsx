import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pressable } from '../ui/pressable.tsx';
import styles from './screen-test.module.css';

/** Each shows dots that never light, never go out, or have one colour only. */
const COLOURS = ['white', 'black', 'red', 'green', 'blue'] as const;

/** The whole screen in one colour after the other; a touch goes on, after the last it ends. */
export function ScreenTest({ onEnd }: { readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const colour = COLOURS[at] ?? 'white';
  return (
    <Pressable
      className={`${styles.whole} ${styles[colour]}`}
      aria-label={t('staff.machine.nextColour')}
      onPress={() => (at + 1 < COLOURS.length ? setAt(at + 1) : onEnd())}
    >
      {at === 0 && <span className={styles.hint}>{t('staff.machine.coloursHint')}</span>}
    </Pressable>
  );
}
