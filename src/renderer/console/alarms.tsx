import { useTranslation } from 'react-i18next';
import type { StationClient, StationConnection } from '../station-client/station-client.ts';
import { useLive } from '../station-client/use-live.ts';
import styles from './console.module.css';

const readAlarms = (client: StationClient) => client.desk.alarms();

/**
 * Colleagues who ask for help, wherever somebody is in the console. At the window that asked only a small sign stands: the
 * visitor there may see the screen.
 */
export function Alarms({
  connection,
  ownWindow,
}: {
  readonly connection: StationConnection;
  readonly ownWindow: string | undefined;
}) {
  const { t } = useTranslation();
  const { value: alarms = [], reload } = useLive(connection, readAlarms);
  const answer = (alarm: string) => {
    // It stands until it was answered.
    connection.client.desk.answerAlarm({ alarm }).then(reload, reload);
  };
  const isAsked = alarms.some(({ window }) => window.id === ownWindow);
  return (
    <>
      {isAsked && <p className={styles.asked}>{t('desk.asked')}</p>}
      {alarms
        .filter(({ window }) => window.id !== ownWindow)
        .map(({ id, window, staff }) => (
          <p key={id} className={styles.alarm} role="alert">
            <span>{t('desk.alarmFrom', { window: window.label, name: staff })}</span>
            <button type="button" className={styles.button} onClick={() => answer(id)}>
              {t('desk.answerAlarm')}
            </button>
          </p>
        ))}
    </>
  );
}
