import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationClient } from '../station-client/station-client.ts';
import styles from './console.module.css';
import { isLogInOver } from './log-in-over.ts';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;
type Format = keyof typeof TYPES;

/** Counts and times of a period as a file for office programs; no ticket by itself. */
export function StatisticsExport({ client }: { readonly client: StationClient }) {
  const { t } = useTranslation();
  const [period, setPeriod] = useState({ from: '', to: '' });
  const [notice, setNotice] = useState('');
  useEffect(() => {
    client.hall.view().then(
      // From the first of the month, by the host's day: this computer's clock may be wrong.
      ({ day }) =>
        setPeriod((chosen) =>
          chosen.from === '' ? { from: `${day.slice(0, 8)}01`, to: day } : chosen,
        ),
      () => {},
    );
  }, [client]);
  const isPeriod = period.from !== '' && period.from <= period.to;
  const load = (format: Format) => {
    setNotice('');
    client.desk.exportStatistics({ ...period, format }).then(
      ({ base64, fileName }) => {
        save(base64, fileName, TYPES[format]);
        setNotice(t('desk.statistics.done', { file: fileName }));
      },
      (error: unknown) => setNotice(isLogInOver(error) ? '' : t('desk.failed')),
    );
  };
  return (
    <section className={styles.sheet}>
      <h2>{t('desk.statistics.title')}</h2>
      <p>{t('desk.statistics.what')}</p>
      <div className={styles.row}>
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className={styles.label}>
            {t(`desk.statistics.${end}`)}
            <input
              className={styles.input}
              type="date"
              value={period[end]}
              onChange={(event) => setPeriod({ ...period, [end]: event.target.value })}
            />
          </label>
        ))}
      </div>
      <div className={styles.row}>
        {(['xlsx', 'csv'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className={styles.button}
            disabled={!isPeriod}
            onClick={() => load(format)}
          >
            {t(`desk.statistics.${format}`)}
          </button>
        ))}
      </div>
      <p role="status">{notice}</p>
    </section>
  );
}

function save(base64: string, fileName: string, type: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
