import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { QueueMode, QueueState } from '#shared/contract/queue.ts';
import { weekdayOf } from '#shared/time/local-date.ts';
import { monthDay, weekday } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { untilWhen } from '../header.tsx';
import styles from './no-numbers.module.css';

/** Why no numbers are given now, when they will be, and what can be done meanwhile. */
export function NoNumbers({
  mode,
  day,
  nextDay,
}: {
  readonly mode: Exclude<QueueMode, { state: 'open' }>;
  readonly day: QueueState['day'];
  readonly nextDay: QueueState['nextDay'];
}) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <Callout
        tone={mode.state === 'none' ? 'note' : 'warn'}
        title={t(`take.mode.${mode.state}.title`)}
      >
        {words()}
      </Callout>
      <div className={styles.meanwhile}>
        <Action label={t('take.meanwhile.hours')} onPress={() => go({ page: 'station' })} />
        <Action label={t('take.meanwhile.hotline')} onPress={() => go({ page: 'hotlines' })} />
      </div>
    </>
  );

  function words(): string {
    if (mode.state === 'early-close') return withNextDay(t, mode.farewell, nextDay);
    if (mode.state === 'quota-reached')
      return withNextDay(t, t('take.mode.quota-reached.text'), nextDay);
    if (mode.state !== 'closed') return t(`take.mode.${mode.state}.text`);
    if (mode.isClosing === true) return withNextDay(t, t('take.mode.closed.closing'), nextDay);
    const when = untilWhen(t, mode, { date: day, weekday: weekdayOf(day), minutes: 0 });
    const { minutesBefore: minutes } = mode;
    if (when === '') return t('take.mode.closed.unknown');
    if (mode.next === undefined || minutes === undefined)
      return t('take.mode.closed.when', { when });
    return minutes === 0
      ? t('take.mode.closed.atOpening', { when })
      : t('take.mode.closed.text', { when, minutes });
  }
}

/** What is over for today, and on which day to come instead. */
export function withNextDay(t: TFunction, words: string, next: QueueState['nextDay']): string {
  if (next === undefined) return words;
  const date = `${monthDay(t, next.date)} ${weekday(t, next.date)}`;
  return t('take.withNextDay', { words, date, time: next.from });
}
