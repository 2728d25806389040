import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { openNumberReserve } from '#station/queue/number-reserve.ts';
import { openNumberStock } from '#station/queue/terminals/number-stock.ts';
import { changeQueueHost, noteRemoved } from '#station/queue/terminals/queue-host-setting.ts';
import { openQueueTerminals } from '#station/queue/terminals/queue-terminals.ts';
import { DAY, from, operation, type QueueStation, queueStation } from './queue-station.ts';

/** A further terminal with the cable cut. */
let here: QueueStation;
beforeEach(() => {
  here = queueStation();
  changeQueueHost(here.db, setting('one'), here.now);
});
afterEach(() => here.remove());

const setting = (id: string) => ({
  address: '127.0.0.1:9',
  key: { id, ordinal: 1, secret: 'secret' },
});
const take = () =>
  here.queue.visitor.take({ operation: operation(), line: 'advice', language: 'zh-CN' });
const mode = () => here.queue.visitor.state('zh-CN').mode;
const technician = () =>
  openQueueTerminals({ db: here.db, dataDir: here.folder, now: () => here.now });

test('a terminal that was removed gives no numbers and says so, also after a start with the cable cut', () => {
  expect(take()).toMatchObject({ outcome: 'issued', ticket: { number: 'A600' } });
  noteRemoved(here.db, true, here.now);
  here.reopen();
  expect(mode()).toEqual({ state: 'removed' });
  expect(take()).toEqual({ outcome: 'refused', because: 'removed' });
  expect(technician().overview()).toMatchObject({ removed: true, unreported: 1 });
});

test('it can leave once it has told what it gave, and gives its own numbers from the next day on', async () => {
  take();
  noteRemoved(here.db, true, here.now);
  expect(technician().leave('p1')).toEqual({ state: 'unreported', count: 1 });
  await tellAll();
  expect(technician().leave('p1')).toEqual({ state: 'left', resting: true });
  here.reopen();
  expect(technician().overview()).toMatchObject({ resting: true });
  expect(mode()).toEqual({ state: 'removed' });
  expect(take()).toEqual({ outcome: 'refused', because: 'removed' });
  expect(await technician().openJoining('p1', '2号取号机')).toEqual({ state: 'resting' });
  const wish = { operation: operation(), day: '2026-11-23', line: 'advice', size: 6 };
  expect(await here.queue.hubFor({ id: 't', ordinal: 2 }).lease(wish)).toBeUndefined();
  here.now += DAY;
  here.queue.turnDay();
  expect(technician().overview()).toMatchObject({ resting: false });
  expect(take()).toMatchObject({ outcome: 'issued', ticket: { number: 'A001' } });
});

test('that left gives its own numbers on the same day when a technician says so, none equal to one of the other queue', async () => {
  take();
  await tellAll();
  technician().leave('p1');
  expect(technician().giveOwn('p1')).toBe(true);
  expect(technician().giveOwn('p1')).toBe(false);
  here.reopen();
  expect(take()).toMatchObject({ outcome: 'issued', ticket: { number: 'A1000' } });
  expect(take()).toMatchObject({ outcome: 'issued', ticket: { number: 'A1001' } });
  here.now += DAY;
  here.reopen();
  here.queue.desk.correctDay(from('w1'));
  expect(take()).toMatchObject({ ticket: { number: 'A1002', day: '2026-11-24' } });
});

test('that leaves on the morning after its host broke gives its own numbers at once', async () => {
  take();
  await tellAll();
  here.now += DAY;
  here.reopen();
  expect(technician().leave('p1')).toEqual({ state: 'left', resting: false });
  expect(take()).toMatchObject({ ticket: { number: 'A001', day: '2026-11-24' } });
});

describe('while the host still has yesterday’s name in the morning', () => {
  beforeEach(() => {
    here.now += DAY;
    here.queue.turnDay();
  });
  const rests = () => {
    expect(technician().leave('p1')).toEqual({ state: 'left', resting: true });
    expect(take()).toEqual({ outcome: 'refused', because: 'removed' });
    here.now += DAY;
    here.queue.turnDay();
    expect(take()).toMatchObject({ ticket: { number: 'A001', day: '2026-11-25' } });
  };

  test('a terminal that leaves rests when the host was heard today', async () => {
    await tellAll();
    rests();
  });

  test('a terminal that leaves tells the numbers of this morning first, and rests', () => {
    const day = '2026-11-23';
    ownStock().give({ operation: operation(), day, isTold: true, line: 'advice' });
    expect(technician().leave('p1')).toEqual({ state: 'unreported', count: 1 });
    here.db.write.exec('update queue_given set confirmed = 1');
    rests();
  });
});

test('that was joined anew gives the numbers of that host at once', () => {
  take();
  changeQueueHost(here.db, undefined, here.now);
  changeQueueHost(here.db, setting('two'), here.now);
  expect(technician().overview()).toMatchObject({ resting: false });
  expect(take().outcome).toBe('issued');
});

describe('a terminal with a queue of its own', () => {
  beforeEach(() => {
    changeQueueHost(here.db, undefined, here.now);
    for (const window of ['w1', 'w2']) here.queue.desk.setWindow(from(window), 'open');
  });

  test('is held back from joining while visitors hold its numbers', async () => {
    const answer = take();
    const ticket = answer.outcome === 'issued' ? answer.ticket.id : expect.unreachable();
    const join = () => technician().join('p1', '127.0.0.1:9', 'x');
    expect(await join()).toEqual({ state: 'in-hand', count: 1 });
    here.queue.desk.callNext(from('w1'));
    expect(await join()).toEqual({ state: 'in-hand', count: 1 });
    here.queue.desk.order({ ...from('w1'), ticket }, { type: 'no-show' });
    expect(await join()).toEqual({ state: 'unreachable' });
    changeQueueHost(here.db, setting('two'), here.now);
    expect(here.queue.visitor.ticket(ticket, 'zh-CN')).toMatchObject({ state: 'no-show' });
  });

  test('is held back also when somebody takes a number while the host is asked', async () => {
    const link = '#station/queue/terminals/terminal-link.ts';
    const { key } = setting('two');
    vi.doMock(link, () => ({ joinHost: async () => ({ state: 'joined', key }) }));
    try {
      const joining = technician().join('p1', '127.0.0.1:9', 'x');
      expect(take().outcome).toBe('issued');
      expect(await joining).toEqual({ state: 'in-hand', count: 1 });
      expect(technician().overview().host).toBeUndefined();
    } finally {
      vi.doUnmock(link);
    }
  });

  test('is not kept from numbers by a technician who leaves without having joined', () => {
    expect(technician().leave('p1')).toEqual({ state: 'left', resting: false });
    expect(take().outcome).toBe('issued');
  });
});

function ownStock() {
  const kept = openNumberReserve(`${here.folder}/reserve.json`, silentLog);
  return openNumberStock({ db: here.db, ordinal: 1, now: () => here.now, kept });
}

async function tellAll(): Promise<void> {
  const hub = {
    lease: async () => undefined,
    report: async (tickets: readonly { id: string }[]) => ({
      known: tickets.map(({ id }) => id),
      refused: [],
    }),
  };
  await ownStock().exchange(hub, { day: '2026-11-23', lines: [] });
}

test('a new pairing, or a host that takes it back, ends it', () => {
  noteRemoved(here.db, true, here.now);
  changeQueueHost(here.db, setting('two'), here.now);
  expect(take().outcome).toBe('issued');
  noteRemoved(here.db, true, here.now);
  noteRemoved(here.db, false, here.now);
  expect(take().outcome).toBe('issued');
});
