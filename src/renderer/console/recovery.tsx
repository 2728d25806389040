import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ChosenAnswer,
  LogInAnswer,
  RecoveryAsked,
  RecoveryBegun,
} from '#shared/contract/staff.ts';
import type { StationClient } from '../station-client/station-client.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './console.module.css';
import { Field } from './field.tsx';
import { Refusal } from './refusal.tsx';

/** A lost PIN is replaced by telephone: a code is read out to the district, which reads an answer back (decision 014). */
export function Recovery({
  client,
  onEnter,
  onBack,
}: {
  readonly client: StationClient;
  readonly onEnter: (answer: Extract<LogInAnswer, { state: 'in' }>) => void;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const [account, setAccount] = useState('');
  const [asked, setAsked] = useState<RecoveryAsked>();
  const [response, setResponse] = useState('');
  const [next, setNext] = useState('');
  const [answer, setAnswer] = useState<ChosenAnswer | 'failed' | 'no-key'>();
  const failed = () => setAnswer('failed');
  const begun = (got: RecoveryBegun) => {
    if (got.state === 'asked') setAsked(got);
    else setAnswer(got.state);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAnswer(undefined);
    if (asked === undefined) client.staff.startRecovery({ account }).then(begun, failed);
    else
      client.staff.finishRecovery({ account, response, next }).then((got) => {
        setAnswer(got);
        if (got.state === 'in') onEnter(got);
      }, failed);
  };
  return (
    <main className={styles.entry}>
      <form className={styles.card} onSubmit={submit}>
        <Mark className={styles.mark} />
        <h1>{t('desk.recovery.title')}</h1>
        {asked === undefined ? (
          <>
            <p>{t('desk.recovery.how')}</p>
            <Field
              label={t('desk.account')}
              value={account}
              onChange={setAccount}
              name="username"
            />
          </>
        ) : (
          <>
            <div className={styles.code} role="status">
              <p>{t('desk.recovery.readOut', { account, minutes: asked.validMinutes })}</p>
              <bdi dir="ltr">{asked.challenge}</bdi>
            </div>
            <Field
              label={t('desk.recovery.response')}
              value={response}
              onChange={setResponse}
              name="response"
            />
            <Field
              label={t('desk.newSecret')}
              value={next}
              onChange={setNext}
              isSecret
              name="new-password"
            />
          </>
        )}
        <p className={styles.fault} role="alert">
          {answer === 'failed' && t('desk.failed')}
          {answer === 'no-key' && t('desk.recovery.noKey')}
          {typeof answer === 'object' && (
            <Refusal answer={answer} wrong={t('desk.recovery.wrong')} />
          )}
        </p>
        <button type="submit" className={`${styles.button} ${styles.main}`}>
          {t('desk.enter')}
        </button>
        <button type="button" className={styles.quiet} onClick={onBack}>
          {t('desk.recovery.back')}
        </button>
      </form>
    </main>
  );
}
