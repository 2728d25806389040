import { useTranslation } from 'react-i18next';
import type { StationClient, StationConnection } from '../station-client/station-client.ts';
import { useLive } from '../station-client/use-live.ts';
import styles from './console.module.css';

const readHall = (client: StationClient) => client.hall.view();

/** At which window somebody sits today. */
export function WindowChoice({
  connection,
  onChoose,
  onLeave,
}: {
  readonly connection: StationConnection;
  readonly onChoose: (window: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { value: hall } = useLive(connection, readHall);
  const choose = (id: string) => {
    const order = { operation: crypto.randomUUID(), window: id };
    connection.client.desk.openWindow(order).then(
      () => onChoose(id),
      () => {},
    );
  };
  return (
    <main className={styles.entry}>
      <section className={styles.card}>
        <h1>{t('desk.chooseWindow')}</h1>
        {hall?.windows.map(({ id, label, state }) => (
          <button key={id} type="button" className={styles.button} onClick={() => choose(id)}>
            <span>{label}</span>
            <small>{t(`desk.state.${state}`)}</small>
          </button>
        ))}
        {hall?.windows.length === 0 && <p>{t('desk.noWindows')}</p>}
        <button type="button" className={styles.quiet} onClick={onLeave}>
          {t('desk.logOut')}
        </button>
      </section>
    </main>
  );
}
