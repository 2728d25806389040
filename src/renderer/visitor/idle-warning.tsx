import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../ui/action.tsx';
import { chime } from '../ui/chime.ts';
import { Sheet } from '../ui/sheet.tsx';
import styles from './sheets.module.css';

export interface IdleWarningProps {
  /** Seconds until the page is cleared; undefined while there is nothing to warn of. */
  readonly secondsLeft: number | undefined;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Seen and heard, and answered with one touch anywhere (standards A-40). */
export function IdleWarning({ secondsLeft, onStay, onLeave }: IdleWarningProps) {
  const { t } = useTranslation();
  const isWarning = secondsLeft !== undefined;
  useEffect(() => {
    if (isWarning) void chime();
  }, [isWarning]);
  return (
    <Sheet title={t('idle.title')} isOpen={isWarning} onClose={onStay} role="alertdialog">
      <p className={styles.question}>{t('idle.text', { seconds: secondsLeft ?? 0 })}</p>
      <div className={styles.buttons}>
        <Action label={t('idle.stay')} emphasis="primary" onPress={onStay} />
        <Action label={t('idle.leave')} onPress={onLeave} />
      </div>
    </Sheet>
  );
}
