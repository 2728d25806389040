import { ArrowCounterClockwiseIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { Action } from '../../ui/action.tsx';
import styles from './triage.module.css';

/** From the first question again; `back` of the bar goes one answer back. */
export function Restart({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <div className={styles.restart}>
      <Action
        label={t('triage.restart')}
        icon={ArrowCounterClockwiseIcon}
        onPress={() => go({ page: 'triage', id })}
      />
    </div>
  );
}
