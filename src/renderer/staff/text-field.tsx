import { use, useId } from 'react';
import { KeyboardField } from '../keyboard/keyboard-field.tsx';
import type { LayoutId } from '../keyboard/layout.ts';
import { AtDesk } from './at-desk.ts';
import styles from './staff.module.css';

const KEYS: Readonly<Record<'digits' | 'latin' | 'address', readonly LayoutId[]>> = {
  digits: ['digits', 'latin'],
  latin: ['latin', 'digits'],
  address: ['address', 'latin'],
};

/** A text to be filled in: our own keyboard on the terminal, the system's on an office PC. */
export function TextField({
  label,
  value,
  onChange,
  maxLength = 200,
  keys,
  isLong = false,
  isSecret = false,
  isPersonal = false,
  error,
  name,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly maxLength?: number | undefined;
  readonly keys?: keyof typeof KEYS | undefined;
  readonly isLong?: boolean | undefined;
  readonly isSecret?: boolean | undefined;
  readonly isPersonal?: boolean | undefined;
  readonly error?: string | undefined;
  readonly name?: string | undefined;
}) {
  const isAtDesk = use(AtDesk);
  const id = useId();
  if (!isAtDesk)
    return (
      <KeyboardField
        {...{ label, value, onChange, maxLength, isSecret, isPersonal, error }}
        {...(keys === undefined ? {} : { layouts: KEYS[keys] })}
      />
    );
  const shared = {
    id,
    className: styles.input,
    value,
    name,
    'aria-invalid': error !== undefined,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange(Array.from(target.value).slice(0, maxLength).join('')),
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {isLong ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input {...shared} type={isSecret ? 'password' : 'text'} autoComplete="off" />
      )}
      {error !== undefined && (
        <span className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
