import { useTranslation } from 'react-i18next';
import type { StationView } from '#shared/contract/views.ts';
import styles from './duty-strip.module.css';

/** The station's windows and what each is for (V1). */
export function WindowsStrip({ windows }: { readonly windows: StationView['windows'] }) {
  const { t } = useTranslation();
  if (windows.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t('station.windows')}>
      <h2 className={styles.label}>{t('station.windows')}</h2>
      {windows.map((window) => (
        <div key={window.id} className={`${styles.person} ${styles.window}`}>
          <span className={styles.words}>
            <b>{window.label}</b>
            <span className={styles.detail}>{window.name}</span>
          </span>
        </div>
      ))}
    </section>
  );
}
