import { PrinterIcon, SignOutIcon } from '@phosphor-icons/react';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/queue.ts';
import { ticketCode } from '#shared/queue/ticket-code.ts';
import { useSecondsLeft } from '../../session/idle.ts';
import { useSession } from '../../session/session.ts';
import { useReading, useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { chime } from '../../ui/chime.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { PaperCallout } from '../printing/paper-callout.tsx';
import { PrinterCallout } from '../printing/printer-callout.tsx';
import { isPaperMissing } from '../printing/printing-words.ts';
import { SlipDrawing } from '../printing/slip-drawing.tsx';
import { QUEUE, useQueueNews } from '../queue/use-queue-news.ts';
import { WhatToBring } from '../queue/what-to-bring.tsx';
import styles from './number.module.css';

/** The least time to say "I am still here"; from here on it is also heard (standards A-40). */
const HEARD_SECONDS = 20;

/** The number that was taken, valid whether or not paper came; it leaves the screen soon (lessons, "Pages"). */
export function NumberPage({
  id,
  job,
}: {
  readonly id: string;
  readonly job?: string | undefined;
}) {
  useQueueNews();
  const ticket = useReading([QUEUE, 'ticket', id], (station, language) =>
    station.queue.ticket({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={ticket}>{(view) => <TakenNumber ticket={view} job={job} />}</Reading>
      <Leaving />
    </PageBody>
  );
}

function TakenNumber({
  ticket,
  job,
}: {
  readonly ticket: TicketView;
  readonly job: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.room}>
      <div className={styles.taken}>
        <div className={styles.head}>
          <h2 className={styles.title}>
            <span className={styles.line}>
              {ticket.line.name} <span className={styles.yours}>{t('number.yours')}</span>
            </span>{' '}
            <bdi dir="ltr" className={styles.number}>
              {ticket.number}
            </bdi>
          </h2>
          {ticket.group && <p>{t('number.priority', { name: ticket.group.name })}</p>}
        </div>
        <Turn ticket={ticket} />
        {job === undefined ? (
          <>
            <PrinterCallout state="none" />
            <Keepsake ticket={ticket} isPaperless />
          </>
        ) : (
          <Paper first={job} ticket={ticket} />
        )}
      </div>
    </div>
  );
}

/** How far it is from being called, or where to go now. */
function Turn({ ticket }: { readonly ticket: TicketView }) {
  const { t } = useTranslation();
  const { state, window } = ticket;
  if (state === 'called')
    return (
      <p className={styles.called} role="alert">
        {t('number.called', { window: window?.label ?? '' })}
      </p>
    );
  if (state !== 'waiting') return <Callout tone="warn">{t(`number.state.${state}`)}</Callout>;
  return (
    <div data-told>
      <Facts facts={waitFacts(t, ticket)} />
    </div>
  );
}

function waitFacts(t: TFunction, { before, estimateMinutes: minutes, windows }: TicketView) {
  const labels = windows.map((window) => window.label).join(t('join.items'));
  return [
    {
      id: 'before',
      label: t('number.before'),
      value: beforeText(t, before),
    },
    { id: 'wait', label: t('number.wait'), value: waitText(t, minutes) },
    { id: 'windows', label: t('number.windows'), value: labels || t('number.asCalled') },
  ];
}

/** Nobody can say while this terminal cannot reach the station's queue host. */
function beforeText(t: TFunction, before: number | undefined): string {
  if (before === undefined) return t('number.unknown');
  return before === 0 ? t('number.nobody') : t('number.people', { count: before });
}

function waitText(t: TFunction, minutes: number | undefined): string {
  if (minutes === undefined) return t('number.unknown');
  return minutes === 0 ? t('number.soon') : t('number.minutes', { minutes });
}

/** What became of the paper; a copy where one may be had. */
function Paper({ first, ticket }: { readonly first: string; readonly ticket: TicketView }) {
  const { t } = useTranslation();
  const station = useStation();
  const [id, setId] = useState(first);
  const job = useReading([QUEUE, 'job', id], (host) => host.tickets.job({ jobId: id }));
  const copy = useMutation({
    mutationFn: () => station.tickets.reprint({ jobId: id }),
    networkMode: 'always',
    onSuccess: (made) => setId(made.jobId),
    onError: () => void job.refetch(),
  });
  const printers = useReading([QUEUE, 'printers'], (host) => host.tickets.printers());
  // The first is this terminal's own; the others stand in for it (profile: `printer.tickets`).
  const own = printers.data?.printers[0]?.name;
  const at = job.data?.printer;
  const elsewhere = own === undefined || at === own ? undefined : at;
  const mayReprint = job.data?.mayReprint === true;
  const button = mayReprint && (
    <Action
      label={t('number.copy')}
      icon={PrinterIcon}
      isDisabled={copy.isPending}
      onPress={() => copy.mutate()}
    />
  );
  return (
    <>
      {job.data && (
        <div data-told>
          <PaperCallout job={job.data} elsewhere={elsewhere} action={button} />
        </div>
      )}
      {mayReprint && <p className={styles.small}>{t('number.copyNote')}</p>}
      <Keepsake ticket={ticket} isPaperless={job.data !== undefined && isPaperMissing(job.data)} />
    </>
  );
}

/** What to take along: the number as a code, or the whole slip where no paper comes, and what to have ready. */
function Keepsake({
  ticket,
  isPaperless,
}: {
  readonly ticket: TicketView;
  readonly isPaperless: boolean;
}) {
  const { guide, state } = ticket;
  const code = <Code ticket={ticket} />;
  return (
    <div className={styles.keepsake}>
      {isPaperless && state === 'waiting' ? <ShownSlip ticket={ticket} otherwise={code} /> : code}
      {guide !== undefined && <Bring id={guide} />}
    </div>
  );
}

function Code({ ticket: { number, day, line } }: { readonly ticket: TicketView }) {
  const { t } = useTranslation();
  const hello = useReading(['hello'], (station) => station.system.hello());
  return (
    <div className={styles.code}>
      {hello.data && (
        <Qr
          text={ticketCode({ station: hello.data.stationName, day, number, line: line.name })}
          caption={t('number.qr')}
        />
      )}
      <p className={styles.keep}>{t('number.keep')}</p>
    </div>
  );
}

/** The slip that no printer gave, to be photographed as it would have been carried; it has the same code on it. */
function ShownSlip({
  ticket: { id, number },
  otherwise,
}: {
  readonly ticket: TicketView;
  readonly otherwise: ReactNode;
}) {
  const { t } = useTranslation();
  const slip = useReading([QUEUE, 'slip', id], (station) => station.queue.slip({ id }));
  if (slip.data === undefined) return otherwise;
  return (
    <div className={styles.slip}>
      <p className={styles.keep}>{t('number.keepSlip')}</p>
      <SlipDrawing picture={slip.data} label={t('number.slip', { number })} />
    </div>
  );
}

/** Nothing where the guide is not there any more: the number is valid without it. */
function Bring({ id }: { readonly id: string }) {
  const guide = useReading(['guide', id], (station, language) =>
    station.guides.get({ id, language }),
  );
  return guide.data === undefined ? null : <WhatToBring guide={guide.data} />;
}

/** Says when the page clears itself; any touch gives the whole time again. */
function Leaving() {
  const { t } = useTranslation();
  const { act } = useSession();
  const left = useSecondsLeft();
  const isNear = left !== undefined && left <= HEARD_SECONDS;
  useEffect(() => {
    if (isNear) void chime();
  }, [isNear]);
  return (
    <div className={styles.leaving}>
      <Action
        label={t('number.leave')}
        icon={SignOutIcon}
        emphasis="primary"
        onPress={() => act({ type: 'leave' })}
      />
      <Action label={t('number.stay')} onPress={() => act({ type: 'set', preferences: {} })} />
      <p className={styles.clears} role="timer">
        {left === undefined ? '' : t('number.clears', { seconds: left })}
      </p>
    </div>
  );
}
