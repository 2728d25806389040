import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { StationView } from '#shared/contract/views.ts';
import { monthDay, weekday } from '../../i18n/dates.ts';
import { Callout } from '../../ui/callout.tsx';
import styles from './hours-table.module.css';

/** The seven days from today, as they really are: with public holidays and make-up working days. */
export function HoursTable({
  station,
}: {
  readonly station: Pick<StationView, 'week' | 'holidaysKnown'>;
}) {
  const { t } = useTranslation();
  if (station.week.length === 0) return <Callout>{t('header.unknown')}</Callout>;
  return (
    <>
      <table className={styles.table}>
        <tbody>
          {station.week.map((day, at) => (
            <tr key={day.date} className={at === 0 ? styles.today : ''}>
              <th scope="row">
                {monthDay(t, day.date)} {weekday(t, day.date)}
              </th>
              <td>
                {day.periods.length === 0 ? (
                  t('station.closedDay')
                ) : (
                  <bdi dir="ltr">
                    {day.periods.map((period) => `${period.from}–${period.to}`).join('  ')}
                  </bdi>
                )}
                {why(t, day) !== '' && <span className={styles.reason}> {why(t, day)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!station.holidaysKnown && <p className={styles.reason}>{t('station.holidaysUnknown')}</p>}
    </>
  );
}

/** Why a day is not like its weekday. */
function why(t: TFunction, { reason, makeUp }: StationView['week'][number]): string {
  return reason ?? (makeUp === true ? t('station.makeUp') : '');
}
