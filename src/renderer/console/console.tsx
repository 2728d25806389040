import { Activity, useState } from 'react';
import type { LogInAnswer } from '#shared/contract/staff.ts';
import { usePresence } from '../session/use-presence.ts';
import { EditingDesk } from '../staff/editing-desk.tsx';
import { Desk } from './desk.tsx';
import type { ConnectPage } from './keep-log-in.ts';
import { LogIn } from './log-in.tsx';
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
  const enter = (answer: Extract<LogInAnswer, { state: 'in' }>) => {
    // Whoever logs in again goes on where they were; somebody else chooses a window of their own.
    if (!logIn.enter(answer)) setPlace(undefined);
  };
  return (
    <>
      {!isIn && (
        <LogIn
          connection={connection}
          mustChange={session?.mustChange === true && !logIn.hasExpired}
          hasExpired={logIn.hasExpired}
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

function Workplace({
  logIn: { connection, leave },
  session,
  place,
  setPlace,
}: {
  readonly logIn: PageLogIn;
  readonly session: NonNullable<PageLogIn['session']>;
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
  return <Desk {...shared} windowId={place.window} />;
}
