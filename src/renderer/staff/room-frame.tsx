import { ArrowLeftIcon, SignOutIcon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffSession } from '#shared/contract/staff.ts';
import { Action } from '../ui/action.tsx';
import { Scroller } from '../ui/scroller.tsx';
import styles from './staff.module.css';

/** What every room is given. */
export interface RoomProps {
  readonly session: StaffSession;
  /** To the choice of rooms, where there is one. */
  readonly onBack?: () => void;
  readonly onLeave: () => void;
}

/** A room of the staff: where one is, who one is, the way back and the way out. */
export function RoomFrame({
  title,
  session,
  onBack,
  onLeave,
  position,
  children,
}: RoomProps & {
  readonly title: string;
  /** What is shown: another begins at its top. */
  readonly position: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.room} data-surface="staff">
      <header className={styles.head}>
        {onBack !== undefined && (
          <Action label={t('bar.back')} icon={ArrowLeftIcon} onPress={onBack} />
        )}
        <h1 className={styles.title}>{title}</h1>
        <span>{session.name}</span>
        <Action label={t('staff.leave')} icon={SignOutIcon} onPress={onLeave} />
      </header>
      <main className={styles.main}>
        <Scroller position={position}>{children}</Scroller>
      </main>
    </div>
  );
}
