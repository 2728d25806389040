import { useTranslation } from 'react-i18next';
import type { Published } from '#shared/board/disclosure.ts';
import type { Provenance as ProvenanceView } from '#shared/contract/views.ts';
import { fullDate } from '../i18n/dates.ts';
import styles from './provenance.module.css';

/** Who published a record and when, its source, and what still waits to be confirmed (V3; 政府信息公开条例 art. 25). */
export function Provenance({ provenance }: { readonly provenance: ProvenanceView }) {
  const { t } = useTranslation();
  const { responsibleBody, publishedAt, source, validUntil, confirm, complete, completeness } =
    provenance;
  return (
    <div className={styles.provenance}>
      <span>
        {t('record.published', {
          body: responsibleBody,
          date: fullDate(t, publishedAt.slice(0, 10)),
        })}
      </span>
      <span>{t('record.source', { source })}</span>
      {validUntil !== undefined && (
        <span>{t('record.until', { date: fullDate(t, validUntil) })}</span>
      )}
      {!complete && <span className={styles.open}>{t('record.incomplete', { completeness })}</span>}
      {confirm.length > 0 && (
        <span className={styles.open}>{t('record.waiting', { count: confirm.length })}</span>
      )}
    </div>
  );
}

/** The same in short for a list of records, each of which says the rest on a page of its own. */
export function AsOf({ newest }: { readonly newest: Published }) {
  const { t } = useTranslation();
  return (
    <div className={styles.provenance}>
      {t('footer', {
        date: fullDate(t, newest.publishedAt.slice(0, 10)),
        publisher: newest.responsibleBody,
      })}
    </div>
  );
}
