import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffSession } from '#shared/contract/staff.ts';
import { Keyboard } from '../keyboard/keyboard.tsx';
import { KeyboardScope } from '../keyboard/keyboard-scope.tsx';
import { useIdle } from '../session/idle.ts';
import { usePresence } from '../session/use-presence.ts';
import { useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { PinPage } from './pin-page.tsx';
import { PinRecovery } from './pin-recovery.tsx';
import styles from './staff.module.css';
import { StaffRooms } from './staff-rooms.tsx';

/** Shorter than the log-in itself: whoever is called away leaves nothing open. */
const IDLE_SECONDS = 180;
const WARNING_SECONDS = 20;
/** To reach somebody at the district by telephone; the code on the screen is worth nothing to anybody else. */
const RECOVERY_IDLE_SECONDS = 900;

/** The staff's side of the terminal: PIN, then the rooms. It ends by itself when nobody touches it. */
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
  const [isRecovering, setRecovering] = useState(false);
  usePresence(station, session !== undefined);
  const leave = () => {
    station.staff.logOut().catch(() => {});
    onLeave();
  };
  const enter = (entered: StaffSession) => {
    setRecovering(false);
    setSession(entered);
  };
  const left = useIdle({
    afterSeconds: isRecovering ? RECOVERY_IDLE_SECONDS : IDLE_SECONDS,
    warningSeconds: WARNING_SECONDS,
    paused: false,
    onEnd: leave,
  });
  const isIn = session !== undefined && !session.mustChange;
  return (
    <div className={styles.door}>
      <KeyboardScope>
        <ErrorBoundary leave={<Action label={t('staff.leave')} onPress={leave} />}>
          {isIn && <StaffRooms session={session} now={now} onLeave={leave} />}
          {!isIn && isRecovering && (
            <PinRecovery onEnter={enter} onBack={() => setRecovering(false)} />
          )}
          {!isIn && !isRecovering && (
            <PinPage
              mustChange={session !== undefined}
              onEnter={enter}
              onForgotten={() => setRecovering(true)}
              onLeave={leave}
            />
          )}
        </ErrorBoundary>
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
