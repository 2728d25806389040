import type { TFunction } from 'i18next';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hello, OpenState } from '#shared/contract/views.ts';
import { addDays, type LocalMoment } from '#shared/time/local-date.ts';
import { monthDay, weekday } from '../i18n/dates.ts';
import { type HostClock, useMoment } from '../session/clock.ts';
import { useHiddenTouch } from '../session/hidden-touch.ts';
import { useReading } from '../station-client/use-station.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './header.module.css';

/** Which station this is, whether it is open now, and the time (V1). */
export function Header({
  hello,
  clock,
  isHome,
  onStaff,
}: {
  readonly hello: Hello;
  readonly clock: HostClock;
  readonly isHome: boolean;
  /** Hears the touch that only staff know. */
  readonly onStaff: () => void;
}) {
  const { t } = useTranslation();
  const moment = useMoment(clock);
  const mark = useRef<HTMLSpanElement>(null);
  useHiddenTouch(mark, onStaff);
  const { data: station } = useReading(
    ['station-now', moment.date, moment.minutes],
    (host, language) => host.stations.current({ language }),
  );
  return (
    <header className={`${styles.header} ${isHome ? styles.home : ''}`}>
      <span ref={mark}>
        <Mark className={styles.mark} />
      </span>
      <div className={styles.names}>
        <h1 className={styles.name} lang="zh-CN">
          {hello.stationName}
        </h1>
        <p className={styles.state}>{station && <OpenNow open={station.open} moment={moment} />}</p>
      </div>
      <div className={styles.clock}>
        <bdi dir="ltr" className={styles.time}>
          {timeOf(moment)}
        </bdi>
        <span>
          {monthDay(t, moment.date)} {weekday(t, moment.date)}
        </span>
      </div>
    </header>
  );
}

function OpenNow({ open, moment }: { readonly open: OpenState; readonly moment: LocalMoment }) {
  const { t } = useTranslation();
  const isOpen = open.state === 'open';
  return (
    <>
      <span className={isOpen ? styles.open : styles.closed}>
        {t(open.state === 'unknown' ? 'header.unknown' : `header.${open.state}`)}
      </span>
      {open.state !== 'unknown' && (
        <>
          <span>{untilWhen(t, open, moment)}</span>
          {open.holidaysUnknown && <span>{t('header.holidaysUnknown')}</span>}
        </>
      )}
    </>
  );
}

/** "今天到 17:30", "明天 09:00 开门". */
export function untilWhen(
  t: TFunction,
  open: Exclude<OpenState, { state: 'unknown' }>,
  moment: LocalMoment,
): string {
  if (open.state === 'open') return t('header.openUntil', { time: open.until });
  if (open.state === 'break') return t('header.reopens', { time: open.reopens });
  const { next, reason } = open;
  const when = next === undefined ? '' : nextOpening(t, next, moment);
  return [reason, when].filter(Boolean).join(' · ');
}

function nextOpening(
  t: TFunction,
  next: { date: string; from: string },
  moment: LocalMoment,
): string {
  if (next.date === moment.date) return t('header.nextToday', { time: next.from });
  if (next.date === addDays(moment.date, 1)) return t('header.nextTomorrow', { time: next.from });
  return t('header.next', {
    date: `${monthDay(t, next.date)} ${weekday(t, next.date)}`,
    time: next.from,
  });
}

function timeOf(moment: LocalMoment): string {
  return `${String(Math.floor(moment.minutes / 60)).padStart(2, '0')}:${String(moment.minutes % 60).padStart(2, '0')}`;
}
