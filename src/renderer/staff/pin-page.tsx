import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenAnswer, StaffSession } from '#shared/contract/staff.ts';
import { Refusal } from '../console/refusal.tsx';
import { useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';

/** Account and PIN by touch; whoever has a one-time PIN chooses an own one before anything else. */
export function PinPage({
  mustChange,
  onEnter,
  onForgotten,
  onLeave,
}: {
  readonly mustChange: boolean;
  readonly onEnter: (session: StaffSession) => void;
  readonly onForgotten: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [account, setAccount] = useState('');
  const [secret, setSecret] = useState('');
  const [next, setNext] = useState('');
  const { sentence, take } = useAnswer(t('desk.wrong'), onEnter);
  const enter = () => {
    take(
      mustChange
        ? station.staff.changeSecret({ current: secret, next })
        : station.staff.logIn({ account, secret }),
    );
    // The new one stays: most often only the one before it was mistyped.
    setSecret('');
  };
  return (
    <main className={styles.pin}>
      <PageBody>
        <PageTitle title={t(mustChange ? 'desk.chooseSecret' : 'staff.logIn')} />
        {!mustChange && (
          <TextField
            label={t('desk.account')}
            value={account}
            keys="latin"
            maxLength={16}
            isPersonal
            onChange={setAccount}
          />
        )}
        <TextField
          label={t(mustChange ? 'desk.oneTime' : 'desk.secret')}
          value={secret}
          keys="digits"
          maxLength={64}
          isSecret
          onChange={setSecret}
        />
        {mustChange && <NewSecret value={next} onChange={setNext} />}
        {sentence}
        <footer className={styles.actions}>
          <Action label={t('staff.cancel')} onPress={onLeave} />
          {!mustChange && <Action label={t('desk.recovery.open')} onPress={onForgotten} />}
          <Action label={t('desk.enter')} emphasis="primary" onPress={enter} />
        </footer>
      </PageBody>
    </main>
  );
}

/** A PIN that somebody chooses. */
export function NewSecret({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('desk.newSecret')}
      value={value}
      keys="digits"
      maxLength={64}
      isSecret
      onChange={onChange}
    />
  );
}

/** Hears the host's answer to a PIN: in it goes on, else one sentence says why not. */
export function useAnswer(
  wrong: string,
  onEnter: (session: StaffSession) => void,
): { readonly sentence: ReactNode; readonly take: (asked: Promise<ChosenAnswer>) => void } {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<ChosenAnswer | 'failed'>();
  const take = (asked: Promise<ChosenAnswer>) => {
    setAnswer(undefined);
    asked.then(
      (got) => {
        setAnswer(got);
        if (got.state === 'in') onEnter(got.session);
      },
      () => setAnswer('failed'),
    );
  };
  return {
    take,
    sentence: (
      <p className={styles.error} role="alert">
        {answer === 'failed' && t('desk.failed')}
        {answer !== undefined && answer !== 'failed' && <Refusal answer={answer} wrong={wrong} />}
      </p>
    ),
  };
}
