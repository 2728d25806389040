import styles from './console.module.css';

/** One line to be typed, with its name. */
export function Field({
  label,
  value,
  onChange,
  isSecret = false,
  name,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isSecret?: boolean;
  readonly name: string;
}) {
  return (
    <label className={styles.label}>
      {label}
      <input
        className={styles.input}
        type={isSecret ? 'password' : 'text'}
        name={name}
        value={value}
        autoComplete="off"
        maxLength={64}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
