import type { ReactNode } from 'react';
import styles from './page-body.module.css';

/** The frame of a page's content: one column, or two where the screen is wide. */
export function PageBody({
  children,
  grow = false,
}: {
  readonly children: ReactNode;
  readonly grow?: boolean;
}) {
  return <div className={grow ? `${styles.body} ${styles.grow}` : styles.body}>{children}</div>;
}

/** Two columns side by side where both have room for their text. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

/** Parts below each other within a column. */
export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}
