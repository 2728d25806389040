import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogInAnswer, StaffSession } from '#shared/contract/staff.ts';
import { usePresence } from '../session/use-presence.ts';
import { EditingDesk } from '../staff/editing-desk.tsx';
import type { StationConnection } from '../station-client/station-client.ts';
import { Desk } from './desk.tsx';
import { LogIn } from './log-in.tsx';
import { StationPage } from './station-page.tsx';
import { WindowChoice } from './window-choice.tsx';

/** A window's console: log-in, the choice of the window, then the desk; for heads and technicians the station's own page. */
export function Console({ connect }: { readonly connect: () => StationConnection }) {
  const [connection] = useState(connect);
  const [session, setSession] = useState<StaffSession>();
  const [hasExpired, setExpired] = useState(false);
  const [place, setPlace] = useState<{ readonly window: string } | 'station' | 'editing'>();
  const token = useRef<string>(undefined);
  const lastPerson = useRef<string>(undefined);
  const expire = useCallback(() => {
    if (token.current === undefined) return;
    token.current = undefined;
    setSession(undefined);
    setExpired(true);
  }, []);
  useEffect(
    () =>
      connection.onChange((connected) => {
        if (!connected || token.current === undefined) return;
        // The log-in belongs to the connection that was lost: it is taken up on the new one.
        connection.client.staff.resume({ token: token.current }).catch(expire);
      }),
    [connection, expire],
  );
  usePresence(connection.client, session !== undefined);
  const enter = (answer: Extract<LogInAnswer, { state: 'in' }>) => {
    token.current = answer.token;
    // Whoever logs in again goes on where they were; somebody else chooses a window of their own.
    if (answer.session.person !== lastPerson.current) setPlace(undefined);
    lastPerson.current = answer.session.person;
    setSession(answer.session);
    setExpired(false);
  };
  const leave = () => {
    token.current = undefined;
    setSession(undefined);
    setPlace(undefined);
    connection.client.staff.logOut().catch(() => {});
  };
  if (session === undefined || session.mustChange)
    return (
      <LogIn
        connection={connection}
        mustChange={session !== undefined}
        hasExpired={hasExpired}
        onEnter={enter}
      />
    );
  if (place === 'station')
    return (
      <StationPage
        client={connection.client}
        session={session}
        onExpired={expire}
        onBack={() => setPlace(undefined)}
      />
    );
  if (place === 'editing')
    return (
      <EditingDesk connection={connection} session={session} onLeave={() => setPlace(undefined)} />
    );
  if (place === undefined)
    return (
      <WindowChoice
        connection={connection}
        session={session}
        onChoose={(window) => setPlace({ window })}
        onStation={() => setPlace('station')}
        onEdit={() => setPlace('editing')}
        onExpired={expire}
        onLeave={leave}
      />
    );
  return (
    <Desk
      connection={connection}
      session={session}
      windowId={place.window}
      onExpired={expire}
      onLeave={leave}
    />
  );
}
