import { useEffect, useState } from 'react';
import type { LogInAnswer, StaffSession } from '#shared/contract/staff.ts';
import type { StationConnection } from '../station-client/station-client.ts';
import { type ConnectPage, keepLogIn } from './keep-log-in.ts';

type Entered = Extract<LogInAnswer, { state: 'in' }>;

/** The log-in of a page on an office PC. */
export interface PageLogIn {
  readonly connection: StationConnection;
  /** Who is logged in, or was until the log-in ran out. */
  readonly session: StaffSession | undefined;
  /** Somebody was at work here and must say again who they are. */
  readonly hasExpired: boolean;
  /** Logged in, with a PIN of one's own. */
  readonly isIn: boolean;
  /** Takes a log-in over; whether it is the person who was here before. */
  readonly enter: (answer: Entered) => boolean;
  /** Logs out here and at the host. */
  readonly leave: () => void;
}

/** Keeps a page logged in until somebody leaves, or the host says that the log-in has run out. */
export function useLogIn(connect: ConnectPage): PageLogIn {
  const [kept] = useState(() => keepLogIn(connect));
  const [session, setSession] = useState<StaffSession>();
  const [hasExpired, setExpired] = useState(false);
  useEffect(() => kept.onOver(() => setExpired(true)), [kept]);
  const { connection } = kept;
  return {
    connection,
    session,
    hasExpired,
    isIn: session !== undefined && !session.mustChange && !hasExpired,
    enter: (answer) => {
      kept.take(answer.token);
      setSession(answer.session);
      setExpired(false);
      return answer.session.person === session?.person;
    },
    leave: () => {
      const left = () => {
        setSession(undefined);
        setExpired(false);
      };
      kept.leave().then(left, left);
    },
  };
}
