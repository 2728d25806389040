import { InfoIcon, WarningIcon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import styles from './callout.module.css';

export interface CalloutProps {
  /** `note` tells, `warn` asks for attention, `alarm` is about something wrong now. */
  readonly tone?: 'note' | 'warn' | 'alarm';
  readonly title?: string | undefined;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** An honest state, in one plain sentence. */
export function Callout({ tone = 'note', title, children, action }: CalloutProps) {
  const Icon = tone === 'note' ? InfoIcon : WarningIcon;
  return (
    <div className={`${styles.callout} ${styles[tone]}`} role={tone === 'alarm' ? 'alert' : 'note'}>
      <Icon className={styles.icon} weight="bold" aria-hidden />
      <div className={styles.words}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>}
        <span>{children}</span>
      </div>
      {action}
    </div>
  );
}
