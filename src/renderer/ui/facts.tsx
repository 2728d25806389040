import styles from './facts.module.css';

export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Language of the value where it is not the list's. */
  readonly lang?: string | undefined;
}

/** The answers that people look for first, before any paragraph: fee, time, place. */
export function Facts({
  facts,
  lang,
}: {
  readonly facts: readonly Fact[];
  /** Language of labels and values where it is not the page's. */
  readonly lang?: string | undefined;
}) {
  return (
    <dl className={styles.facts} lang={lang}>
      {facts.map((fact) => (
        <div key={fact.id} className={styles.fact}>
          <dt className={styles.label}>{fact.label}</dt>
          <dd className={styles.value} lang={fact.lang}>
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
