import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DoctorReport, type Finding, VERDICT_WORDS } from '#shared/health/finding.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { useWhen } from './device-room.tsx';
import styles from './staff.module.css';

/** A printer that does not answer takes its time. */
const PATIENT = { timeoutMs: 70_000 };
const LOG_DAYS = 14;

type State =
  | { readonly at: 'rest' | 'looking' | 'failed' }
  | { readonly at: 'seen'; readonly report: DoctorReport };

/** The self-test on the screen and as a slip (T7): what is not well stands first, each with what to do. */
export function SelfTest() {
  const { t } = useTranslation();
  const station = useStation();
  const [state, setState] = useState<State>({ at: 'rest' });
  const [slip, setSlip] = useState<'printing' | 'no-printer'>();
  const look = () => {
    setState({ at: 'looking' });
    station.health.doctor(undefined, { context: PATIENT }).then(
      (report) => setState({ at: 'seen', report }),
      () => setState({ at: 'failed' }),
    );
  };
  const print = () => {
    station.health.printSlip(undefined, { context: PATIENT }).then(
      () => setSlip('printing'),
      () => setSlip('no-printer'),
    );
  };
  return (
    <Section title={t('staff.machine.selfTest')}>
      <div className={styles.tests}>
        <Action
          label={t('staff.machine.look')}
          emphasis="primary"
          isDisabled={state.at === 'looking'}
          onPress={look}
        />
        <Action label={t('staff.machine.printSlip')} onPress={print} />
      </div>
      {slip !== undefined && (
        <Callout tone={slip === 'printing' ? 'note' : 'warn'}>
          {t(`staff.machine.slip.${slip}`)}
        </Callout>
      )}
      {state.at === 'looking' && <p role="status">{t('staff.machine.looking')}</p>}
      {state.at === 'failed' && <Callout tone="alarm">{t('staff.failed')}</Callout>}
      {state.at === 'seen' && <Findings report={state.report} />}
    </Section>
  );
}

const ORDER = ['fault', 'attention', 'ok', 'not-applicable'] as const;

function Findings({ report }: { readonly report: DoctorReport }) {
  const { t } = useTranslation();
  const when = useWhen(report.at);
  const sorted = report.findings.toSorted(
    (one, two) => ORDER.indexOf(one.verdict) - ORDER.indexOf(two.verdict),
  );
  const isWell = ({ verdict }: Finding) => verdict === 'ok' || verdict === 'not-applicable';
  return (
    <>
      <p role="status">
        {t('staff.machine.seen', { when, version: report.programVersion })}{' '}
        <b>{t(`staff.machine.verdict.${report.verdict}`)}</b>
      </p>
      {sorted
        .filter((finding) => !isWell(finding))
        .map(({ check, title, verdict, sentence, remedy }) => (
          <Callout key={check} tone={verdict === 'fault' ? 'alarm' : 'warn'} title={title}>
            <span lang="zh-CN">
              {sentence}
              {remedy}
            </span>
          </Callout>
        ))}
      <ul className={styles.findings} lang="zh-CN">
        {sorted.filter(isWell).map(({ check, title, verdict, sentence }) => (
          <li key={check}>
            <b>{title}</b>{' '}
            {t('staff.machine.finding', { verdict: VERDICT_WORDS[verdict], sentence })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The daily upkeep log of the last two weeks (日常巡检记录). */
export function UpkeepLog() {
  const { t } = useTranslation();
  const query = useReading(['staff-upkeep'], ({ health }) => health.log({ days: LOG_DAYS }));
  return (
    <Section title={t('staff.machine.log')}>
      <Reading query={query}>
        {(days) =>
          days.length === 0 ? (
            <p>{t('staff.machine.noLog')}</p>
          ) : (
            <ul className={styles.findings} lang="zh-CN">
              {days.map(({ day, verdict, summary }) => (
                <li key={day}>
                  <b>{day}</b>{' '}
                  {t('staff.machine.finding', {
                    verdict: VERDICT_WORDS[verdict],
                    sentence: summary,
                  })}
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </Section>
  );
}
