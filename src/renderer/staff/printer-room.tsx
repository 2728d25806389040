import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRINTER_CARDS } from '#shared/printing/printer-cards.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import { decisionFault, type SlipDecision, slipDecisions } from './slip-decisions.ts';
import styles from './staff.module.css';
import { useRereading } from './use-rereading.ts';

type Printers = Awaited<ReturnType<StationClient['tickets']['printers']>>['printers'];
type Jobs = Awaited<ReturnType<StationClient['tickets']['open']>>;

/** The ticket printers: how each stands, what to do, a test page; and slips of which nobody knows whether they came out. */
export function PrinterRoom(props: RoomProps) {
  const { t } = useTranslation();
  const printers = useReading(['staff-printers'], (station) => station.tickets.printers());
  const jobs = useReading(['staff-jobs'], (station) => station.tickets.open());
  useRereading(printers);
  useRereading(jobs);
  return (
    <RoomFrame {...props} title={t('staff.rooms.printers')} position="printers">
      <PageBody>
        <Reading query={jobs}>
          {(open) => <OpenJobs jobs={open} onDecided={() => void jobs.refetch()} />}
        </Reading>
        <Reading query={printers}>
          {({ printers: all }) =>
            all.length === 0 ? (
              <Callout>{t('desk.printer.none')}</Callout>
            ) : (
              all.map((printer) => <Printer key={printer.name} printer={printer} />)
            )
          }
        </Reading>
      </PageBody>
    </RoomFrame>
  );
}

function Printer({ printer: { name, state } }: { readonly printer: Printers[number] }) {
  const { t } = useTranslation();
  const station = useStation();
  const [said, setSaid] = useState<'testSent' | 'failed'>();
  const { steps } = PRINTER_CARDS[state];
  const test = () => {
    setSaid(undefined);
    station.tickets.testPage({ printer: name }).then(
      () => setSaid('testSent'),
      () => setSaid('failed'),
    );
  };
  return (
    <Section title={name}>
      <Callout tone={state === 'ready' ? 'note' : 'warn'}>{t(`desk.printer.${state}`)}</Callout>
      {steps.length > 0 && (
        <ol className={styles.howTo} lang="zh-CN">
          {steps.map((step) => (
            <li key={step}>
              <bdi>{step}</bdi>
            </li>
          ))}
        </ol>
      )}
      <p role="status">{said !== undefined && t(`staff.printers.${said}`)}</p>
      <Action label={t('staff.printers.test')} emphasis="primary" onPress={test} />
    </Section>
  );
}

function OpenJobs({ jobs, onDecided }: { readonly jobs: Jobs; readonly onDecided: () => void }) {
  const { t } = useTranslation();
  const station = useStation();
  const [failed, setFailed] = useState<ReturnType<typeof decisionFault>>();
  const decide = (jobId: string, decision: SlipDecision) => {
    setFailed(undefined);
    station.tickets.decide({ jobId, decision }).then(onDecided, (error: unknown) => {
      setFailed(decisionFault(error));
      onDecided();
    });
  };
  if (jobs.length === 0 && failed === undefined) return null;
  return (
    <Section title={t('staff.printers.open')}>
      {failed !== undefined && <Callout tone="warn">{t(failed)}</Callout>}
      {jobs.map(({ jobId, label, state }) => (
        <Callout
          key={jobId}
          tone="warn"
          title={t(state === 'in-doubt' ? 'desk.inDoubt' : 'staff.printers.notPrinted', {
            number: label,
          })}
        >
          <span className={styles.actions}>
            {slipDecisions(state).map((decision) => (
              <Action
                key={decision}
                label={t(`staff.printers.decision.${decision}`)}
                onPress={() => {
                  decide(jobId, decision);
                }}
              />
            ))}
          </span>
        </Callout>
      ))}
    </Section>
  );
}
