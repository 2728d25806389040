import { useState } from 'react';
import type { StaffSession } from '#shared/contract/staff.ts';
import { LogIn } from '../console/log-in.tsx';
import { usePresence } from '../session/use-presence.ts';
import type { StationConnection } from '../station-client/station-client.ts';
import { EditingDesk } from './editing-desk.tsx';

/** `/staff/`: log-in, then the station's own content, without a window of the queue. */
export function StaffPage({ connect }: { readonly connect: () => StationConnection }) {
  const [connection] = useState(connect);
  const [session, setSession] = useState<StaffSession>();
  usePresence(connection.client, session !== undefined);
  const leave = () => {
    setSession(undefined);
    connection.client.staff.logOut().catch(() => {});
  };
  if (session === undefined || session.mustChange)
    return (
      <LogIn
        connection={connection}
        mustChange={session !== undefined}
        hasExpired={false}
        onEnter={(answer) => setSession(answer.session)}
      />
    );
  return <EditingDesk connection={connection} session={session} onLeave={leave} />;
}
