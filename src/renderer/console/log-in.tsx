import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenAnswer, LogInAnswer } from '#shared/contract/staff.ts';
import type { StationConnection } from '../station-client/station-client.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './console.module.css';

/** Log-in at a desk; whoever has a one-time PIN chooses an own one before anything else. */
export function LogIn({
  connection,
  mustChange,
  onEnter,
}: {
  readonly connection: StationConnection;
  readonly mustChange: boolean;
  readonly onEnter: (answer: Extract<LogInAnswer, { state: 'in' }>) => void;
}) {
  const { t } = useTranslation();
  const [account, setAccount] = useState('');
  const [secret, setSecret] = useState('');
  const [next, setNext] = useState('');
  const [answer, setAnswer] = useState<ChosenAnswer | 'failed'>();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { staff } = connection.client;
    const asked: Promise<ChosenAnswer> = mustChange
      ? staff.changeSecret({ current: secret, next })
      : staff.logIn({ account, secret });
    asked.then(
      (got) => {
        setAnswer(got);
        if (got.state === 'in') onEnter(got);
      },
      () => setAnswer('failed'),
    );
  };
  return (
    <main className={styles.entry}>
      <form className={styles.card} onSubmit={submit}>
        <Mark className={styles.mark} />
        <h1>{t(mustChange ? 'desk.chooseSecret' : 'desk.logIn')}</h1>
        {!mustChange && (
          <Field label={t('desk.account')} value={account} onChange={setAccount} name="username" />
        )}
        <Field
          label={t(mustChange ? 'desk.oneTime' : 'desk.secret')}
          value={secret}
          onChange={setSecret}
          isSecret
          name="password"
        />
        {mustChange && (
          <Field
            label={t('desk.newSecret')}
            value={next}
            onChange={setNext}
            isSecret
            name="new-password"
          />
        )}
        <p className={styles.fault} role="alert">
          {answer === 'failed' && t('desk.failed')}
          {answer !== undefined && answer !== 'failed' && <Refusal answer={answer} />}
        </p>
        <button type="submit" className={`${styles.button} ${styles.main}`}>
          {t('desk.enter')}
        </button>
      </form>
    </main>
  );
}

function Refusal({ answer }: { readonly answer: ChosenAnswer }) {
  const { t } = useTranslation();
  if (answer.state === 'in') return null;
  if (answer.state === 'fault') return t('desk.weak');
  if (answer.waitSeconds > 0) return t('desk.wait', { seconds: answer.waitSeconds });
  return t('desk.wrong');
}

function Field({
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
