import { Activity, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { LogInAnswer, StaffSession } from '#shared/contract/staff.ts';
import { useDayEndNear, useEndNear } from '../session/use-end-near.ts';
import { usePresence } from '../session/use-presence.ts';
import { EditingDesk } from '../staff/editing-desk.tsx';
import type { StationClient } from '../station-client/station-client.ts';
import { Alarms } from './alarms.tsx';
import styles from './console.module.css';
import { Desk } from './desk.tsx';
import type { ConnectPage } from './keep-log-in.ts';
import { LogIn } from './log-in.tsx';
import { holderOf } from './own-window.ts';
import { StationPage } from './station-page.tsx';
import { type PageLogIn, useLogIn } from './use-log-in.ts';
import { WindowChoice } from './window-choice.tsx';

type Place = { readonly window: string } | 'station' | 'editing' | undefined;

/** A window's console: log-in, the choice of the window, then the desk; for heads and technicians the station's own page. */
export function Console({ connect }: { readonly connect: ConnectPage }) {
  const logIn = useLogIn(connect);
  const [place, setPlace] = useState<Place>();
  const { connection, session, isIn } = logIn;
  usePresence(connection.client, isIn);
  const isEndNear = useEndNear(isIn);
  const isDayEndNear = useDayEndNear(isIn);
  const enter = (answer: Extract<LogInAnswer, { state: 'in' }>) => {
    // Whoever logs in again goes on where they were; somebody else chooses a window of their own.
    if (!logIn.enter(answer)) setPlace(undefined);
    else if (typeof place === 'object' && !answer.session.mustChange)
      openAgain(connection.client, answer.session, place.window).then(
        (isMine) => {
          if (!isMine) setPlace(undefined);
        },
        // The desk shows that the window is closed, and opens it.
        () => {},
      );
  };
  return (
    <>
      {isEndNear ? <EndNear /> : isDayEndNear && <DayEndNear />}
      {!isIn && (
        <LogIn
          connection={connection}
          mustChange={session?.mustChange === true && !logIn.hasExpired}
          hasExpired={logIn.hasExpired}
          expired={typeof place === 'object' ? 'desk.expired' : 'desk.expiredElsewhere'}
          onEnter={enter}
        />
      )}
      {session !== undefined && !session.mustChange && (
        // What was typed stays while somebody says again who they are.
        <Activity mode={isIn ? 'visible' : 'hidden'}>
          <Workplace key={session.person} {...{ logIn, session, place, setPlace }} />
        </Activity>
      )}
    </>
  );
}

/** A window closes when its person's log-in runs out. False when a colleague has it meanwhile. */
async function openAgain(
  { desk }: StationClient,
  session: StaffSession,
  window: string,
): Promise<boolean> {
  const view = await desk.view({ window });
  const holder = holderOf(view, window, session);
  if (holder.is === 'nobody') await desk.openWindow({ operation: crypto.randomUUID(), window });
  return holder.is !== 'colleague';
}

/** Nobody has touched the page for long, though somebody may be talking: a touch anywhere keeps the log-in. */
function EndNear() {
  const { t } = useTranslation();
  return (
    <div className={styles.endNear} role="alert">
      <p>{t('desk.endNear')}</p>
      <button type="button" className={styles.button}>
        {t('desk.stillHere')}
      </button>
    </div>
  );
}

/** Somebody has been logged in since the morning: whoever knows can choose the moment. */
function DayEndNear() {
  const { t } = useTranslation();
  return (
    <div className={`${styles.endNear} ${styles.dayEndNear}`} role="alert">
      <p>{t('desk.dayEnds')}</p>
    </div>
  );
}

/** Where somebody is, below what concerns them anywhere. */
function Workplace({
  logIn,
  session,
  place,
  setPlace,
}: {
  readonly logIn: PageLogIn;
  readonly session: StaffSession;
  readonly place: Place;
  readonly setPlace: (place: Place) => void;
}) {
  const hears = judgeCall(['desk', 'alarms'], 'console', session.roles) === 'allowed';
  const window = typeof place === 'object' ? place.window : undefined;
  return (
    <div className={styles.workplace}>
      <div>{hears && <Alarms connection={logIn.connection} ownWindow={window} />}</div>
      <div className={styles.place}>
        <PlaceOfWork {...{ logIn, session, place, setPlace }} />
      </div>
    </div>
  );
}

function PlaceOfWork({
  logIn: { connection, leave },
  session,
  place,
  setPlace,
}: {
  readonly logIn: PageLogIn;
  readonly session: StaffSession;
  readonly place: Place;
  readonly setPlace: (place: Place) => void;
}) {
  const { client } = connection;
  const back = () => setPlace(undefined);
  const shared = { connection, session, onLeave: leave };
  if (place === undefined)
    return (
      <WindowChoice
        {...shared}
        onChoose={(window) => setPlace({ window })}
        onStation={() => setPlace('station')}
        onEdit={() => setPlace('editing')}
      />
    );
  if (place === 'station') return <StationPage client={client} session={session} onBack={back} />;
  if (place === 'editing')
    return <EditingDesk connection={connection} session={session} onLeave={back} />;
  return <Desk {...shared} windowId={place.window} onChange={back} />;
}
