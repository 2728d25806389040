import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

export interface SectionProps {
  readonly title: string;
  /** The level of the heading in the page's outline. */
  readonly level?: 2 | 3;
  /** Language of the title where it is not the page's. */
  readonly lang?: string | undefined;
  readonly end?: ReactNode;
  readonly grow?: boolean;
  readonly children: ReactNode;
}

/** A part of a page under a heading. */
export function Section({ title, level = 2, lang, end, grow = false, children }: SectionProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section
      className={grow ? `${styles.section} ${styles.grow}` : styles.section}
      aria-labelledby={id}
    >
      <div className={styles.head}>
        <Heading id={id} className={styles.title} lang={lang}>
          {title}
        </Heading>
        {end}
      </div>
      {children}
    </section>
  );
}
