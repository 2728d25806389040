import { AsyncIteratorClass } from '@orpc/client';
import { StationError } from '#shared/contract/errors.ts';
import type { DeskTicket, DeskView, HallEvent, HallView } from '#shared/contract/queue.ts';
import type { LogInAnswer, StaffSession } from '#shared/contract/staff.ts';
import {
  type FakeAnswers,
  fakeStation,
  never,
} from '../../../src/renderer/gallery/fake-station.ts';
import type {
  ConnectionHooks,
  StationConnection,
} from '../../../src/renderer/station-client/station-client.ts';

const WINDOW = { id: 'w1', label: '1号窗口', name: '综合接待' };

/** A visitor at the first window, with words that try to be more than words. */
export const CURRENT: DeskTicket = {
  id: '00000000-0000-4000-8000-000000000001',
  number: 'A001',
  line: { id: 'reception', name: '<img src=x onerror="window.stolen=1">接待' },
  state: 'called',
  issuedAt: 0,
  calls: 1,
  window: WINDOW,
  notes: [{ at: 1, staff: '示例', text: '</p><script>window.stolen=1</script>'.padEnd(200, '长') }],
};

export const DESK: DeskView = {
  now: Date.parse('2026-11-23T10:24:00+08:00'),
  day: '2026-11-23',
  mode: { state: 'open' },
  window: { ...WINDOW, state: 'open' },
  windows: [{ ...WINDOW, state: 'open' }],
  lines: [{ id: 'reception', name: '综合接待', waiting: 0, here: true }],
  current: CURRENT,
  waitingHere: 0,
  held: [],
  missed: [],
  servedToday: 0,
  handover: [],
  unknown: [],
  twice: [],
};

export const HALL: HallView = {
  now: Date.parse('2026-11-23T10:24:00+08:00'),
  day: '2026-11-23',
  stationName: '示例公共法律服务中心',
  mode: { state: 'open' },
  calling: [],
  recent: [],
  lines: [],
  windows: [{ id: 'w1', label: '1号窗口', state: 'closed' }],
};

export const HEAD: StaffSession = {
  person: 'p1',
  name: '示例站长',
  roles: ['station-head'],
  mustChange: false,
};

export const loggedIn = (session = HEAD): LogInAnswer => ({
  state: 'in',
  token: 'x'.repeat(30),
  session,
});

/** A connection to a made-up host, which the test loses and brings back. */
export interface FakeConnection {
  readonly connect: (hooks?: ConnectionHooks) => StationConnection;
  readonly change: (connected: boolean) => void;
}

export function fakeConnection(answers: FakeAnswers): FakeConnection {
  const listeners = new Set<(connected: boolean) => void>();
  const all: FakeAnswers = {
    'hall.view': async () => HALL,
    'hall.events': never,
    'hall.publicity': async () => [],
    'desk.view': async () => DESK,
    'desk.alarms': async () => [],
    'desk.openWindow': async () => DESK,
    'staff.logIn': async () => loggedIn(),
    'staff.logOut': async () => ({}),
    ...answers,
  };
  return {
    connect: ({ failed } = {}) => ({
      client: fakeStation(all, failed),
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => {},
    }),
    change: (connected) => {
      for (const listener of listeners) listener(connected);
    },
  };
}

/** As the host answers whoever's log-in has run out. */
export const logInOver = () => Promise.reject(new StationError('not-signed-in'));

/** What a hall tells its listeners, and then nothing more until they go. */
export function hallTells(
  tell: () => AsyncGenerator<HallEvent, undefined>,
): NonNullable<FakeAnswers['hall.events']> {
  return async () => {
    const told = tell();
    return new AsyncIteratorClass(
      async () => {
        const next: IteratorResult<HallEvent, undefined> = await told.next();
        return next.done === true ? await never() : next;
      },
      async () => {},
    );
  };
}
