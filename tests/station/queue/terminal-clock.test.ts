import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { openNumberReserve } from '#station/queue/number-reserve.ts';
import { ticketIn } from '#station/queue/queue-events.ts';
import { openNumberStock } from '#station/queue/terminals/number-stock.ts';
import { changeQueueHost } from '#station/queue/terminals/queue-host-setting.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { DAY, from, MINUTE, operation, type QueueStation, queueStation } from './queue-station.ts';
import { openTerminal, type Terminal } from './terminals.ts';

let station: QueueStation;
let terminal: Terminal;
let ahead: number;
beforeEach(() => {
  ahead = 0;
  station = queueStation();
  station.queue.desk.setWindow(from('w1'), 'open');
  terminal = openTerminal(1, () => station.now + ahead);
});
afterEach(() => {
  terminal.remove();
  station.remove();
});

const speak = () =>
  terminal.exchange(
    station.queue.hubFor({ id: 't1', ordinal: 1 }),
    false,
    station.queue.hall.view().day,
  );
const setting = (address: string) => ({
  address,
  key: { id: 't1', ordinal: 1, secret: 'secret' },
});
const give = () => terminal.give('advice') ?? expect.unreachable('no number');
const callNext = () => {
  const answer = station.queue.desk.callNext(from('w1'));
  if (answer.outcome !== 'done') return answer.outcome;
  station.queue.desk.order({ ...from('w1'), ticket: answer.ticket.id }, { type: 'finish' });
  return answer.ticket.number;
};

test('a terminal whose clock runs ahead does not end the day of the station, and its visitors are called today', async () => {
  const here = station.queue.visitor.take({
    operation: '00000000-0000-4000-8000-00000000aaaa',
    line: 'advice',
    language: 'zh-CN',
  });
  ahead = 400 * DAY;
  const there = give();
  expect(there.day).toBe('2027-12-28');
  await speak();
  expect(station.queue.hall.view().day).toBe('2026-11-23');
  station.queue.turnDay();
  expect(here).toMatchObject({ ticket: { number: 'A001' } });
  expect([callNext(), callNext()]).toEqual(['A001', there.number]);
  expect(ticketIn(station.db, there.id)?.day).toBe('2026-11-23');
});

test('a clock that jumps while the cable is cut gives no number of today again', async () => {
  await speak();
  const before = Array.from({ length: 8 }, () => give().number);
  ahead = DAY;
  const after = Array.from({ length: 3 }, () => give().number);
  expect(new Set([...before, ...after]).size).toBe(11);
  await speak();
  expect(terminal.stock.unreported()).toBe(0);
  ahead = 2 * DAY;
  expect([...before, ...after]).not.toContain(give().number);
});

test('a cut of many days begins the reserve anew when it is used up', async () => {
  await speak();
  station.now += DAY;
  for (let count = 0; count < 100; count += 1) give();
  expect(terminal.give('advice')).toBeUndefined();
  station.now += DAY;
  expect(give()).toMatchObject({ number: 'A600', day: '2026-11-25' });
});

test('no numbers are leased for another day than the host has', async () => {
  const hub = station.queue.hubFor({ id: 't1', ordinal: 1 });
  const wish = { operation: 'w', line: 'advice', size: 6 };
  expect(await hub.lease({ ...wish, day: '2026-11-24' })).toBeUndefined();
  expect(await hub.lease({ ...wish, day: '2026-11-23' })).toEqual({ from: 1, to: 6 });
});

test('a terminal that starts with a dead battery and a cut cable gives numbers of the day that the host had', async () => {
  await speak();
  for (let count = 0; count < 7; count += 1) give();
  await speak();
  station.now += DAY;
  station.queue.turnDay();
  station.queue.desk.setWindow(from('w1'), 'open');
  await speak();
  ahead = Date.parse('2000-01-01T00:00:00Z') - station.now;
  const there = Array.from({ length: 8 }, give);
  expect(new Set(there.map(({ day }) => day))).toEqual(new Set(['2026-11-24']));
  await speak();
  station.queue.turnDay();
  expect(there.map(({ id }) => ticketIn(station.db, id)?.state)).toEqual(
    there.map(() => 'waiting'),
  );
  expect(there.map(callNext)).toEqual(there.map(({ number }) => number));
});

test('a terminal that changes hosts gives none of the numbers that the former one leased', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rejoined-'));
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  const kept = openNumberReserve(join(folder, 'reserve.json'), silentLog);
  const stock = openNumberStock({ db, ordinal: 1, now: () => station.now, kept });
  const day = station.queue.hall.view().day;
  const hub = () => station.queue.hubFor({ id: 't1', ordinal: 1 });
  changeQueueHost(db, setting('former'), station.now);
  await stock.exchange(hub(), { day, lines: ['advice'] });
  expect(stock.leased(day, 'advice')).toBe(6);
  changeQueueHost(db, undefined, station.now);
  changeQueueHost(db, setting('next'), station.now);
  expect(stock.leased(day, 'advice')).toBe(0);
  const given = stock.give({ operation: operation(), day, line: 'advice' });
  expect(given?.n).toBe(600);
  await stock.exchange(hub(), { day, lines: ['advice'] });
  expect(callNext()).toBe('A600');
  closeDatabase(db);
  rmSync(folder, { recursive: true });
});

test('what a terminal gives on the right day, which the host has closed with its clock a day ahead, is called', async () => {
  station.setClock(station.now + DAY);
  ahead = -DAY;
  station.queue.turnDay();
  await speak();
  const NIGHT = [9.5, 14.5];
  for (const hours of NIGHT) {
    station.now += hours * 60 * MINUTE;
    station.queue.turnDay();
  }
  expect(station.queue.hall.view().day).toBe('2026-11-25');
  const there = give();
  expect(there.day).toBe('2026-11-24');
  station.now += 10 * MINUTE;
  await speak();
  station.queue.desk.setWindow(from('w1'), 'open');
  expect(callNext()).toBe(there.number);
});

test('numbers of a day that the terminal’s clock did not know are given only while the host is there', async () => {
  station.setClock(station.now + DAY);
  ahead = -DAY;
  station.queue.desk.correctDay(from('w1'));
  await speak();
  ahead = 0;
  expect(give()).toMatchObject({ day: '2026-11-24', number: 'A600' });
  await speak();
  expect(give()).toMatchObject({ day: '2026-11-24', number: 'A001' });
});

/** What the district is told of days: the day, how often it was closed, how many numbers. */
const told = () =>
  all<{ payload: string }>(station.db, sql`select payload from outbox order by rowid`)
    .map(({ payload }) => JSON.parse(payload) as { day: string; closing: number; total: object })
    .map(({ day, closing, total }) => ({ day, closing, total }));
/** Cut off in the afternoon; the host ends its day by a night. */
const overNight = () => {
  for (const hours of [9.5, 14.5]) {
    station.now += hours * 60 * MINUTE;
    station.queue.turnDay();
  }
};

test('what was given before the day ended and is reported the next morning counts on its day, for the station and for the district', async () => {
  await speak();
  const there = [give(), give()];
  overNight();
  // Nobody came, as far as the host knew then: it told nothing.
  expect(told()).toEqual([]);
  await speak();
  expect(there.map(({ id }) => ticketIn(station.db, id))).toMatchObject([
    { day: '2026-11-23', state: 'expired' },
    { day: '2026-11-23', state: 'expired' },
  ]);
  const { days } = station.queue.desk.statistics('2026-11-23', '2026-11-24');
  expect(days).toMatchObject([{ day: '2026-11-23', issued: 2 }]);
  expect(told()).toMatchObject([{ day: '2026-11-23', closing: 2, total: { issued: 2 } }]);
  await speak();
  expect(told()).toHaveLength(1);
});

test('a number of a day that ended is counted even when a restored backup no longer knows to whom it was leased', async () => {
  await speak();
  const there = give();
  overNight();
  station.db.write.exec(`delete from queue_event where json_extract(body, '$.type') = 'leased'`);
  await speak();
  expect(terminal.stock.unreported()).toBe(0);
  expect(ticketIn(station.db, there.id)).toMatchObject({ day: '2026-11-23', state: 'expired' });
});

test('a number that a terminal held back while the day’s name went back and forth gets a day that has no such number', async () => {
  const first = station.queue.visitor.take({
    operation: operation(),
    line: 'advice',
    language: 'zh-CN',
  });
  overNight();
  await speak();
  const there = give();
  expect([first, there]).toMatchObject([{ ticket: { number: 'A001' } }, { number: 'A001' }]);
  station.setClock(station.now - DAY);
  station.queue.desk.correctDay(from('w1'));
  ahead = DAY;
  await speak();
  station.queue.desk.setWindow(from('w1'), 'open');
  expect(callNext()).toBe(there.number);
});

test('a number that another visitor holds is told to the windows until its day ends', async () => {
  const same = operation();
  const hub = station.queue.hubFor({ id: 't1', ordinal: 1 });
  const given = { day: '2026-11-23', line: 'advice', n: 600, issuedAt: station.now };
  await hub.report([{ ...given, id: operation() }]);
  expect(await hub.report([{ ...given, id: same, line: 'reception' }])).toEqual({
    ...{ known: [], refused: [same] },
  });
  const twice = () => station.queue.desk.view('w1').twice;
  expect(twice()).toEqual([
    { number: 'A600', line: { id: 'advice', name: '法律咨询' }, issuedAt: station.now },
  ]);
  await hub.report([{ ...given, id: same, line: 'reception' }]);
  expect(twice()).toHaveLength(1);
  overNight();
  expect(twice()).toEqual([]);
});
