import { useEffect, useRef, useState } from 'react';
import { isFresh, type Session, type SessionHandle } from '../session/session.ts';
import { latePart } from '../ui/late-part.ts';

/** Read when somebody of the staff comes; visitors never wait for it. */
const staffDoor = latePart(async () => (await import('../staff/staff-door.tsx')).StaffDoor);

type StaffDoorPart = Awaited<ReturnType<typeof staffDoor.load>>;

/** The way of staff from the visitor's surface and back. */
export interface StaffWay {
  /** The door while it stands open. */
  readonly StaffDoor: StaffDoorPart | undefined;
  /** Whether it was asked for and could not be read. */
  readonly isMissing: boolean;
  readonly enter: () => void;
  readonly leave: () => void;
}

/** Opens the staff door over a terminal that nobody else uses. */
export function useStaffDoor(session: Session, act: SessionHandle['act']): StaffWay {
  const [StaffDoor, setStaffDoor] = useState<StaffDoorPart>();
  const [isMissing, setMissing] = useState(false);
  const standing = useRef(session);
  useEffect(() => {
    standing.current = session;
  }, [session]);
  // What a visitor left behind is gone before staff begin, and what staff did before the next visitor comes.
  const enter = () => {
    act({ type: 'leave' });
    // Not before it is there: the page must not wait under a door that cannot open. Who went on meanwhile keeps the page.
    staffDoor.load().then(
      (part) => isFresh(standing.current) && setStaffDoor(() => part),
      () => setMissing(true),
    );
  };
  const leave = () => {
    setStaffDoor(undefined);
    act({ type: 'leave' });
  };
  return { StaffDoor, isMissing, enter, leave };
}
