import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffSession } from '#shared/contract/staff.ts';
import { KeyboardScope } from '../keyboard/keyboard-scope.tsx';
import type { StationConnection } from '../station-client/station-client.ts';
import {
  createQueryClient,
  StationClientProvider,
  useReading,
} from '../station-client/use-station.ts';
import { Reading } from '../ui/reading.tsx';
import { AtDesk } from './at-desk.ts';
import { StaffRoom } from './room.tsx';

/** The same room on an office PC, after its own log-in. */
export function EditingDesk({
  connection,
  ...rest
}: {
  readonly connection: StationConnection;
  readonly session: StaffSession;
  readonly onLeave: () => void;
}) {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <StationClientProvider value={connection.client}>
        <AtDesk value={true}>
          <KeyboardScope>
            <DatedRoom {...rest} />
          </KeyboardScope>
        </AtDesk>
      </StationClientProvider>
    </QueryClientProvider>
  );
}

function DatedRoom(props: { readonly session: StaffSession; readonly onLeave: () => void }) {
  const hello = useReading(['hello'], (station) => station.system.hello());
  return <Reading query={hello}>{({ now }) => <StaffRoom {...props} now={now} />}</Reading>;
}
