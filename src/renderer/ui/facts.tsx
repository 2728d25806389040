import styles from './facts.module.css';

export interface Fact {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}

/** The answers that people look for first, before any paragraph: fee, time, place. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.id} className={styles.fact}>
          <dt className={styles.label}>{fact.label}</dt>
          <dd className={styles.value}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
