import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './rest.module.css';
import { useLeaving } from './use-leaving.ts';

/**
 * Nothing, outside of the hours of the screen: black over the whole page. The touch or key that lights the screen takes it away and does
 * nothing else.
 */
export function Rest({ onTouch }: { readonly onTouch: () => void }) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  useLeaving(leaving, onTouch);
  const wake = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    setLeaving(true);
  });
  useEffect(() => {
    const key = (event: KeyboardEvent) => wake(event);
    window.addEventListener('keydown', key, { capture: true });
    return () => window.removeEventListener('keydown', key, { capture: true });
  }, []);
  return (
    <button
      type="button"
      className={`${styles.rest} ${leaving ? styles.leaving : ''}`}
      data-rest=""
      onPointerDown={() => setLeaving(true)}
      // By the way of those who read with a screen reader there is a click alone.
      onClick={() => setLeaving(true)}
    >
      <span className={styles.unseen}>{t('rest.touch')}</span>
    </button>
  );
}
