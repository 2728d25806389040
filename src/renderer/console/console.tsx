import { useEffect, useRef, useState } from 'react';
import type { LogInAnswer, StaffSession } from '#shared/contract/staff.ts';
import type { StationConnection } from '../station-client/station-client.ts';
import { Desk } from './desk.tsx';
import { LogIn } from './log-in.tsx';
import { WindowChoice } from './window-choice.tsx';

/** A window's console: log-in, the choice of the window, then the desk. */
export function Console({ connect }: { readonly connect: () => StationConnection }) {
  const [connection] = useState(connect);
  const [session, setSession] = useState<StaffSession>();
  const [windowId, setWindowId] = useState<string>();
  const token = useRef<string>(undefined);
  useEffect(
    () =>
      connection.onChange((connected) => {
        if (!connected || token.current === undefined) return;
        // The log-in belongs to the connection that was lost: it is taken up on the new one.
        connection.client.staff.resume({ token: token.current }).catch(() => setSession(undefined));
      }),
    [connection],
  );
  const enter = (answer: Extract<LogInAnswer, { state: 'in' }>) => {
    token.current = answer.token;
    setSession(answer.session);
  };
  const leave = () => {
    token.current = undefined;
    setSession(undefined);
    setWindowId(undefined);
    connection.client.staff.logOut().catch(() => {});
  };
  if (session === undefined || session.mustChange)
    return <LogIn connection={connection} mustChange={session !== undefined} onEnter={enter} />;
  if (windowId === undefined)
    return <WindowChoice connection={connection} onChoose={setWindowId} onLeave={leave} />;
  return <Desk connection={connection} session={session} windowId={windowId} onLeave={leave} />;
}
