import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '#station/backup/make-backup.ts';
import { restoreBackup } from '#station/backup/restore-backup.ts';
import { rebuildQueue } from '#station/queue/queue-events.ts';
import { isCopy } from '#station/store/restored-mark.ts';
import { all, sql } from '#station/store/sql.ts';
import { backUpStation, backupsOf } from '#station/store/station-database.ts';
import { DAY, from, MINUTE, operation, type QueueStation, queueStation } from './queue-station.ts';
import { openTerminal, type Terminal } from './terminals.ts';

let station: QueueStation;
let terminal: Terminal;
beforeEach(() => {
  station = queueStation();
  terminal = openTerminal(1, () => station.now);
});
afterEach(() => {
  terminal.remove();
  station.remove();
});

const taken = (line = 'advice') => {
  const answer = station.queue.visitor.take({ operation: operation(), line, language: 'zh-CN' });
  return answer.outcome === 'issued' ? answer.ticket.number : expect.unreachable(answer.because);
};
const path = () => join(station.folder, 'station.sqlite');
const reserve = () => join(station.folder, 'queue-numbers.json');
const unknown = () =>
  station.queue.desk.view('w1').unknown.map(({ from: first, to }) => [first, to]);
const exchange = () =>
  terminal.exchange(
    station.queue.hubFor({ id: 't1', ordinal: 1 }),
    false,
    station.queue.hall.view().day,
  );

/** The ways in which a backup of now takes the place of the data later. */
const WAYS: Readonly<Record<string, () => Promise<() => Promise<void>>>> = {
  'by the host, on damage': async () => {
    await backUpStation(station.db, path(), station.now);
    return async () => {
      station.stop();
      writeFileSync(path(), 'damaged '.repeat(2000));
      station.start();
    };
  },
  'by kiosk restore': async () => {
    const file = join(station.folder, 'b.kioskbackup');
    const order = { dataDir: station.folder, file, now: station.now };
    await makeBackup({ ...order, programVersion: '1.2.3' });
    return async () => {
      station.stop();
      await restoreBackup(order);
      station.start();
    };
  },
  'by hand, a copy of a nightly backup': async () => {
    await backUpStation(station.db, path(), station.now);
    return async () => {
      station.stop();
      copyFileSync(backupsOf(path())[0] ?? '', path());
      station.start();
    };
  },
};

describe.each(Object.entries(WAYS))('a backup of the morning, restored at noon %s', (_, backUp) => {
  test('repeats no number, and staff are told which ones are not known', async () => {
    const before = [taken(), taken(), taken('notary')];
    const restore = await backUp();
    const since = Array.from({ length: 27 }, () => taken());
    await restore();
    const after = Array.from({ length: 30 }, () => taken());
    const all = [...before, ...since, ...after];
    expect(new Set(all).size).toBe(all.length);
    expect(after[0]).toBe('A041');
    expect(taken('notary')).toBe('E021');
    expect(taken('legal-aid')).toBe('B001');
    expect(unknown()).toEqual([
      ['A003', 'A040'],
      ['E002', 'E020'],
    ]);
    expect(isCopy(station.db)).toBe(false);
    station.reopen();
    expect(taken()).toBe('A071');
  });

  test('twice on a day repeats none either', async () => {
    const restore = await backUp();
    const all = [taken()];
    await restore();
    all.push(taken());
    const again = await backUpAgain();
    all.push(taken(), taken());
    await again();
    all.push(taken());
    expect(new Set(all).size).toBe(all.length);
  });

  test('on a new computer, without the file of numbers, leaves room for a hundred', async () => {
    taken();
    const restore = await backUp();
    Array.from({ length: 27 }, () => taken());
    rmSync(reserve());
    await restore();
    expect([taken(), taken('legal-aid')]).toEqual(['A101', 'B101']);
    expect(unknown()).toContainEqual(['A002', 'A100']);
  });

  test('begins the next day with 001 as always', async () => {
    const restore = await backUp();
    taken();
    await restore();
    taken();
    station.now += DAY;
    station.queue.turnDay();
    expect(taken()).toBe('A001');
    expect(unknown()).toEqual([]);
  });

  test('the next day ends what it holds of a day that is over: today begins with the same numbers', async () => {
    taken('notary');
    const restore = await backUp();
    station.now += 9 * 60 * MINUTE;
    station.queue.turnDay();
    station.now += 15 * 60 * MINUTE;
    station.queue.turnDay();
    expect([taken('notary'), taken()]).toEqual(['E001', 'A001']);
    await restore();
    expect(station.queue.hall.view().day).toBe('2026-11-24');
    expect(station.queue.desk.view('w5').lines.map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
    expect([taken('notary'), taken()]).toEqual(['E021', 'A021']);
    expect(unknown()).toEqual([
      ['A001', 'A020'],
      ['E001', 'E020'],
    ]);
  });

  test('the next day keeps everybody of a day from which the clock only moved on', async () => {
    taken('notary');
    const restore = await backUp();
    station.setClock(station.now + DAY);
    station.queue.turnDay();
    station.now += 70 * MINUTE;
    station.queue.turnDay();
    expect(station.queue.hall.view().day).toBe('2026-11-24');
    expect(taken('notary')).toBe('E002');
    await restore();
    expect(station.queue.desk.view('w5').lines.map(({ waiting }) => waiting)).toContain(1);
    expect(taken('notary')).toBe('E022');
  });

  test('calls what other terminals gave since, and gives none of it again', async () => {
    await exchange();
    const restore = await backUp();
    const given = Array.from({ length: 4 }, () => terminal.give('advice')?.number);
    const host = [taken(), taken()];
    await exchange();
    await restore();
    const later = [terminal.give('advice')?.number, taken()];
    await exchange();
    expect(terminal.stock.unreported()).toBe(0);
    const all = [...given, ...host, ...later];
    expect(new Set(all).size).toBe(all.length);
    station.queue.desk.setWindow(from('w1'), 'open');
    const called = [];
    for (;;) {
      const answer = station.queue.desk.callNext(from('w1'));
      if (answer.outcome !== 'done') break;
      called.push(answer.ticket.number);
      station.queue.desk.order({ ...from('w1'), ticket: answer.ticket.id }, { type: 'finish' });
    }
    expect(new Set(called)).toEqual(new Set([...given, ...later]));
    expect(called).toHaveLength(6);
  });

  test('days later puts nobody of the days between before those of today, and says of no number that it was given twice', async () => {
    taken();
    await exchange();
    const restore = await backUp();
    for (const _ of ['Monday', 'Tuesday', 'Wednesday']) await dayWithTerminal();
    await restore();
    const mine = taken();
    const theirs = terminal.give('advice')?.number;
    await exchange();
    expect(terminal.stock.unreported()).toBe(0);
    const view = station.queue.desk.view('w1');
    expect([view.next?.number, view.twice]).toEqual([mine, []]);
    expect(view.lines.map(({ waiting }) => waiting)).toEqual([2, 0, 0]);
    expect(theirs).not.toBe(mine);
    // What the terminal gave counts on its days, as the district is told.
    expect(told()).toEqual(
      expect.arrayContaining([
        ['2026-11-23', 5],
        ['2026-11-24', 4],
        ['2026-11-25', 4],
      ]),
    );
    const before = tickets();
    rebuildQueue(station.db);
    expect(tickets()).toEqual(before);
  });

  test('days later keeps the numbers that cut terminals gave before it on that day, whose clocks are days and years behind', async () => {
    await exchange();
    const restore = await backUp();
    for (const _ of ['Monday', 'Tuesday', 'Wednesday']) await dayWithTerminal();
    const slow = openTerminal(2, () => station.now - 2 * DAY);
    // Its battery was empty: the clock was set right after the number, and before the report.
    let behind = 9000 * DAY;
    const empty = openTerminal(3, () => station.now - behind);
    slow.give('advice');
    empty.give('advice');
    station.now += MINUTE;
    await restore();
    behind = 0;
    for (const late of [slow, empty]) {
      const { ordinal } = late;
      const hub = station.queue.hubFor({ id: `t${ordinal}`, ordinal });
      await late.exchange(hub, false, station.queue.hall.view().day);
      late.remove();
    }
    expect(station.queue.desk.view('w1').lines.map(({ waiting }) => waiting)).toEqual([2, 0, 0]);
  });

  /** Four visitors come to the terminal, are served, and the night passes. */
  async function dayWithTerminal(): Promise<void> {
    Array.from({ length: 4 }, () => terminal.give('advice'));
    await exchange();
    station.queue.desk.setWindow(from('w1'), 'open');
    for (;;) {
      const answer = station.queue.desk.callNext(from('w1'));
      if (answer.outcome !== 'done') break;
      station.queue.desk.order({ ...from('w1'), ticket: answer.ticket.id }, { type: 'finish' });
    }
    for (const hours of [9, 1, 5, 9]) {
      station.now += hours * 60 * MINUTE;
      station.queue.turnDay();
    }
    await exchange();
  }

  const tickets = () => all(station.db, sql`select * from queue_ticket order by id`);
  const told = () =>
    all<{ payload: string }>(
      station.db,
      sql`select payload from outbox where type = 'queue-day' order by rowid`,
    ).map(({ payload }) => {
      const { day, total } = JSON.parse(payload) as { day: string; total: { issued: number } };
      return [day, total.issued];
    });

  const backUpAgain = () => (WAYS['by the host, on damage'] ?? backUp)();
});

test('a database that is gone, with all its backups, repeats none while the file of numbers is there', () => {
  const before = [taken(), taken()];
  station.stop();
  rmSync(path());
  station.start();
  expect(before).not.toContain(taken());
});

test('another computer that ran for days before it got the data leaves room for a hundred, and keeps what is held', async () => {
  const night = (at: QueueStation) => {
    at.now += 9 * 60 * MINUTE;
    at.queue.turnDay();
    at.now += 15 * 60 * MINUTE;
    at.queue.turnDay();
  };
  const other = queueStation();
  for (const at of [station, other]) night(at);
  taken();
  await backUpStation(station.db, path(), station.now);
  taken();
  other.stop();
  copyFileSync(backupsOf(path())[0] ?? '', join(other.folder, 'station.sqlite'));
  other.start();
  const { visitor, desk } = other.queue;
  const next = visitor.take({ operation: operation(), line: 'advice', language: 'zh-CN' });
  expect(next).toMatchObject({ ticket: { number: 'A101' } });
  expect(desk.view('w1').lines.map(({ waiting }) => waiting)).toContain(2);
  other.remove();
});

test('a crash leaves no gap, wherever it comes', () => {
  const numbers = [];
  for (let at = 0; at < 45; at += 1) {
    numbers.push(taken());
    station.reopen();
  }
  expect(numbers).toEqual(numbers.map((_, at) => `A${String(at + 1).padStart(3, '0')}`));
});

test('a disk that takes no file of numbers keeps nobody from a number', () => {
  mkdirSync(`${reserve()}.part`);
  expect(taken()).toBe('A001');
  rmSync(`${reserve()}.part`, { recursive: true });
  expect(taken()).toBe('A002');
  const kept: unknown = JSON.parse(readFileSync(reserve(), 'utf8'));
  expect(kept).toEqual({ day: '2026-11-23', lines: { advice: 21 } });
});

test('of yesterday, restored in the morning, begins with 001 when nobody has a number of today', async () => {
  taken();
  station.now += 9 * 60 * MINUTE;
  station.queue.turnDay();
  await backUpStation(station.db, path(), station.now);
  station.now += 15 * 60 * MINUTE;
  station.stop();
  writeFileSync(path(), 'damaged '.repeat(2000));
  station.start();
  expect(taken()).toBe('A001');
});
