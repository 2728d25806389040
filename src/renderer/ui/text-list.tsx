import { CheckCircleIcon } from '@phosphor-icons/react';
import styles from './text-list.module.css';

/** Sentences below each other, each with a tick. */
export function TextList({
  items,
}: {
  readonly items: readonly { readonly id: string; readonly text: string }[];
}) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item.id} className={styles.item}>
          <CheckCircleIcon className={styles.tick} weight="fill" aria-hidden />
          <span>{item.text}</span>
        </li>
      ))}
    </ul>
  );
}
