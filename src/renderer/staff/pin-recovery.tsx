import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryAsked, StaffSession } from '#shared/contract/staff.ts';
import { useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { NewSecret, useAnswer } from './pin-page.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';

/** A lost PIN is replaced standing at the terminal, by telephone with the district and without a network (decision 014). */
export function PinRecovery({
  onEnter,
  onBack,
}: {
  readonly onEnter: (session: StaffSession) => void;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [account, setAccount] = useState('');
  const [asked, setAsked] = useState<RecoveryAsked>();
  const [trouble, setTrouble] = useState<'desk.failed' | 'desk.recovery.noKey'>();
  const [response, setResponse] = useState('');
  const [next, setNext] = useState('');
  const { sentence, take } = useAnswer(t('desk.recovery.wrong'), onEnter);
  const ask = () => {
    setTrouble(undefined);
    station.staff.startRecovery({ account }).then(
      (begun) => {
        if (begun.state === 'asked') setAsked(begun);
        else setTrouble('desk.recovery.noKey');
      },
      () => setTrouble('desk.failed'),
    );
  };
  return (
    <main className={styles.pin}>
      <PageBody>
        <PageTitle title={t('desk.recovery.title')}>
          {asked === undefined
            ? t('desk.recovery.how')
            : t('desk.recovery.readOut', { account, minutes: asked.validMinutes })}
        </PageTitle>
        {asked === undefined ? (
          <TextField
            label={t('desk.account')}
            value={account}
            keys="latin"
            maxLength={16}
            isPersonal
            onChange={setAccount}
          />
        ) : (
          <>
            <p className={styles.code} role="status">
              <bdi dir="ltr">{asked.challenge}</bdi>
            </p>
            <TextField
              label={t('desk.recovery.response')}
              value={response}
              keys="latin"
              maxLength={40}
              onChange={setResponse}
            />
            <NewSecret value={next} onChange={setNext} />
          </>
        )}
        {trouble === undefined ? (
          sentence
        ) : (
          <p className={styles.error} role="alert">
            {t(trouble)}
          </p>
        )}
        <footer className={styles.actions}>
          <Action label={t('desk.recovery.back')} onPress={onBack} />
          <Action
            label={t('desk.enter')}
            emphasis="primary"
            onPress={
              asked === undefined
                ? ask
                : () => take(station.staff.finishRecovery({ account, response, next }))
            }
          />
        </footer>
      </PageBody>
    </main>
  );
}
