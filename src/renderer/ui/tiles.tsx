import { Children, type CSSProperties, type ReactNode } from 'react';
import styles from './tiles.module.css';

/** So many beside each other that the words still have room on one line. */
const MOST_IN_ROW = 4;

/** Tiles in rows that are as full as each other: nine are three times three, and no single one is left over. */
export function Tiles({ children }: { readonly children: ReactNode }) {
  const count = Children.count(children);
  const columns = Math.ceil(count / Math.ceil(count / MOST_IN_ROW)) || 1;
  return (
    <div className={styles.tiles} style={{ '--columns': columns } as CSSProperties}>
      {children}
    </div>
  );
}
