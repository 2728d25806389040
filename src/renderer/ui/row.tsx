import { CaretRightIcon } from '@phosphor-icons/react';
import type { ReactNode } from 'react';
import { Pressable } from './pressable.tsx';
import styles from './row.module.css';

export interface RowProps {
  readonly label: ReactNode;
  /** A small picture before the words: the first letter of a name. */
  readonly start?: ReactNode;
  readonly detail?: ReactNode;
  /** A short fact at the end: fee, number. */
  readonly end?: string | undefined;
  /** Language of the text where it is not the page's. */
  readonly lang?: string | undefined;
  readonly onPress: () => void;
}

/** A line of a list that leads somewhere. */
export function Row({ label, start, detail, end, lang, onPress }: RowProps) {
  return (
    <Pressable className={styles.row} onPress={onPress}>
      {start}
      <span className={styles.words} lang={lang}>
        {/* The words keep their own direction beside a mirrored page: brackets and full stops stay where they belong. */}
        <span className={styles.label}>
          <bdi>{label}</bdi>
        </span>
        {detail !== undefined && (
          <span className={styles.detail}>
            <bdi>{detail}</bdi>
          </span>
        )}
      </span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
      <CaretRightIcon className={styles.arrow} weight="bold" aria-hidden />
    </Pressable>
  );
}

/** Lines below each other, in two columns where there is room. */
export function Rows({
  children,
  columns = 'one',
  grow = false,
}: {
  readonly children: ReactNode;
  readonly columns?: 'one' | 'two';
  /** Whether the lines share out the height that is left. */
  readonly grow?: boolean;
}) {
  return (
    <div className={`${styles.rows} ${styles[columns]} ${grow ? styles.grow : ''}`}>{children}</div>
  );
}
