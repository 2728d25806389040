import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { Row, Rows } from '../ui/row.tsx';
import { DeviceRoom } from './device-room.tsx';
import { DistrictRoom } from './district-room.tsx';
import { MachineRoom } from './machine-room.tsx';
import { PrinterRoom } from './printer-room.tsx';
import { StaffRoom } from './room.tsx';
import { RoomFrame } from './room-frame.tsx';
import { TerminalRoom } from './terminal-room.tsx';

/** What there is to do at the terminal itself, each with a call that only those may make who may do it. */
const ROOMS = [
  { id: 'content', call: ['editing', 'overview'] },
  { id: 'printers', call: ['tickets', 'testPage'] },
  { id: 'devices', call: ['lan', 'devices'] },
  { id: 'terminals', call: ['queueTerminals', 'overview'] },
  { id: 'machine', call: ['machine', 'view'] },
  { id: 'district', call: ['enrolment', 'view'] },
] as const;
type RoomId = (typeof ROOMS)[number]['id'];

/** The rooms that somebody may enter; who may enter one only is there at once. */
export function StaffRooms({
  session,
  now,
  onLeave,
}: {
  readonly session: StaffSession;
  /** By the host's clock, epoch milliseconds. */
  readonly now: number;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const rooms = ROOMS.filter(
    ({ call }) => judgeCall(call, 'terminal', session.roles) === 'allowed',
  );
  const [chosen, setChosen] = useState<RoomId>();
  const [only] = rooms.length === 1 ? rooms : [];
  const room = only?.id ?? chosen;
  const frame = {
    session,
    onLeave,
    ...(only === undefined ? { onBack: () => setChosen(undefined) } : {}),
  };
  if (room === 'content') return <StaffRoom {...frame} now={now} />;
  if (room === 'printers') return <PrinterRoom {...frame} />;
  if (room === 'devices') return <DeviceRoom {...frame} />;
  if (room === 'terminals') return <TerminalRoom {...frame} />;
  if (room === 'machine') return <MachineRoom {...frame} />;
  if (room === 'district') return <DistrictRoom {...frame} />;
  return (
    <RoomFrame title={t('staff.rooms.title')} session={session} onLeave={onLeave} position="rooms">
      <PageBody>
        {rooms.length === 0 && (
          <Callout
            tone="warn"
            title={t('error.not-allowed')}
            action={<Action label={t('staff.leave')} onPress={onLeave} />}
          >
            {session.name}
          </Callout>
        )}
        <Rows>
          {rooms.map(({ id }) => (
            <Row
              key={id}
              label={t(`staff.rooms.${id}`)}
              detail={t(`staff.rooms.${id}What`)}
              onPress={() => setChosen(id)}
            />
          ))}
        </Rows>
      </PageBody>
    </RoomFrame>
  );
}
