import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenAnswer, StaffSession } from '#shared/contract/staff.ts';
import { mayAct } from '#shared/staff/roles.ts';
import { Keyboard } from '../keyboard/keyboard.tsx';
import { KeyboardScope } from '../keyboard/keyboard-scope.tsx';
import { useIdle } from '../session/idle.ts';
import { useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { StaffRoom } from './room.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';

/** Shorter than the log-in itself: whoever is called away leaves nothing open. */
const IDLE_SECONDS = 180;
const WARNING_SECONDS = 20;

/** The staff's side of the terminal: PIN, then the room. It ends by itself when nobody touches it. */
export function StaffDoor({
  now,
  onLeave,
}: {
  readonly now: number;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [session, setSession] = useState<StaffSession>();
  const leave = () => {
    station.staff.logOut().catch(() => {});
    onLeave();
  };
  const left = useIdle({
    ...{ afterSeconds: IDLE_SECONDS, warningSeconds: WARNING_SECONDS },
    paused: false,
    onEnd: leave,
  });
  const isEditor = session !== undefined && mayAct(session.roles, ['editor']);
  return (
    <div className={styles.door}>
      <KeyboardScope>
        {session === undefined || session.mustChange ? (
          <PinPage mustChange={session !== undefined} onEnter={setSession} onLeave={leave} />
        ) : isEditor ? (
          <StaffRoom session={session} now={now} onLeave={leave} />
        ) : (
          <PageBody>
            <Callout
              tone="warn"
              title={t('error.not-allowed')}
              action={<Action label={t('staff.leave')} onPress={leave} />}
            >
              {session.name}
            </Callout>
          </PageBody>
        )}
        {left !== undefined && (
          <p className={styles.idle} role="alert">
            {t('staff.idle', { seconds: left })}
          </p>
        )}
        <Keyboard />
      </KeyboardScope>
    </div>
  );
}

function PinPage({
  mustChange,
  onEnter,
  onLeave,
}: {
  readonly mustChange: boolean;
  readonly onEnter: (session: StaffSession) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [account, setAccount] = useState('');
  const [secret, setSecret] = useState('');
  const [next, setNext] = useState('');
  const [sentence, setSentence] = useState('');
  const take = (answer: ChosenAnswer) => {
    if (answer.state === 'in') onEnter(answer.session);
    else if (answer.state === 'fault') setSentence(t('desk.weak'));
    else if (answer.waitSeconds > 0) setSentence(t('desk.wait', { seconds: answer.waitSeconds }));
    else setSentence(t('desk.wrong'));
    if (answer.state !== 'in') setSecret('');
  };
  const enter = () => {
    const asked: Promise<ChosenAnswer> = mustChange
      ? station.staff.changeSecret({ current: secret, next })
      : station.staff.logIn({ account, secret });
    asked.then(take, () => setSentence(t('desk.failed')));
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
        {mustChange && (
          <TextField
            label={t('desk.newSecret')}
            value={next}
            keys="digits"
            maxLength={64}
            isSecret
            onChange={setNext}
          />
        )}
        <p className={styles.error} role="alert">
          {sentence}
        </p>
        <footer className={styles.actions}>
          <Action label={t('staff.cancel')} onPress={onLeave} />
          <Action label={t('desk.enter')} emphasis="primary" onPress={enter} />
        </footer>
      </PageBody>
    </main>
  );
}
