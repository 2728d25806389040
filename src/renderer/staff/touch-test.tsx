import { type PointerEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../ui/action.tsx';
import styles from './screen-test.module.css';
import { TOUCH_CELLS, touchCellAt } from './touch-cells.ts';

/** A test that nobody goes on with ends, so that a screen that feels nothing is not stuck in it. */
const QUIET_MS = 30_000;

/** The screen in fields that change colour where a finger is felt. Ends with the number of fields that felt nothing. */
export function TouchTest({ onEnd }: { readonly onEnd: (untouched: number) => void }) {
  const { t } = useTranslation();
  const [touched, setTouched] = useState<ReadonlySet<number>>(new Set());
  const left = TOUCH_CELLS.length - touched.size;
  useEffect(() => {
    if (left === 0) onEnd(0);
    const timer = setTimeout(() => onEnd(left), QUIET_MS);
    return () => clearTimeout(timer);
  }, [left, onEnd]);
  const feel = ({ clientX, clientY }: PointerEvent) => {
    const cell = touchCellAt(clientX / window.innerWidth, clientY / window.innerHeight);
    if (!touched.has(cell)) setTouched(new Set([...touched, cell]));
  };
  return (
    <div className={`${styles.whole} ${styles.cells}`} onPointerDown={feel} onPointerMove={feel}>
      {TOUCH_CELLS.map((cell) => (
        <div key={cell} className={touched.has(cell) ? styles.felt : styles.cell} />
      ))}
      <div className={styles.middle}>
        <p role="status">{t('staff.machine.touchHint', { count: left })}</p>
        <Action label={t('staff.machine.endTouch')} onPress={() => onEnd(left)} />
      </div>
    </div>
  );
}
