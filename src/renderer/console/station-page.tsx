import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import type { StationClient } from '../station-client/station-client.ts';
import styles from './console.module.css';
import { Devices } from './devices.tsx';
import { StatisticsExport } from './statistics-export.tsx';

/** What the head of a station does beside calling: devices of the network, and the figures to be filed. */
export function StationPage({
  client,
  session,
  onBack,
}: {
  readonly client: StationClient;
  readonly session: StaffSession;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const mayExport = judgeCall(['desk', 'exportStatistics'], 'console', session.roles) === 'allowed';
  return (
    <div className={styles.station} data-surface="console">
      <header className={styles.head}>
        <h1>{t('desk.station.title')}</h1>
        <span className={styles.who}>{session.name}</span>
        <button type="button" className={styles.quiet} onClick={onBack}>
          {t('desk.station.back')}
        </button>
      </header>
      <main className={styles.sheets}>
        <Devices client={client} />
        {mayExport && <StatisticsExport client={client} />}
      </main>
    </div>
  );
}
