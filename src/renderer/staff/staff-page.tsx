import { Activity } from 'react';
import type { ConnectPage } from '../console/keep-log-in.ts';
import { LogIn } from '../console/log-in.tsx';
import { useLogIn } from '../console/use-log-in.ts';
import { usePresence } from '../session/use-presence.ts';
import { EditingDesk } from './editing-desk.tsx';

/** `/staff/`: log-in, then the station's own content, without a window of the queue. */
export function StaffPage({ connect }: { readonly connect: ConnectPage }) {
  const { connection, session, isIn, hasExpired, enter, leave } = useLogIn(connect);
  usePresence(connection.client, isIn);
  return (
    <>
      {!isIn && (
        <LogIn
          connection={connection}
          mustChange={session?.mustChange === true && !hasExpired}
          hasExpired={hasExpired}
          onEnter={enter}
        />
      )}
      {session !== undefined && !session.mustChange && (
        // What was typed stays while somebody says again who they are.
        <Activity mode={isIn ? 'visible' : 'hidden'}>
          <EditingDesk
            key={session.person}
            connection={connection}
            session={session}
            onLeave={leave}
          />
        </Activity>
      )}
    </>
  );
}
