import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import type { StationClient, StationConnection } from '../station-client/station-client.ts';
import { useLive } from '../station-client/use-live.ts';
import styles from './console.module.css';
import { isLogInOver } from './log-in-over.ts';
import { holderOf } from './own-window.ts';

const readHall = (client: StationClient) => client.hall.view();

/** At which window somebody sits today; heads and technicians also go to the station's page from here. */
export function WindowChoice({
  connection,
  session,
  onChoose,
  onStation,
  onEdit,
  onLeave,
}: {
  readonly connection: StationConnection;
  readonly session: StaffSession;
  readonly onChoose: (window: string) => void;
  readonly onStation: () => void;
  /** Changes the station's content. */
  readonly onEdit: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { value: hall, connected } = useLive(connection, readHall);
  const [hasFailed, setFailed] = useState(false);
  /** Chosen, but open under a colleague's name. */
  const [taken, setTaken] = useState<{ id: string; label: string; name: string }>();
  const mayCall = judgeCall(['desk', 'callNext'], 'console', session.roles) === 'allowed';
  const mayPair = judgeCall(['lan', 'openPairing'], 'console', session.roles) === 'allowed';
  const mayEdit = judgeCall(['editing', 'overview'], 'console', session.roles) === 'allowed';
  const failed = (error: unknown) => setFailed(!isLogInOver(error));
  const open = (id: string) => {
    const order = { operation: crypto.randomUUID(), window: id };
    connection.client.desk.openWindow(order).then(() => onChoose(id), failed);
  };
  const choose = (id: string, label: string) => {
    setFailed(false);
    setTaken(undefined);
    connection.client.desk.view({ window: id }).then((view) => {
      const holder = holderOf(view, id, session);
      if (holder.is === 'colleague') setTaken({ id, label, name: holder.name });
      else open(id);
    }, failed);
  };
  return (
    <main className={styles.entry}>
      <section className={styles.card}>
        <h1>{t(mayCall ? 'desk.chooseWindow' : 'desk.welcome', { name: session.name })}</h1>
        {!connected && <p role="alert">{t('desk.cutOff')}</p>}
        {mayCall &&
          hall?.windows.map(({ id, label, state }) => (
            <button
              key={id}
              type="button"
              className={styles.button}
              onClick={() => choose(id, label)}
            >
              <span>{label}</span>
              <small>{t(`desk.state.${state}`)}</small>
            </button>
          ))}
        {mayCall && hall?.windows.length === 0 && <p>{t('desk.noWindows')}</p>}
        <p className={styles.fault} role="alert">
          {hasFailed && t('desk.failed')}
          {taken !== undefined && t('desk.windowTaken', { window: taken.label, name: taken.name })}
        </p>
        {taken !== undefined && (
          <button
            type="button"
            className={`${styles.button} ${styles.danger}`}
            onClick={() => open(taken.id)}
          >
            {t('desk.takeWindow', { window: taken.label })}
          </button>
        )}
        {mayPair && (
          <button type="button" className={styles.button} onClick={onStation}>
            {t('desk.station.title')}
          </button>
        )}
        {mayEdit && (
          <button type="button" className={styles.button} onClick={onEdit}>
            {t('staff.title')}
          </button>
        )}
        <button type="button" className={styles.quiet} onClick={onLeave}>
          {t('desk.logOut')}
        </button>
      </section>
    </main>
  );
}
