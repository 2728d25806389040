import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskTicket, DeskView } from '#shared/contract/queue.ts';
import styles from './console.module.css';
import type { Give } from './desk-orders.ts';

/**
 * To another line, or to a certain window on the same line; number and place are kept. Chosen first and then ordered: an arrow
 * key changes a choice at once, and nobody fetches a visitor back.
 */
export function Transfer({
  view,
  current,
  give,
}: {
  readonly view: DeskView;
  readonly current: DeskTicket;
  readonly give: Give;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const lines = view.lines.filter(({ id }) => id !== current.line.id);
  const windows = view.windows.filter(({ id }) => id !== view.window.id);
  const line = lines.find(({ id }) => chosen === `line ${id}`);
  const window = windows.find(({ id }) => chosen === `window ${id}`);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (line === undefined && window === undefined) return;
    give((desk, base) =>
      desk.transfer({
        ...base,
        ticket: current.id,
        line: (line ?? current.line).id,
        toWindow: window?.id,
      }),
    );
  };
  return (
    <form className={styles.noteForm} onSubmit={send}>
      <label className={styles.label}>
        {t('desk.transferTo')}
        <select
          className={styles.input}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">{t('desk.chooseTarget')}</option>
          <optgroup label={t('desk.toLine')}>
            {lines.map(({ id, name }) => (
              <option key={id} value={`line ${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('desk.toWindow')}>
            {windows.map(({ id, label, state }) => (
              <option key={id} value={`window ${id}`} disabled={state !== 'open'}>
                {label} {t(`desk.state.${state}`)}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <button
        type="submit"
        className={styles.button}
        disabled={line === undefined && window === undefined}
      >
        {t('desk.transfer')}
      </button>
    </form>
  );
}
