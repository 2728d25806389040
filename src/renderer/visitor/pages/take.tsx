import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueState } from '#shared/contract/queue.ts';
import type { ServiceView } from '#shared/contract/views.ts';
import { priorityHolds } from '#shared/queue/priority-holds.ts';
import { useReading, useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Failure, Reading } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { PrinterCallout } from '../printing/printer-callout.tsx';
import { LineTiles } from '../queue/line-tiles.tsx';
import { NoNumbers, withNextDay } from '../queue/no-numbers.tsx';
import { PriorityGroups } from '../queue/priority-groups.tsx';
import { QUEUE, useQueueNews } from '../queue/use-queue-news.ts';
import { type Taking, useTaking } from '../queue/use-taking.ts';
import { WhatToBring } from '../queue/what-to-bring.tsx';
import styles from './take.module.css';

/** Taking a queue number with one touch on what one came for; for the line of a guide when it came from one (V12). */
export function TakePage({ guide }: { readonly guide?: string | undefined }) {
  useQueueNews();
  const state = useReading([QUEUE, 'state'], (station, language) =>
    station.queue.state({ language }),
  );
  return (
    <PageBody>
      <Reading query={state}>
        {(queue) =>
          guide === undefined ? <Take queue={queue} /> : <TakeFor queue={queue} id={guide} />
        }
      </Reading>
    </PageBody>
  );
}

function TakeFor({ queue, id }: { readonly queue: QueueState; readonly id: string }) {
  const query = useReading(['guide', id], (station, language) =>
    station.guides.get({ id, language }),
  );
  return <Reading query={query}>{(guide) => <Take queue={queue} guide={guide} />}</Reading>;
}

function Take({
  queue,
  guide,
}: {
  readonly queue: QueueState;
  readonly guide?: ServiceView | undefined;
}) {
  const { t } = useTranslation();
  const { mode } = queue;
  const opening = {
    guide: guide === undefined ? '' : t('take.forGuide', { title: guide.body.title }),
    lead: t(queue.groups.length > 0 ? 'take.leadPriority' : 'take.lead'),
    until:
      mode.state === 'open' && mode.lastNumberAt !== undefined
        ? t('take.until', { time: mode.lastNumberAt })
        : '',
  };
  if (mode.state !== 'open')
    return (
      <>
        <PageTitle title={t('take.title')} />
        <NoNumbers mode={mode} day={queue.day} nextDay={queue.nextDay} />
      </>
    );
  return (
    <>
      <PageTitle title={t('take.title')}>{t('take.opening', opening).trim()}</PageTitle>
      {!queue.connected && <Callout tone="warn">{t('take.cutOff')}</Callout>}
      <Paper expected={queue.paper} />
      <Choose queue={queue} guide={guide} />
    </>
  );
}

/** What is to be expected of the printer, before the choice. */
function Paper({ expected }: { readonly expected: boolean }) {
  const station = useStation();
  const printers = useQuery({
    queryKey: [QUEUE, 'printers'],
    queryFn: () => station.tickets.printers(),
    enabled: expected,
  });
  if (!expected) return <PrinterCallout state="none" />;
  return printers.data === undefined ? null : <PrinterCallout state={printers.data.state} />;
}

function Choose({
  queue,
  guide,
}: {
  readonly queue: QueueState;
  readonly guide: ServiceView | undefined;
}) {
  const { t } = useTranslation();
  const taking = useTaking();
  const [group, setGroup] = useState<string>();
  const own = guide && queue.lines.filter((line) => line.businesses.includes(guide.body.line));
  // A guide whose business has no line of its own here: whoever came with it may choose.
  const lines = own === undefined || own.length === 0 ? queue.lines : own;
  const groups = queue.groups.filter((one) => lines.some(({ id }) => priorityHolds(one, id)));
  return (
    <>
      <Outcome taking={taking} nextDay={queue.nextDay} />
      <div className={styles.choose}>
        {groups.length > 0 && (
          <PriorityGroups groups={groups} lines={lines} chosen={group} onChoose={setGroup} />
        )}
        <Section title={t('take.lines')}>
          <LineTiles
            lines={lines}
            areWaitsKnown={queue.connected}
            isDisabled={taking.state !== 'ready'}
            onChoose={(line) => taking.take({ line, group, guide: guide?.provenance.id })}
          />
          {guide && <WhatToBring guide={guide} />}
        </Section>
      </div>
    </>
  );
}

/** What became of the touch, where no number came of it. */
function Outcome({
  taking,
  nextDay,
}: {
  readonly taking: Taking;
  readonly nextDay: QueueState['nextDay'];
}) {
  const { t } = useTranslation();
  const { state, refused, error, again } = taking;
  if (state === 'sending')
    return (
      <p className={styles.sending} role="status">
        {t('take.sending')}
      </p>
    );
  if (state === 'unanswered')
    return (
      <Callout
        tone="alarm"
        action={<Action label={t('take.again')} emphasis="primary" onPress={again} />}
      >
        {t('take.unanswered')}
      </Callout>
    );
  if (refused !== undefined) {
    const words = t(`take.refused.${refused}`);
    const isForToday = refused === 'line-full' || refused === 'early-close';
    return <Callout tone="alarm">{isForToday ? withNextDay(t, words, nextDay) : words}</Callout>;
  }
  return error === undefined ? null : <Failure error={error} onRetry={again} />;
}
