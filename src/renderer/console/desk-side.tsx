import type { TFunction } from 'i18next';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { DeskView } from '#shared/contract/queue.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { PRINTER_CARDS } from '#shared/printing/printer-cards.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { monthDay } from '../i18n/dates.ts';
import { decisionFault, type SlipDecision, slipDecisions } from '../staff/slip-decisions.ts';
import type { StationClient } from '../station-client/station-client.ts';
import styles from './console.module.css';
import type { Give, Send } from './desk-orders.ts';
import { isLogInOver } from './log-in-over.ts';
import { useOperation } from './use-operation.ts';

/** Beside the visitor: counters, tickets put aside, notes, printer, help, the end of the day. */
export function DeskSide({
  view,
  give,
  send,
  client,
  session,
}: {
  readonly view: DeskView;
  readonly give: Give;
  readonly send: Send;
  readonly client: StationClient;
  readonly session: StaffSession;
}) {
  const { t } = useTranslation();
  const { current } = view;
  const mayClose = judgeCall(['desk', 'closeEarly'], 'console', session.roles) === 'allowed';
  return (
    <aside className={styles.side}>
      <Counters view={view} client={client} />
      <Aside title={t('desk.held')} tickets={view.held} give={give} />
      <Aside title={t('desk.missed')} tickets={view.missed} give={give} />
      {current !== undefined && (
        <Words
          key={current.id}
          label={t('desk.noteOn')}
          onWrite={(text, operation) =>
            send((desk, base) => desk.note({ ...base, ticket: current.id, text }), operation)
          }
        />
      )}
      <Words
        label={t('desk.handover')}
        onWrite={(text, operation) =>
          send((desk, base) => desk.handover({ ...base, text }), operation)
        }
      />
      {view.handover.slice(0, 2).map((note) => (
        <p key={note.at} className={styles.note}>
          <b>{whenWritten(t, note.at, view.now)}</b> <bdi>{note.staff}</bdi> <bdi>{note.text}</bdi>
        </p>
      ))}
      <Printer client={client} />
      <div className={styles.row}>
        <button
          type="button"
          className={`${styles.button} ${styles.danger}`}
          onClick={() => give((desk, base) => desk.raiseAlarm(base))}
        >
          {t('desk.raiseAlarm')}
        </button>
        {mayClose && <EarlyClose view={view} give={give} />}
      </div>
    </aside>
  );
}

/** A word of last week must not read as one of today. */
function whenWritten(t: TFunction, at: number, now: number): string {
  const [written, today] = [localMoment(at), localMoment(now)];
  const time = `${Math.floor(written.minutes / 60)}:${String(written.minutes % 60).padStart(2, '0')}`;
  return written.date === today.date ? time : `${monthDay(t, written.date)} ${time}`;
}

/** One line of words for colleagues. */
function Words({
  label,
  onWrite,
}: {
  readonly label: string;
  /** True when it was written; until then the words stay. */
  readonly onWrite: (text: string, operation: string) => Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const operation = useOperation(text);
  const write = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() === '') return;
    if (await onWrite(text, operation)) setText((now) => (now === text ? '' : now));
  };
  return (
    <form className={styles.noteForm} onSubmit={(event) => void write(event)}>
      <label className={styles.label}>
        {label}
        <input
          className={styles.input}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className={styles.button}>
        {t('desk.write')}
      </button>
    </form>
  );
}

function Counters({ view, client }: { readonly view: DeskView; readonly client: StationClient }) {
  const { t } = useTranslation();
  const [today, setToday] = useState<{ noShow: number; wait: number | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day's figures change when somebody was served, came, or was missed
  useEffect(() => {
    client.desk.statistics({ from: view.day, to: view.day }).then(
      ({ total }) => setToday({ noShow: total.noShow, wait: total.wait.mean }),
      () => {},
    );
  }, [client, view.day, view.servedToday, view.waitingHere, view.missed.length]);
  const counters = [
    [t('desk.waitingHere'), view.waitingHere],
    [t('desk.served'), view.servedToday],
    [t('desk.noShows'), today?.noShow ?? 0],
    [t('desk.meanWait'), today?.wait ?? '–'],
  ] as const;
  return (
    <dl className={styles.counters}>
      {counters.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Tickets put aside, each to be called again, or noted as not come; who was missed last comes back first. */
function Aside({
  title,
  tickets,
  give,
}: {
  readonly title: string;
  readonly tickets: DeskView['held'];
  readonly give: Give;
}) {
  const { t } = useTranslation();
  if (tickets.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <div className={`${styles.row} ${styles.aside}`}>
        {tickets.toReversed().map((ticket) => (
          <span key={ticket.id} className={styles.put}>
            <button
              type="button"
              className={styles.button}
              onClick={() =>
                give((desk, base) =>
                  ticket.state === 'held'
                    ? desk.resume({ ...base, ticket: ticket.id })
                    : desk.callThis({ ...base, ticket: ticket.id }),
                )
              }
            >
              <bdi dir="ltr">{ticket.number}</bdi>
            </button>
            {ticket.state !== 'no-show' && (
              <button
                type="button"
                className={styles.quiet}
                aria-label={t('desk.goneAway', { number: ticket.number })}
                onClick={() => give((desk, base) => desk.noShow({ ...base, ticket: ticket.id }))}
              >
                {t('desk.order.noShow')}
              </button>
            )}
          </span>
        ))}
      </div>
    </section>
  );
}

const PRINTER_EVERY_MS = 10_000;
/** Beside the visitor there is room for so many; the next one moves up. */
const JOBS_SHOWN = 3;
function Printer({ client }: { readonly client: StationClient }) {
  const { t } = useTranslation();
  const [state, setState] = useState<Awaited<ReturnType<StationClient['tickets']['printers']>>>();
  const [jobs, setJobs] = useState<Awaited<ReturnType<StationClient['tickets']['open']>>>([]);
  const [asked, setAsked] = useState(0);
  const [failed, setFailed] = useState<ReturnType<typeof decisionFault>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew at once after a decision
  useEffect(() => {
    const ask = () => {
      client.tickets.printers().then(setState, () => {});
      client.tickets.open().then(setJobs, () => {});
    };
    ask();
    const timer = setInterval(ask, PRINTER_EVERY_MS);
    return () => clearInterval(timer);
  }, [client, asked]);
  const decide = (jobId: string, decision: SlipDecision) => {
    setFailed(undefined);
    client.tickets.decide({ jobId, decision }).then(
      () => setAsked(asked + 1),
      (error: unknown) => {
        if (!isLogInOver(error)) setFailed(decisionFault(error));
        setAsked(asked + 1);
      },
    );
  };
  // How it went is seen by its state, and on the paper.
  const test = (printer: string) =>
    void client.tickets.testPage({ printer }).then(
      () => setAsked(asked + 1),
      () => {},
    );
  return (
    <section>
      <h2>{t('desk.printerTitle')}</h2>
      {state?.printers.length === 0 && <PrinterState state={state.state} />}
      {state?.printers.map(({ name, state: its }, _, { length }) => (
        <div key={name}>
          {length > 1 && <b>{name}</b>}
          <PrinterState state={its} />
          {hasSteps(its) && (
            <button type="button" className={styles.button} onClick={() => test(name)}>
              {t('staff.printers.test')}
            </button>
          )}
        </div>
      ))}
      {jobs.slice(0, JOBS_SHOWN).map(({ jobId, label: number, state: ended }) => (
        <p key={jobId} className={styles.job}>
          <span>
            {t(ended === 'in-doubt' ? 'desk.inDoubt' : 'staff.printers.notPrinted', { number })}
          </span>
          {slipDecisions(ended).map((decision) => (
            <button
              key={decision}
              type="button"
              className={styles.button}
              onClick={() => decide(jobId, decision)}
            >
              {t(`staff.printers.decision.${decision}`)}
            </button>
          ))}
        </p>
      ))}
      <p className={styles.fault} role="status">
        {failed !== undefined && t(failed)}
      </p>
    </section>
  );
}

/** Whether there is something to do, after which a test page shows that it worked. */
const hasSteps = (state: TicketPrinterState) =>
  state !== 'none' && PRINTER_CARDS[state].steps.length > 0;

/** How the printer stands and, where something is to be done, what, step by step. */
function PrinterState({ state }: { readonly state: TicketPrinterState }) {
  const { t } = useTranslation();
  const { steps } = PRINTER_CARDS[state];
  return (
    <div className={hasSteps(state) ? styles.note : undefined} role="status">
      <p>{t(`desk.printer.${state}`)}</p>
      {state !== 'none' && (
        <ol className={styles.steps} lang="zh-CN">
          {steps.map((step) => (
            <li key={step}>
              <bdi>{step}</bdi>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** Asked twice: a slip of the hand must not send people home. */
function EarlyClose({ view, give }: { readonly view: DeskView; readonly give: Give }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  const isClosed = view.mode.state === 'early-close';
  const press = () => {
    if (isClosed) give((desk, base) => desk.reopen(base));
    else if (sure) give((desk, base) => desk.closeEarly(base));
    setSure(!isClosed && !sure);
  };
  const label = isClosed ? 'desk.reopen' : sure ? 'desk.closeSure' : 'desk.closeEarly';
  return (
    <button type="button" className={styles.button} onClick={press}>
      {t(label)}
    </button>
  );
}
