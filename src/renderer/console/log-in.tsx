import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenAnswer, LogInAnswer } from '#shared/contract/staff.ts';
import type { StationConnection } from '../station-client/station-client.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './console.module.css';
import { Field } from './field.tsx';
import { Recovery } from './recovery.tsx';
import { Refusal } from './refusal.tsx';

/** Log-in at a desk; whoever has a one-time PIN chooses an own one before anything else. */
export function LogIn({
  connection,
  mustChange,
  hasExpired,
  expired = 'desk.expiredElsewhere',
  onEnter,
}: {
  readonly connection: StationConnection;
  readonly mustChange: boolean;
  /** Somebody was at work here and must say again who they are. */
  readonly hasExpired: boolean;
  /** What is said then. */
  readonly expired?: 'desk.expired' | 'desk.expiredElsewhere';
  readonly onEnter: (answer: Extract<LogInAnswer, { state: 'in' }>) => void;
}) {
  const { t } = useTranslation();
  const [account, setAccount] = useState('');
  const [secret, setSecret] = useState('');
  const [next, setNext] = useState('');
  const [answer, setAnswer] = useState<ChosenAnswer | 'failed'>();
  const [isRecovering, setRecovering] = useState(false);
  if (isRecovering)
    return (
      <Recovery client={connection.client} onEnter={onEnter} onBack={() => setRecovering(false)} />
    );
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
        {hasExpired && <p role="status">{t(expired)}</p>}
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
          {answer !== undefined && answer !== 'failed' && (
            <Refusal answer={answer} wrong={t('desk.wrong')} />
          )}
        </p>
        <button type="submit" className={`${styles.button} ${styles.main}`}>
          {t('desk.enter')}
        </button>
        {!mustChange && (
          <button type="button" className={styles.quiet} onClick={() => setRecovering(true)}>
            {t('desk.recovery.open')}
          </button>
        )}
      </form>
    </main>
  );
}
