import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskView } from '#shared/contract/queue.ts';
import styles from './console.module.css';
import type { Send } from './desk-orders.ts';
import { useOperation } from './use-operation.ts';

/**
 * Calls a certain number: whoever stands before the window with one that was sent back, given twice, or promised to be first. It
 * is typed, not picked from a list, so that nobody picks the easy visitors.
 */
export function CallNumber({ view, send }: { readonly view: DeskView; readonly send: Send }) {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const operation = useOperation(number);
  const field = useRef<HTMLInputElement>(null);
  const call = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!(await send((desk, base) => desk.callNumber({ ...base, number }), operation))) return;
    setNumber('');
    // The keys stand for orders again (desk-orders.ts).
    field.current?.blur();
  };
  return (
    <form className={styles.noteForm} onSubmit={(event) => void call(event)}>
      <label className={styles.label}>
        {t('desk.callThis')}
        <input
          ref={field}
          className={styles.input}
          value={number}
          placeholder="A012"
          maxLength={8}
          autoComplete="off"
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <button
        type="submit"
        className={styles.button}
        disabled={view.current !== undefined || number.trim() === ''}
      >
        {t('desk.call')}
      </button>
    </form>
  );
}
