import { afterEach, beforeEach, expect, test } from 'vitest';
import { ticketIn } from '#station/queue/queue-events.ts';
import { DAY, from, type QueueStation, queueStation } from './queue-station.ts';
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
  station.queue.closePastDays();
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
