import { TicketIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { Pressable } from '../../ui/pressable.tsx';
import styles from './take-entry.module.css';

/** The way from home to a queue number. */
export function TakeEntry() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Pressable className={styles.entry} onPress={() => go({ page: 'take' })}>
      <TicketIcon className={styles.icon} weight="duotone" aria-hidden />
      <span className={styles.words}>
        <span className={styles.name}>{t('take.title')}</span>
        <span className={styles.detail}>{t('take.entry')}</span>
      </span>
    </Pressable>
  );
}
