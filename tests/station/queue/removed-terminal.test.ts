import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { openNumberReserve } from '#station/queue/number-reserve.ts';
import { openNumberStock } from '#station/queue/terminals/number-stock.ts';
import { changeQueueHost, noteRemoved } from '#station/queue/terminals/queue-host-setting.ts';
import { openQueueTerminals } from '#station/queue/terminals/queue-terminals.ts';
import { operation, type QueueStation, queueStation } from './queue-station.ts';

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

test('it can leave once it has told what it gave, and gives its own numbers then', async () => {
  take();
  noteRemoved(here.db, true, here.now);
  expect(technician().leave('p1')).toEqual({ state: 'unreported', count: 1 });
  const kept = openNumberReserve(`${here.folder}/reserve.json`, silentLog);
  const stock = openNumberStock({ db: here.db, ordinal: 1, now: () => here.now, kept });
  const hub = {
    lease: async () => undefined,
    report: async (tickets: readonly { id: string }[]) => ({
      known: tickets.map(({ id }) => id),
      refused: [],
    }),
  };
  await stock.exchange(hub, { day: '2026-11-23', lines: [] });
  expect(technician().leave('p1')).toEqual({ state: 'left' });
  expect(take()).toMatchObject({ outcome: 'issued', ticket: { number: 'A001' } });
});

test('a new pairing, or a host that takes it back, ends it', () => {
  noteRemoved(here.db, true, here.now);
  changeQueueHost(here.db, setting('two'), here.now);
  expect(take().outcome).toBe('issued');
  noteRemoved(here.db, true, here.now);
  noteRemoved(here.db, false, here.now);
  expect(take().outcome).toBe('issued');
});
