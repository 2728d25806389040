import { Fragment } from 'react';
import styles from './marked.module.css';

export interface MarkedProps {
  readonly text: string;
  /** Parts to mark, in UTF-16 units, in order and apart. */
  readonly marks: readonly { readonly from: number; readonly to: number }[];
}

/**
 * A text in which the words that were looked for stand out, by a line below them and not by colour alone. It keeps its own
 * direction: Chinese on a page that is written from right to left.
 */
export function Marked({ text, marks }: MarkedProps) {
  const parts = marks.map(({ from, to }, place) => ({
    from,
    plain: text.slice(marks[place - 1]?.to ?? 0, from),
    marked: text.slice(from, to),
  }));
  return (
    <bdi>
      {parts.map(({ from, plain, marked }) => (
        <Fragment key={from}>
          {plain}
          <mark className={styles.mark}>{marked}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.to ?? 0)}
    </bdi>
  );
}
