import styles from './initial.module.css';

/** Stands for a photograph: the first letter of a name. Those who listen hear the name beside it. */
export function Initial({
  name,
  size = 'small',
}: {
  readonly name: string;
  readonly size?: 'small' | 'large';
}) {
  return (
    <span className={`${styles.initial} ${styles[size]}`} lang="zh-CN" aria-hidden>
      {Array.from(name)[0] ?? ''}
    </span>
  );
}
