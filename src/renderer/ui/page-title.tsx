import type { ReactNode } from 'react';
import styles from './page-title.module.css';

export interface PageTitleProps {
  readonly title: string;
  /** Where it belongs: the pages above it. */
  readonly above?: string | undefined;
  readonly lang?: string | undefined;
  readonly children?: ReactNode;
}

/** A page says one thing; this says which. */
export function PageTitle({ title, above, lang, children }: PageTitleProps) {
  return (
    <div className={styles.head}>
      {above !== undefined && <p className={styles.above}>{above}</p>}
      <h2 className={styles.title} lang={lang}>
        {title}
      </h2>
      {children !== undefined && <div className={styles.lead}>{children}</div>}
    </div>
  );
}
