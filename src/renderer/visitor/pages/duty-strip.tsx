import { useTranslation } from 'react-i18next';
import type { DutyBoard, StationView } from '#shared/contract/views.ts';
import { monthDay, weekday } from '../../i18n/dates.ts';
import styles from './duty-strip.module.css';

const SHOWN_STAFF = 2;

/** Who is on duty today; without a roster a neutral word, never an old name (lessons, own list no. 2). */
export function DutyStrip({
  duty,
  windows,
}: {
  readonly duty: DutyBoard;
  readonly windows: StationView['windows'];
}) {
  const { t } = useTranslation();
  const people = [...(duty.leader ? [duty.leader] : []), ...duty.staff.slice(0, SHOWN_STAFF)];
  return (
    <section className={styles.strip} aria-label={t('duty.title')}>
      <h2 className={styles.label}>{t('duty.title')}</h2>
      {people.length === 0 && <p className={styles.person}>{t('duty.nobody')}</p>}
      {people.map((person) => (
        <div key={`${person.name}${person.from}${person.duty}`} className={styles.person}>
          <span className={styles.words}>
            <b lang="zh-CN">{person.name}</b>
            <span className={styles.detail}>
              {[
                t(`duty.roles.${person.duty}`),
                windows.find((window) => window.id === person.window)?.label,
              ]
                .filter((part) => part !== undefined)
                .map((part) => (
                  <span key={part} className={`${styles.whole} ${styles.dotted}`}>
                    {part}
                  </span>
                ))}
            </span>
          </span>
        </div>
      ))}
      {duty.nextAdviser && (
        <div className={`${styles.person} ${styles.next}`}>
          <span className={styles.words}>
            <b>
              {t('duty.nextAdviser')} <span lang="zh-CN">{duty.nextAdviser.name}</span>
            </b>
            <span className={styles.detail}>
              <span className={styles.whole}>
                {duty.nextAdviser.date === duty.date
                  ? t('date.today')
                  : `${monthDay(t, duty.nextAdviser.date)} ${weekday(t, duty.nextAdviser.date)}`}
              </span>{' '}
              <bdi dir="ltr">
                {duty.nextAdviser.from}–{duty.nextAdviser.to}
              </bdi>
            </span>
          </span>
        </div>
      )}
    </section>
  );
}
