import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { DeskAnswer, DeskTicket, DeskView } from '#shared/contract/queue.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { localMoment } from '#shared/time/local-date.ts';
import type { StationClient, StationConnection } from '../station-client/station-client.ts';
import { useLive } from '../station-client/use-live.ts';
import { CallNumber } from './call-number.tsx';
import styles from './console.module.css';
import {
  type Desks,
  type Give,
  type OrderBase,
  orderOfKey,
  type Send,
  TICKET_ORDERS,
} from './desk-orders.ts';
import { DeskSide } from './desk-side.tsx';
import { isLogInOver } from './log-in-over.ts';
import { holderOf } from './own-window.ts';
import { Transfer } from './transfer.tsx';

/** A host that cannot be reached must not keep somebody from leaving. */
const CLOSE_WITHIN_MS = 2000;

/** A window at work: the visitor at it, who is next, and what can be done (S3). */
export function Desk({
  connection,
  session,
  windowId,
  onChange,
  onLeave,
}: {
  readonly connection: StationConnection;
  readonly session: StaffSession;
  readonly windowId: string;
  /** Back to the choice of a window. */
  readonly onChange: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const read = useCallback(
    (client: StationClient) => client.desk.view({ window: windowId }),
    [windowId],
  );
  const { value: view, connected, reload } = useLive(connection, read);
  const [notice, setNotice] = useState('');
  const send: Send = async (order, operation) => {
    setNotice('');
    try {
      const answer = await order(connection.client.desk, { operation, window: windowId });
      const sentence = 'outcome' in answer ? sentenceOf(answer) : '';
      setNotice(sentence);
      return sentence === '';
    } catch (error) {
      setNotice(isLogInOver(error) ? '' : t('desk.failed'));
      return false;
    } finally {
      reload();
    }
  };
  const give: Give = (order) => void send(order, crypto.randomUUID());
  /** Closes this window unless a colleague has taken it over. */
  const closeOwn = async () => {
    if (view === undefined || holderOf(view, windowId, session).is !== 'me') return;
    const order = { operation: crypto.randomUUID(), window: windowId };
    await connection.client.desk.closeWindow(order, { context: { timeoutMs: CLOSE_WITHIN_MS } });
  };
  const change = () => {
    closeOwn().then(onChange, (error: unknown) =>
      setNotice(isLogInOver(error) ? '' : t('desk.failed')),
    );
  };
  const sentenceOf = (answer: DeskAnswer): string => {
    if (answer.outcome === 'done') return '';
    // Ordered twice, and had the first time.
    if (answer.outcome === 'taken' && answer.by.id === windowId) return '';
    if (answer.outcome === 'taken') return t('desk.taken', { window: answer.by.label });
    return t(`desk.outcome.${answer.outcome}`);
  };
  useShortcuts(view, give);
  if (view === undefined)
    return <main className={styles.entry}>{!connected && <p>{t('desk.cutOff')}</p>}</main>;
  return (
    <div className={styles.desk} data-surface="console">
      <header className={styles.head}>
        <h1>
          {view.window.label} · {view.window.name}
        </h1>
        <span className={styles.state}>{t(`desk.state.${view.window.state}`)}</span>
        <span className={styles.who}>{session.name}</span>
        <button
          type="button"
          className={styles.quiet}
          disabled={view.current !== undefined}
          onClick={change}
        >
          {t('desk.changeWindow')}
        </button>
        <button
          type="button"
          className={styles.quiet}
          onClick={() => void closeOwn().then(onLeave, onLeave)}
        >
          {t('desk.logOut')}
        </button>
      </header>
      <div className={styles.alerts}>
        {!connected && (
          <p className={styles.alarm} role="alert">
            {t('desk.cutOff')}
          </p>
        )}
        <DayDiffers view={view} give={give} session={session} />
        <UnknownNumbers view={view} />
        <NumbersTwice view={view} />
      </div>
      <main className={styles.work}>
        <Visitor view={view} give={give} send={send} notice={notice} />
      </main>
      <DeskSide view={view} give={give} send={send} client={connection.client} session={session} />
    </div>
  );
}

/** The queue's day follows no clock that jumped: whether the clock is right now is for the head to say. */
function DayDiffers({
  view,
  give,
  session,
}: {
  readonly view: DeskView;
  readonly give: Give;
  readonly session: StaffSession;
}) {
  const { t } = useTranslation();
  const { date } = localMoment(view.now);
  if (view.day === date) return null;
  const what = view.day > date ? 'desk.dayAhead' : 'desk.dayBehind';
  const mayCorrect = judgeCall(['desk', 'correctDay'], 'console', session.roles) === 'allowed';
  return (
    <p className={styles.alarm} role="alert">
      <span>{t(what, { day: view.day, date })}</span>
      {mayCorrect && (
        <button
          type="button"
          className={styles.button}
          onClick={() => give((desk, base) => desk.correctDay(base))}
        >
          {t('desk.correctDay', { date })}
        </button>
      )}
    </p>
  );
}

/** After a restored backup: whoever holds one of these numbers has to be asked for by voice. */
function UnknownNumbers({ view }: { readonly view: DeskView }) {
  const { t } = useTranslation();
  if (view.unknown.length === 0) return null;
  const numbers = view.unknown.map(({ from, to }) => (from === to ? from : `${from}–${to}`));
  return (
    <p className={styles.alarm} role="alert">
      {t('desk.unknownNumbers', { numbers: numbers.join(t('desk.unknownJoin')) })}
    </p>
  );
}

/** Terminals that were cut off while letters were changed gave numbers that others have: their holders have to be asked for by voice. */
function NumbersTwice({ view }: { readonly view: DeskView }) {
  const { t } = useTranslation();
  return view.twice.map(({ number, line, issuedAt }) => (
    <p key={`${number} ${issuedAt}`} className={styles.alarm} role="alert">
      {t('desk.twice', { number, line: line.name, time: timeOfDay(issuedAt) })}
    </p>
  ));
}

function timeOfDay(at: number): string {
  const { minutes } = localMoment(at);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function useShortcuts(view: DeskView | undefined, give: Give): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isTyping =
      event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (view === undefined || isTyping || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const order = orderOfKey(event.key, view);
    if (order === undefined) return;
    event.preventDefault();
    give((desk, base) => {
      if (order === 'callNext') return desk.callNext(base);
      if (order === 'pause') return pauseOrOpen(desk, base, view);
      return desk[order]({ ...base, ticket: view.current?.id ?? '' });
    });
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function pauseOrOpen(desk: Desks, base: OrderBase, view: DeskView) {
  return view.window.state === 'open' ? desk.pauseWindow(base) : desk.openWindow(base);
}

function Visitor({
  view,
  give,
  send,
  notice,
}: {
  readonly view: DeskView;
  readonly give: Give;
  readonly send: Send;
  readonly notice: string;
}) {
  const { t } = useTranslation();
  const { current, next } = view;
  const shown = current ?? next;
  return (
    <>
      <section className={styles.visitor}>
        <h2>{t(current === undefined ? 'desk.next' : 'desk.current')}</h2>
        {shown === undefined ? (
          <p className={styles.nobody}>{t('desk.nobody')}</p>
        ) : (
          <Ticket ticket={shown} />
        )}
      </section>
      <p className={styles.notice} role="status">
        {notice}
      </p>
      <div className={styles.buttons}>
        <button
          type="button"
          className={`${styles.button} ${styles.main}`}
          disabled={current !== undefined}
          onClick={() => give((desk, base) => desk.callNext(base))}
        >
          {t('desk.callNext')} <kbd>N</kbd>
        </button>
        {TICKET_ORDERS.map(({ order, key }) => (
          <button
            key={order}
            type="button"
            className={styles.button}
            disabled={current === undefined}
            onClick={() =>
              give((desk, base) => desk[order]({ ...base, ticket: current?.id ?? '' }))
            }
          >
            {t(`desk.order.${order}`)} <kbd>{key}</kbd>
          </button>
        ))}
        <button
          type="button"
          className={styles.button}
          onClick={() => give((desk, base) => pauseOrOpen(desk, base, view))}
        >
          {t(view.window.state === 'open' ? 'desk.pause' : 'desk.open')} <kbd>P</kbd>
        </button>
      </div>
      <div className={styles.forms}>
        <CallNumber view={view} send={send} />
        {current !== undefined && (
          <Transfer key={current.id} view={view} current={current} give={give} />
        )}
      </div>
    </>
  );
}

function Ticket({ ticket }: { readonly ticket: DeskTicket }) {
  const { t } = useTranslation();
  return (
    <div className={styles.ticket}>
      <bdi dir="ltr" className={styles.number}>
        {ticket.number}
      </bdi>
      <div>
        <p className={styles.matter}>{ticket.guide?.title ?? ticket.line.name}</p>
        {ticket.guide && <p>{ticket.line.name}</p>}
        {ticket.group && (
          <p className={styles.priority}>{t('desk.priority', { name: ticket.group.name })}</p>
        )}
        {ticket.group?.proof && <p>{t('desk.proof', { proof: ticket.group.proof })}</p>}
        {ticket.from && <p>{t('desk.from', { line: ticket.from.name })}</p>}
        {ticket.calls > 0 && <p>{t('desk.calls', { count: ticket.calls })}</p>}
        {ticket.notes.map((note) => (
          <p key={note.at} className={styles.note}>
            <bdi>{note.staff}</bdi> <bdi>{note.text}</bdi>
          </p>
        ))}
      </div>
    </div>
  );
}
