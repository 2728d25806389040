import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ticketIn } from '#station/queue/queue-events.ts';
import { pairTerminal } from '#station/queue/terminals/terminal-keys.ts';
import { all, sql } from '#station/store/sql.ts';
import {
  DAY,
  from,
  MINUTE,
  MONDAY_NINE,
  operation,
  PLAN,
  type QueueStation,
  queueStation,
} from './queue-station.ts';
import { openTerminal } from './terminals.ts';

const HOUR = 60 * MINUTE;

let station: QueueStation;
beforeEach(() => {
  station = queueStation();
  open();
});
afterEach(() => station.remove());

const open = () => {
  for (const window of ['w1', 'w2']) station.queue.desk.setWindow(from(window), 'open');
};
const taken = (line = 'advice') => {
  const answer = station.queue.visitor.take({ operation: operation(), line, language: 'zh-CN' });
  return answer.outcome === 'issued' ? answer.ticket : expect.unreachable(answer.because);
};
const stateOf = (id: string) => ticketIn(station.db, id)?.state;
const day = () => station.queue.hall.view().day;
/** A minute passes, as the host looks each minute. */
const pass = (ms = MINUTE) => {
  station.now += ms;
  station.queue.turnDay();
};
const jump = (ms: number) => {
  station.setClock(station.now + ms);
  station.queue.turnDay();
};
/** The numbers that a window gets one after the other. */
function callAll(window = 'w1'): string[] {
  const numbers: string[] = [];
  for (;;) {
    const called = station.queue.desk.callNext(from(window));
    if (called.outcome !== 'done') return numbers;
    numbers.push(called.ticket.number);
    station.queue.desk.order({ ...from(window), ticket: called.ticket.id }, { type: 'finish' });
  }
}
const sent = () =>
  all<{ payload: string }>(station.db, sql`select payload from outbox order by rowid`).map(
    ({ payload }) => {
      const {
        day: of,
        closing,
        total,
      } = JSON.parse(payload) as {
        day: string;
        closing: number;
        total: { issued: number };
      };
      return [of, closing, total.issued];
    },
  );

describe('in the ordinary case the first visitor in the morning gets 001 and yesterday is over', () => {
  test('when the station was on all night', () => {
    const left = taken();
    for (let hour = 0; hour < 24; hour += 1) pass(HOUR);
    expect(stateOf(left.id)).toBe('expired');
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test('when it was switched off after its numbers had ended', () => {
    const left = taken();
    pass(9 * HOUR);
    station.now += 15 * HOUR;
    station.reopen();
    expect(stateOf(left.id)).toBe('expired');
    expect(taken().number).toBe('A001');
  });

  test('when a log-in ran out late in the evening and its window was closed', () => {
    const left = taken();
    pass(14 * HOUR + 30 * MINUTE);
    expect(station.queue.closeLeftWindows(new Set())).toBe(2);
    pass(50 * MINUTE);
    expect(stateOf(left.id)).toBe('expired');
  });

  test.each([22, 23, 23.5, 23.9])('when it was started anew at %d o’clock', (hour) => {
    const left = taken();
    pass(9 * HOUR);
    pass((hour - 18) * HOUR);
    station.reopen();
    pass((24 - hour) * HOUR);
    expect(stateOf(left.id)).toBe('expired');
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test('when its clock was set right by ten minutes at half past eleven', () => {
    const left = taken();
    pass(14 * HOUR + 30 * MINUTE);
    jump(10 * MINUTE);
    pass(30 * MINUTE);
    expect(stateOf(left.id)).toBe('expired');
  });

  test('when it was started anew at half past eleven and another terminal may have given numbers', async () => {
    const terminal = openTerminal(1, () => station.now);
    const exchange = () =>
      terminal.exchange(station.queue.hubFor({ id: 't1', ordinal: 1 }), false, day());
    terminal.give('advice');
    pass(14 * HOUR + 30 * MINUTE);
    station.reopen();
    // Its cable is whole again: it reports a number of the morning and leases some.
    await exchange();
    pass(40 * MINUTE);
    terminal.remove();
    expect(callAll()).toEqual([]);
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test('when somebody closed a window at half past eleven', () => {
    const left = taken();
    pass(14 * HOUR + 30 * MINUTE);
    station.queue.desk.setWindow(from('w1'), 'closed');
    pass(40 * MINUTE);
    expect(stateOf(left.id)).toBe('expired');
  });

  test('but not at a midnight of a wrong clock that finds a window with a visitor', () => {
    const [first, second] = [taken(), taken()];
    pass(14 * HOUR + 30 * MINUTE);
    station.queue.desk.callNext(from('w1'));
    pass(40 * MINUTE);
    expect([stateOf(first.id), stateOf(second.id)]).toEqual(['called', 'waiting']);
  });

  test('when it slept over night', () => {
    taken();
    pass(9 * HOUR);
    jump(15 * HOUR);
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test('when everybody had been served and it was switched off early', () => {
    taken();
    callAll();
    station.now += DAY;
    station.reopen();
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test.each([
    [44, 'waiting'],
    [45, 'expired'],
  ])('by the hours of the station: switched off at 17:%i, what was left is %s', (minute, state) => {
    station.open = { state: 'open', until: '18:00' };
    const left = taken();
    pass(8 * HOUR + minute * MINUTE);
    station.now += 16 * HOUR;
    station.reopen();
    expect(stateOf(left.id)).toBe(state);
  });

  test('but not by a clock that was set to the evening a moment ago', () => {
    const left = taken();
    jump(10 * HOUR);
    pass();
    jump(DAY);
    expect(stateOf(left.id)).toBe('waiting');
  });
});

describe('a clock that is wrong', () => {
  test('for a minute a day ahead ends nobody’s number, and the day goes on', () => {
    const waiting = taken();
    jump(DAY);
    pass();
    expect(stateOf(waiting.id)).toBe('waiting');
    expect(taken()).toMatchObject({ number: 'A002', day: '2026-11-23' });
    jump(-DAY);
    expect(taken()).toMatchObject({ number: 'A003', day: '2026-11-23' });
    expect(callAll()).toEqual(['A001', 'A002', 'A003']);
  });

  test('a day ahead while nobody holds a number: the day is open again by a word, goes on, and is told anew', () => {
    taken();
    callAll();
    jump(DAY);
    expect(day()).toBe('2026-11-24');
    jump(-DAY);
    station.queue.desk.correctDay(from('w1'));
    open();
    expect(taken()).toMatchObject({ number: 'A002', day: '2026-11-23' });
    expect(callAll()).toEqual(['A002']);
    pass(DAY);
    expect(sent()).toEqual([
      ['2026-11-23', 1, 1],
      ['2026-11-23', 2, 2],
    ]);
  });

  test('that falls back goes on with the same day, and its numbers', () => {
    taken();
    station.setClock(Date.parse('1970-01-01T00:10:00+08:00'));
    expect(taken()).toMatchObject({ number: 'A002', day: '2026-11-23' });
    station.reopen();
    expect(taken()).toMatchObject({ number: 'A003', day: '2026-11-23' });
    expect(callAll()).toEqual(['A001', 'A002', 'A003']);
  });

  test('years back at a start after midnight gives numbers of the day that had begun, which are called', () => {
    taken();
    pass(15 * HOUR + MINUTE);
    station.setClock(Date.parse('2000-01-01T00:01:00+08:00'));
    station.reopen();
    open();
    expect([taken(), taken()]).toMatchObject([
      { number: 'A001', day: '2026-11-24' },
      { number: 'A002', day: '2026-11-24' },
    ]);
    jump(MONDAY_NINE + DAY - station.now);
    expect(callAll()).toEqual(['A001', 'A002']);
  });

  test('years back in the morning after a night without power: what was given since is called when the clock is right again', () => {
    taken();
    pass(9 * HOUR);
    station.setClock(Date.parse('2000-01-01T00:01:00+08:00'));
    station.reopen();
    const today = taken();
    jump(MONDAY_NINE + DAY - station.now);
    expect(stateOf(today.id)).toBe('waiting');
    pass(HOUR);
    expect(day()).toBe('2026-11-24');
    expect(taken()).toMatchObject({ number: 'A003', day: '2026-11-24' });
    expect(callAll()).toEqual(['A001', 'A002', 'A003']);
  });

  test('that is ahead and stays so for an hour moves the day, and everybody keeps number, turn and window', () => {
    const [one, two] = [taken(), taken()];
    station.queue.desk.callNext(from('w1'));
    jump(DAY);
    pass(HOUR);
    expect(day()).toBe('2026-11-24');
    expect(station.queue.closeLeftWindows(new Set(['p1']))).toBe(0);
    const three = taken();
    expect(three).toMatchObject({ number: 'A003', before: 1 });
    expect(station.queue.desk.view('w1').current?.id).toBe(one.id);
    expect(station.queue.hall.view().calling.map((call) => call.number)).toEqual(['A001']);
    expect(callAll('w2')).toEqual([two.number, three.number]);
    expect(station.queue.desk.statistics('2026-11-23', '2026-11-24').days).toMatchObject([
      { day: '2026-11-23', issued: 2 },
      { day: '2026-11-24', issued: 1 },
    ]);
  });

  test('the quota is the day’s, not the number’s', () => {
    station.plan = { ...PLAN, lines: PLAN.lines.map((line) => ({ ...line, dayQuota: 2 })) };
    expect([taken().number, taken().number]).toEqual(['A001', 'A002']);
    jump(DAY);
    pass(HOUR);
    expect([taken().number, taken().number]).toEqual(['A003', 'A004']);
    expect(station.queue.visitor.state('zh-CN').lines[0]?.full).toBe(true);
  });

  test('what staff ended for today stays ended when the day moves', () => {
    taken();
    station.queue.desk.closeEarly(from('w1'), '今天停电。');
    jump(DAY);
    pass(HOUR);
    expect(station.queue.visitor.state('zh-CN').mode).toEqual({
      state: 'early-close',
      farewell: '今天停电。',
    });
    station.queue.desk.reopen(from('w1'));
    expect(taken().number).toBe('A002');
  });
});

describe('a word that the clock is right', () => {
  test('keeps every number that is held, and goes on after the highest', () => {
    const first = taken();
    jump(Date.parse('2099-01-01T09:00:00+08:00') - station.now);
    pass(HOUR);
    expect(taken()).toMatchObject({ number: 'A002', day: '2099-01-01' });
    station.setClock(MONDAY_NINE + HOUR + MINUTE);
    expect(taken()).toMatchObject({ number: 'A003', day: '2099-01-01' });
    station.queue.desk.correctDay(from('w1'));
    expect(taken()).toMatchObject({ number: 'A004', day: '2026-11-23' });
    expect(stateOf(first.id)).toBe('waiting');
    expect(station.queue.desk.view('w1').waitingHere).toBe(4);
    expect(callAll()).toEqual(['A001', 'A002', 'A003', 'A004']);
  });

  test('windows stand as they were last set, whatever day that was', () => {
    taken();
    jump(DAY);
    pass(HOUR);
    station.queue.desk.setWindow(from('w1'), 'paused');
    station.setClock(station.now - DAY);
    station.queue.desk.correctDay(from('w1'));
    expect(station.queue.desk.view('w1').window.state).toBe('paused');
    station.queue.desk.setWindow(from('w1'), 'open');
    expect(station.queue.desk.view('w1').window.state).toBe('open');
  });

  test('that is given twice counts once, and is nothing when the day is right', () => {
    taken();
    jump(DAY);
    const order = from('w1');
    station.queue.desk.correctDay(order);
    jump(-DAY);
    station.queue.desk.correctDay(order);
    expect(day()).toBe('2026-11-24');
    station.queue.desk.correctDay(from('w1'));
    station.queue.desk.correctDay(from('w1'));
    const words = all(
      station.db,
      sql`select 1 from queue_event where json_extract(body, '$.type') = 'day-corrected'`,
    );
    expect(words).toHaveLength(2);
  });

  test('turns the day after a power cut at noon, without waiting for an hour', () => {
    taken();
    station.now += DAY;
    station.reopen();
    expect(day()).toBe('2026-11-23');
    station.queue.desk.correctDay(from('w1'));
    expect(taken()).toMatchObject({ number: 'A002', day: '2026-11-24' });
    pass(DAY);
    expect(taken().number).toBe('A001');
  });
});

describe('an early close', () => {
  const NO_POWER = '今天停电，请明天来。';
  const mode = () => station.queue.visitor.state('zh-CN').mode;
  const closeEarly = () => station.queue.desk.closeEarly(from('w1'), NO_POWER);
  const closeWindows = () => {
    for (const window of ['w1', 'w2']) station.queue.desk.setWindow(from(window), 'closed');
  };
  /** Switched off at four in the afternoon, on again at half past eight. */
  const untilMorning = () => {
    pass(7 * HOUR - (station.now - MONDAY_NINE));
    station.stop();
    station.now = MONDAY_NINE + DAY - 30 * MINUTE;
    station.start();
  };

  test.each([
    ['somebody who did not come', () => missed()],
    ['another terminal', () => joined()],
    ['somebody who was sent home', () => void taken()],
  ])('with every window closed is the end of the day, with %s left', (_what, leave) => {
    leave();
    closeEarly();
    closeWindows();
    untilMorning();
    expect(day()).toBe('2026-11-24');
    expect(mode()).toEqual({ state: 'open' });
    expect(taken()).toMatchObject({ number: 'A001', day: '2026-11-24' });
  });

  test('holds no number back on the next morning when windows were left open, whatever day the queue has', () => {
    taken();
    closeEarly();
    untilMorning();
    expect(day()).toBe('2026-11-23');
    expect(mode()).toEqual({ state: 'open' });
    expect(taken().number).toBe('A002');
    pass(HOUR);
    expect(day()).toBe('2026-11-24');
    expect(mode()).toEqual({ state: 'open' });
  });

  describe('that is ordered while the queue still has the name of yesterday', () => {
    const CLOSED = { state: 'early-close', farewell: NO_POWER };
    let held: string;
    beforeEach(() => {
      held = taken().id;
      untilMorning();
      expect(day()).toBe('2026-11-23');
      closeEarly();
      expect(mode()).toEqual(CLOSED);
    });

    test('holds when the head puts the day right, and ends with the word that it is the next', () => {
      station.queue.desk.correctDay(from('w1'));
      expect(day()).toBe('2026-11-24');
      expect(mode()).toEqual(CLOSED);
      jump(DAY);
      station.queue.desk.correctDay(from('w1'));
      expect(mode()).toEqual({ state: 'open' });
    });

    test.each([
      ['after the day has moved', HOUR + MINUTE],
      ['before the day has moved', 10 * MINUTE],
    ])(
      'is the end of the day when every window is closed and it is switched off %s',
      (_when, ms) => {
        pass(ms);
        closeWindows();
        pass();
        expect([mode(), stateOf(held)]).toEqual([CLOSED, 'waiting']);
        station.stop();
        station.now = MONDAY_NINE + 2 * DAY - 30 * MINUTE;
        station.start();
        expect([day(), mode(), stateOf(held)]).toEqual([
          '2026-11-25',
          { state: 'open' },
          'expired',
        ]);
        expect(taken().number).toBe('A001');
      },
    );
  });

  test('ends by a midnight with people at work, and with the word that it is a later day', () => {
    taken();
    closeEarly();
    pass(14 * HOUR + 50 * MINUTE);
    station.queue.desk.callNext(from('w1'));
    pass(20 * MINUTE);
    expect(day()).toBe('2026-11-24');
    expect(mode()).toEqual({ state: 'open' });
    closeEarly();
    // A computer that slept seems to have its clock set.
    jump(DAY);
    expect(mode()).toEqual({ state: 'early-close', farewell: NO_POWER });
    station.queue.desk.correctDay(from('w1'));
    expect(mode()).toEqual({ state: 'open' });
  });

  test('holds for its whole day, also after a start with a clock that fell back or ran ahead and is put right', () => {
    taken();
    closeEarly();
    for (const wrong of ['2000-01-01T00:01:00+08:00', '2026-11-24T10:00:00+08:00']) {
      station.stop();
      station.setClock(Date.parse(wrong));
      station.start();
      station.queue.turnDay();
      jump(MONDAY_NINE + HOUR - station.now);
      expect(mode()).toEqual({ state: 'early-close', farewell: NO_POWER });
    }
  });

  function missed(): void {
    taken();
    const called = station.queue.desk.callNext(from('w1'));
    if (called.outcome !== 'done') expect.unreachable(called.outcome);
    station.queue.desk.order({ ...from('w1'), ticket: called.ticket.id }, { type: 'no-show' });
  }

  function joined(): void {
    expect(pairTerminal(station.db, '2号取号机', station.now)).toBeDefined();
  }
});
