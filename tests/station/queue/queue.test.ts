import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { QueuePlanBody } from '#shared/content/kinds/queue-plan.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { DeskAnswer, TakeAnswer } from '#shared/contract/queue.ts';
import { hallViewSchema } from '#shared/contract/queue.ts';
import { rebuildQueue } from '#station/queue/queue-events.ts';
import { all, first, sql } from '#station/store/sql.ts';
import {
  DAY,
  from,
  MINUTE,
  operation,
  PLAN,
  type QueueStation,
  queueStation,
} from './queue-station.ts';

let station: QueueStation;
beforeEach(() => {
  station = queueStation();
  for (const window of ['w1', 'w2', 'w3']) station.queue.desk.setWindow(from(window), 'open');
});
afterEach(() => station.remove());

function take(
  line = 'advice',
  more: { group?: string; operation?: string; guide?: string } = {},
): TakeAnswer {
  return station.queue.visitor.take({
    operation: operation(),
    line,
    language: 'zh-CN',
    ...more,
  });
}

function taken(line = 'advice', more: { group?: string } = {}) {
  const answer = take(line, more);
  return answer.outcome === 'issued' ? answer.ticket : expect.unreachable(answer.because);
}

function done(answer: DeskAnswer) {
  return answer.outcome === 'done' ? answer.ticket : expect.unreachable(answer.outcome);
}

const callNext = (window: string) => station.queue.desk.callNext(from(window));
const order = (
  window: string,
  ticket: string,
  type: 'call' | 'resume' | 'recall' | 'skip' | 'hold' | 'finish' | 'no-show',
) => station.queue.desk.order({ ...from(window), ticket }, { type });

const state = () => station.queue.visitor.state('zh-CN');
const seen = (id: string) => station.queue.visitor.ticket(id, 'zh-CN');

describe('taking a number', () => {
  test('each line counts for itself, from 001 every day', () => {
    expect([taken(), taken(), taken('notary')].map((ticket) => ticket.number)).toEqual([
      'A001',
      'A002',
      'E001',
    ]);
    station.now += DAY;
    expect(taken().number).toBe('A001');
  });

  test('a business that waits in another line gets that line', () => {
    expect(taken('reception')).toMatchObject({ number: 'A001', line: { id: 'advice' } });
  });

  test('for a guide that is in force no more is a number of its line, without a name that says nothing', () => {
    take('advice', { guide: 'service.withdrawn' });
    const { line, guide } = done(callNext('w1'));
    expect({ line: line.id, guide }).toEqual({ line: 'advice', guide: undefined });
  });

  test('the same operation is one number, also after a crash', () => {
    const id = operation();
    const one = take('advice', { operation: id });
    station.reopen();
    const again = take('advice', { operation: id });
    expect(again).toMatchObject({ outcome: 'issued' });
    expect(one).toMatchObject({ ticket: { number: 'A001' } });
    expect(again).toMatchObject({ ticket: { number: 'A001' } });
    expect(taken().number).toBe('A002');
  });

  test('an operation that was something else is refused as bad input', () => {
    const id = operation();
    station.queue.desk.setWindow({ ...from('w1'), operation: id }, 'open');
    expect(() => take('advice', { operation: id })).toThrow(new StationError('bad-input'));
  });

  test('the reason of a priority is written down with the ticket', () => {
    expect(taken('advice', { group: 'elder' }).group).toEqual({
      id: 'elder',
      name: '老年人',
      reason: '年满六十周岁的老年人，依法优先。',
    });
    expect(state().groups[0]?.law).toBe('《老年人权益保障法》第五十八条第一款');
    expect(() => take('advice', { group: 'nobody' })).toThrow(new StationError('not-found'));
  });

  test('the log of a year is not read to know the day', () => {
    const { read } = station.db;
    const prepared = vi.spyOn(read, 'prepare');
    state();
    station.queue.turnDay();
    station.queue.hall.view();
    const texts = prepared.mock.calls.map(([text]) => text);
    prepared.mockRestore();
    const plans = texts
      .filter((text) => text.includes('queue_event'))
      .flatMap((text) =>
        read
          .prepare<string[], { detail: string }>(`explain query plan ${text}`)
          .all(...(text.match(/\?/g) ?? []).map(() => '2026-11-23')),
      )
      .map(({ detail }) => detail);
    expect(plans.length).toBeGreaterThan(3);
    expect(plans.filter((plan) => /^SCAN (?:queue_event|event)$/.test(plan))).toEqual([]);
    expect(plans.filter((plan) => /PRIMARY KEY \(rowid>/.test(plan))).toEqual([]);
  });

  test('what was open on several days of a log is closed, each day once', () => {
    for (let day = 0; day < 3; day += 1) {
      taken();
      station.now += DAY;
    }
    expect(station.queue.turnDay()).toBe(1);
    expect(station.queue.turnDay()).toBe(0);
    const closed = all<{ day: string }>(
      station.db,
      sql`select day from queue_day where closed_at is not null order by day`,
    );
    expect(closed.map((row) => row.day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
  });

  test('the day of the number turns at midnight in China', () => {
    station.now = Date.parse('2026-11-23T23:59:59+08:00');
    expect(taken().day).toBe('2026-11-23');
    station.now += 1000;
    expect(taken().day).toBe('2026-11-24');
  });

  test('the quota of a line is its own, and all full is told for the whole queue', () => {
    station.plan = { ...PLAN, lines: PLAN.lines.map((line) => ({ ...line, dayQuota: 1 })) };
    taken();
    expect(take()).toEqual({ outcome: 'refused', because: 'line-full' });
    expect(state().lines.map((line) => line.full)).toEqual([true, false, false]);
    expect(state().mode.state).toBe('open');
    taken('legal-aid');
    taken('notary');
    expect(state().mode).toEqual({ state: 'quota-reached' });
  });

  test('the next day with service is named by its date, and none where hours are not known', () => {
    expect(state().nextDay).toBeUndefined();
    station.open = { state: 'open', until: '18:00' };
    expect(state().nextDay).toEqual({ date: '2026-11-24', from: '09:00' });
  });

  test('numbers begin before the doors open, go on over noon and end before closing', () => {
    station.open = { state: 'open', until: '12:00' };
    const modeAt = (time: string) => {
      station.now = Date.parse(`2026-11-23T${time}:00+08:00`);
      return state().mode.state;
    };
    expect(['08:44', '08:45', '13:00', '17:44', '17:45'].map(modeAt)).toEqual([
      'closed',
      'open',
      'open',
      'open',
      'closed',
    ]);
    expect(take()).toEqual({ outcome: 'refused', because: 'closed' });
  });

  test('an early end tells the farewell, and is taken back', () => {
    station.queue.desk.closeEarly(from('w1'), undefined);
    expect(state().mode).toEqual({ state: 'early-close', farewell: PLAN.farewell });
    expect(take()).toEqual({ outcome: 'refused', because: 'early-close' });
    station.queue.desk.reopen(from('w1'));
    expect(taken().number).toBe('A001');
  });

  test('an outlet without a plan has no queue', () => {
    station.plan = undefined;
    expect(state()).toMatchObject({ mode: { state: 'none' }, lines: [] });
    expect(take()).toEqual({ outcome: 'refused', because: 'no-queue' });
  });

  test('the print job is written with the number or not at all', () => {
    station.remove();
    station = queueStation({
      slips: {
        write: () => {
          throw new Error('no room');
        },
        send: () => expect.unreachable('sent'),
      },
    });
    expect(() => take()).toThrow('no room');
    expect(all(station.db, sql`select * from queue_event where ticket is not null`)).toEqual([]);
    expect(all(station.db, sql`select * from queue_counter`)).toEqual([]);
  });
});

describe('calling', () => {
  test('next is who came first, and the visitor sees where to go', () => {
    const one = taken();
    taken();
    expect(done(callNext('w2')).number).toBe('A001');
    expect(seen(one.id)).toMatchObject({
      state: 'called',
      window: { label: '2号窗口' },
      before: 0,
    });
  });

  test('a priority group passes so many and no more', () => {
    for (let i = 0; i < 5; i += 1) taken();
    const elder = taken('advice', { group: 'elder' });
    expect(elder.before).toBe(3);
    const called = ['w1', 'w2', 'w3'].map((window) => done(callNext(window)).number);
    expect(called).toEqual(['A001', 'A002', 'A003']);
    order('w1', done({ outcome: 'done', ticket: calledAt('w1') }).id, 'finish');
    expect(done(callNext('w1')).number).toBe('A006');
  });

  test('a priority for one line counts nowhere else, and is not named there', () => {
    taken();
    const elsewhere = taken('advice', { group: 'aid-only' });
    expect(elsewhere.before).toBe(1);
    expect(elsewhere.group).toBeUndefined();
    expect(taken('legal-aid', { group: 'aid-only' }).group?.name).toBe('军人');
    expect(state().groups.map(({ lines }) => lines)).toEqual([undefined, ['legal-aid']]);
  });

  test('whoever is slower is told who was faster', () => {
    const { id } = taken();
    done(order('w1', id, 'call'));
    expect(order('w2', id, 'call')).toEqual({
      outcome: 'taken',
      by: { id: 'w1', label: '1号窗口' },
    });
    expect(order('w2', id, 'finish')).toMatchObject({ outcome: 'taken', by: { id: 'w1' } });
  });

  test('who stands before the window is called by the number that they show, wherever they are in the line', () => {
    for (let before = 0; before < 3; before += 1) taken();
    const call = (window: string, number: string) =>
      station.queue.desk.callNumber(from(window), number);
    expect(done(call('w1', ' ａ3 '))).toMatchObject({ number: 'A003', calls: 1 });
    expect(call('w2', 'A003')).toMatchObject({ outcome: 'taken', by: { id: 'w1' } });
    expect(call('w1', 'A001')).toMatchObject({ outcome: 'window-busy' });
    for (const nobodys of ['A004', '3', 'B001', '3号', 'x'])
      expect(call('w2', nobodys)).toEqual({ outcome: 'no-such-number' });
    order('w1', calledAt('w1').id, 'finish');
    expect(call('w2', 'A003')).toEqual({ outcome: 'not-now', state: 'finished' });
    expect(done(callNext('w1')).number).toBe('A001');
  });

  test('a window has one visitor at a time, and must be open', () => {
    taken();
    taken();
    done(callNext('w1'));
    expect(callNext('w1')).toMatchObject({ outcome: 'window-busy', ticket: { number: 'A001' } });
    station.queue.desk.setWindow(from('w2'), 'paused');
    expect(callNext('w2')).toEqual({ outcome: 'window-closed' });
    expect(callNext('w4')).toEqual({ outcome: 'window-closed' });
    expect(callNext('w3')).toMatchObject({ outcome: 'done', ticket: { number: 'A002' } });
    order('w3', calledAt('w3').id, 'finish');
    expect(callNext('w3')).toEqual({ outcome: 'nobody' });
  });

  test('an order that comes twice calls once', () => {
    taken();
    taken();
    const twice = from('w1');
    const one = done(station.queue.desk.callNext(twice));
    station.reopen();
    expect(done(station.queue.desk.callNext(twice)).number).toBe(one.number);
    expect(station.queue.desk.view('w1').waitingHere).toBe(1);
  });

  test('skip, hold and no-show free the window; who was missed can be called again', () => {
    const [one, two] = [taken(), taken()];
    done(callNext('w1'));
    done(order('w1', one.id, 'skip'));
    done(callNext('w1'));
    done(order('w1', two.id, 'hold'));
    const view = station.queue.desk.view('w1');
    expect(view.current).toBeUndefined();
    expect(view.missed.map((ticket) => ticket.number)).toEqual(['A001']);
    expect(view.held.map((ticket) => ticket.number)).toEqual(['A002']);
    expect(done(order('w2', one.id, 'call'))).toMatchObject({ number: 'A001', calls: 2 });
    expect(done(order('w1', two.id, 'resume')).number).toBe('A002');
    done(order('w1', two.id, 'no-show'));
    expect(order('w1', two.id, 'finish')).toEqual({ outcome: 'not-now', state: 'no-show' });
  });

  test('a transfer keeps number and place, and a named window is waited for while it is open', () => {
    const { id, number } = taken();
    taken('legal-aid');
    station.queue.desk.setWindow(from('w4'), 'open');
    done(callNext('w1'));
    done(
      station.queue.desk.order(
        { ...from('w1'), ticket: id },
        { type: 'transfer', line: 'legal-aid', toWindow: 'w4' },
      ),
    );
    expect(done(callNext('w3')).number).toBe('B001');
    expect(station.queue.desk.view('w4').next).toMatchObject({
      number,
      from: { id: 'advice' },
    });
    station.queue.desk.setWindow(from('w4'), 'closed');
    order('w3', calledAt('w3').id, 'finish');
    expect(done(callNext('w3')).number).toBe(number);
  });

  test('an order about a ticket or window that is not there is not found', () => {
    expect(() => order('w1', 'nothing', 'finish')).toThrow(new StationError('not-found'));
    expect(() => callNext('w9')).toThrow(new StationError('not-found'));
    const { id } = taken();
    expect(() =>
      station.queue.desk.order({ ...from('w1'), ticket: id }, { type: 'transfer', line: 'x' }),
    ).toThrow(new StationError('not-found'));
  });

  test('the time on hold is not time at the window', () => {
    const { id } = taken();
    done(callNext('w1'));
    station.now += 5 * MINUTE;
    done(order('w1', id, 'hold'));
    station.now += 60 * MINUTE;
    done(order('w1', id, 'resume'));
    station.now += 3 * MINUTE;
    done(order('w1', id, 'finish'));
    expect(station.queue.desk.statistics('2026-11-23', '2026-11-23').total.service.mean).toBe(8);
  });
});

function calledAt(window: string) {
  return station.queue.desk.view(window).current ?? expect.unreachable(`${window} has nobody`);
}

describe('a plan that is changed in opening hours', () => {
  const [advice, aid, notary] = PLAN.lines;
  if (advice === undefined || aid === undefined || notary === undefined) throw new Error('PLAN');
  const change = (...lines: QueuePlanBody['lines']) => {
    station.plan = { ...PLAN, lines };
  };
  const nextAt = (window: string) => {
    station.queue.desk.setWindow(from(window), 'open');
    return done(callNext(window)).number;
  };

  test('without a line: whoever waits in it is counted, and every window calls them', () => {
    const { id } = taken('notary');
    change(advice, aid);
    const view = station.queue.desk.view('w4');
    expect(view.lines.at(-1)).toEqual({ id: 'notary', name: '其他业务', waiting: 1, here: true });
    expect(view).toMatchObject({ waitingHere: 1, next: { number: 'E001' } });
    expect(hallViewSchema.parse(station.queue.hall.view()).lines.at(-1)).toMatchObject({
      name: '其他业务',
      waiting: 1,
    });
    expect(seen(id)).toMatchObject({ before: 0, windows: [{ id: 'w1' }, {}, {}, {}] });
    expect(nextAt('w1')).toBe('E001');
  });

  test('with a line put into another: its numbers are of that line', () => {
    taken('legal-aid');
    change({ ...advice, also: ['legal-aid'] }, notary);
    expect(station.queue.desk.view('w2').lines).toMatchObject([{ id: 'advice', waiting: 1 }, {}]);
    expect(nextAt('w2')).toBe('B001');
  });

  test('to windows that the station does not have: every other window calls them', () => {
    taken('notary');
    change(advice, aid, { ...notary, windows: ['w9'] });
    expect(station.queue.visitor.state('zh-CN').lines[2]?.windows).toHaveLength(4);
    expect(nextAt('w4')).toBe('E001');
  });

  test('without a window: it stays until its visitor has left', () => {
    const { id } = taken('notary');
    expect(nextAt('w5')).toBe('E001');
    change(advice, aid);
    expect(station.queue.desk.view('w5').current?.id).toBe(id);
    done(order('w5', id, 'finish'));
    expect(() => station.queue.desk.view('w5')).toThrow(new StationError('not-found'));
  });

  test('without the window that somebody was sent to: the others of the line are named and call them', () => {
    const { id } = taken();
    done(callNext('w1'));
    const to = { type: 'transfer', line: 'notary', toWindow: 'w6' } as const;
    done(station.queue.desk.order({ ...from('w1'), ticket: id }, to));
    expect(seen(id).windows).toMatchObject([{ id: 'w6' }]);
    change(advice, aid, { ...notary, windows: ['w5'] });
    expect(seen(id).windows).toMatchObject([{ id: 'w5' }]);
    expect(nextAt('w5')).toBe('A001');
  });

  test('while a terminal is cut off: what it gave of the line that is gone or put into another is called', async () => {
    for (const line of ['notary', 'legal-aid']) taken(line);
    change({ ...advice, also: ['legal-aid'] });
    const given = ['notary', 'legal-aid'].map((line) => {
      return { id: operation(), day: '2026-11-23', line, n: 600, issuedAt: station.now };
    });
    const told = await station.queue.hubFor({ id: 't1', ordinal: 1 }).report(given);
    expect(told.refused).toEqual([]);
    const numbers = [1, 2, 3, 4].map(() => {
      const ticket = done(callNext('w2'));
      done(order('w2', ticket.id, 'finish'));
      return ticket.number;
    });
    expect(numbers).toEqual(['E001', 'B001', 'E600', 'B600']);
  });

  test('with letters changed over: nobody gets a number that another has', () => {
    for (const line of ['advice', 'legal-aid', 'legal-aid', 'legal-aid']) taken(line);
    change({ ...advice, prefix: 'B' }, { ...aid, prefix: 'A' }, notary);
    const numbers = ['advice', 'advice', 'legal-aid'].map((line) => taken(line).number);
    expect(numbers).toEqual(['B004', 'B005', 'A004']);
  });
});

describe('a window whose person has gone', () => {
  const stateOf = (id: string) =>
    station.queue.hall.view().windows.find((window) => window.id === id)?.state;

  test('is closed, and no visitor is told to go there', () => {
    taken();
    done(callNext('w1'));
    station.queue.desk.setWindow(from('w2'), 'paused');
    expect(station.queue.closeLeftWindows(new Set(['p1']))).toBe(0);
    expect(stateOf('w1')).toBe('open');
    expect(station.queue.closeLeftWindows(new Set(['p2']))).toBeGreaterThan(1);
    expect([stateOf('w1'), stateOf('w2')]).toEqual(['closed', 'closed']);
    expect(station.queue.closeLeftWindows(new Set())).toBe(0);
    expect(callNext('w1')).toMatchObject({ outcome: 'window-closed' });
  });

  test('keeps the visitor who is there, and is opened again by whoever comes', () => {
    const { id } = taken();
    done(callNext('w1'));
    station.queue.closeLeftWindows(new Set());
    expect(seen(id).state).toBe('called');
    station.queue.desk.setWindow(from('w1'), 'open');
    expect(station.queue.closeLeftWindows(new Set(['p1']))).toBe(0);
    order('w1', id, 'finish');
    expect(seen(id).state).toBe('finished');
  });

  test('stays open for whoever opened it, though a colleague took it by mistake and left', () => {
    const colleague = { ...from('w1'), staff: { id: 'p2', name: '示例二' } };
    station.queue.desk.setWindow(colleague, 'open');
    expect(station.queue.closeLeftWindows(new Set(['p1']))).toBe(0);
    station.queue.desk.setWindow(from('w1'), 'closed');
    station.queue.desk.setWindow({ ...colleague, operation: operation() }, 'open');
    station.queue.closeLeftWindows(new Set(['p1']));
    expect(stateOf('w1')).toBe('closed');
  });

  test('is not closed, and no log-in is swept, by a clock that was set a moment ago', () => {
    const nobody = vi.fn(() => new Set<string>());
    station.now += 10 * MINUTE;
    station.setClock(station.now + 60 * MINUTE);
    expect(station.queue.sweepLeftWindows(nobody)).toBe(0);
    station.queue.turnDay();
    station.now += MINUTE;
    expect(station.queue.sweepLeftWindows(nobody)).toBe(0);
    expect(nobody).not.toHaveBeenCalled();
    station.now += 5 * MINUTE;
    expect(station.queue.sweepLeftWindows(nobody)).toBeGreaterThan(0);
  });
});

describe('words for colleagues', () => {
  test('a note on a visitor goes with the day, a hand-over note stays for the next shift', () => {
    const { id } = taken();
    const noted = done(station.queue.desk.note({ ...from('w1'), ticket: id }, '要轮椅'));
    expect(noted.notes).toMatchObject([{ text: '要轮椅', staff: '示例' }]);
    station.queue.desk.handover(from('w1'), '复印纸在柜子里');
    station.now += DAY;
    station.queue.turnDay();
    expect(station.queue.desk.view('w1').handover).toMatchObject([{ text: '复印纸在柜子里' }]);
    expect(all(station.db, sql`select text from queue_note`)).toEqual([{ text: '复印纸在柜子里' }]);
    const kept = all<{ body: string }>(station.db, sql`select body from queue_event`);
    expect(kept.map((row) => row.body).join()).not.toContain('轮椅');
  });

  test('an alarm is seen at every window until somebody answers it', () => {
    const raised = station.queue.desk.raiseAlarm(from('w2'));
    expect(station.queue.desk.alarms()).toMatchObject([{ window: { label: '2号窗口' } }]);
    station.queue.desk.answerAlarm(raised[0]?.id ?? '', from('w1').staff);
    expect(station.queue.desk.alarms()).toEqual([]);
    expect(() => station.queue.desk.answerAlarm('no', from('w1').staff)).toThrow(
      new StationError('not-found'),
    );
  });
});

describe('the hall', () => {
  test('shows numbers and windows, newest first, and speaks a recall again', async () => {
    const ending = new AbortController();
    const stream = station.queue.hall.events(ending.signal);
    expect((await stream.next()).value).toMatchObject({ type: 'alive' });
    taken('advice', { group: 'elder' });
    const { id } = done(callNext('w1'));
    order('w1', id, 'recall');
    const view = station.queue.hall.view();
    expect(hallViewSchema.parse(view)).toEqual(view);
    expect(view.calling).toMatchObject([{ number: 'A001', window: { id: 'w1' }, again: true }]);
    const heard = [];
    for await (const event of stream) {
      if (event.type === 'called') heard.push(event.call.again);
      if (heard.length === 2) break;
    }
    expect(heard).toEqual([false, true]);
    expect(JSON.stringify(view)).not.toContain('老年人');
    ending.abort();
  });

  test('shows each number once among the recent ones, by its newest call, and a recall pushes no other out', () => {
    for (const window of ['w5', 'w6']) station.queue.desk.setWindow(from(window), 'open');
    const tickets = Array.from({ length: 13 }, () => taken('notary'));
    for (const { id } of tickets) {
      order('w5', id, 'call');
      order('w5', id, 'skip');
    }
    const [first] = tickets;
    order('w6', first?.id ?? '', 'call');
    for (const _ of [1, 2]) order('w6', first?.id ?? '', 'recall');
    const { calling, recent } = station.queue.hall.view();
    const last = tickets.slice(2).map(({ number }) => number);
    expect(recent.map(({ number }) => number)).toEqual(['E001', ...last.reverse()]);
    expect(recent[0]).toEqual(calling[0]);
  });
});

test('a call after a missed one is said to be another, by the stream as by the view', async () => {
  const { id } = taken();
  const ending = new AbortController();
  const stream = station.queue.hall.events(ending.signal);
  await stream.next();
  done(callNext('w1'));
  order('w1', id, 'skip');
  order('w2', id, 'call');
  const heard: boolean[] = [];
  for await (const event of stream) {
    if (event.type === 'called') heard.push(event.call.again);
    if (heard.length === 2) break;
  }
  ending.abort();
  const view = station.queue.hall.view();
  expect(heard).toEqual([false, true]);
  expect(view.recent.map((call) => call.again)).toEqual([true]);
  expect(view.calling.map((call) => call.again)).toEqual([true]);
});

test('whoever did not come can be called again from every window’s list', () => {
  const { id, number } = taken();
  done(callNext('w1'));
  order('w1', id, 'no-show');
  expect(station.queue.desk.view('w2').missed.map((ticket) => ticket.number)).toEqual([number]);
  expect(done(order('w2', id, 'call')).state).toBe('called');
  expect(station.queue.desk.view('w2').missed).toEqual([]);
});

describe('the end of the day', () => {
  test('open tickets expire, and the district is told counts in the same transaction', () => {
    const { id } = taken('advice', { group: 'elder' });
    taken();
    done(callNext('w1'));
    done(order('w1', id, 'finish'));
    station.now += DAY;
    station.queue.turnDay();
    const [row, ...more] = all<{ type: string; payload: string }>(
      station.db,
      sql`select type, payload from outbox`,
    );
    expect(more).toEqual([]);
    const payload = JSON.parse(row?.payload ?? '{}') as Record<string, unknown>;
    expect(payload).toMatchObject({
      station: '620104',
      day: '2026-11-23',
      closing: 1,
      total: { issued: 2, served: 1, expired: 1, priority: 1 },
    });
    expect(row?.payload).not.toContain(id);
    expect(station.queue.turnDay()).toBe(0);
    const events = all<{ body: string }>(
      station.db,
      sql`select body from queue_event where day = '2026-11-23'`,
    ).map((event) => event.body);
    expect(events).toContain('{"type":"expired","reason":"day-over"}');
  });
});

test('what follows from the events can be made again from them', () => {
  const { id } = taken('advice', { group: 'elder' });
  taken('notary');
  taken();
  done(callNext('w1'));
  done(order('w1', id, 'finish'));
  done(callNext('w2'));
  station.queue.desk.closeEarly(from('w1'), '明天再来，谢谢。');
  station.now += DAY;
  taken();
  const tables = ['queue_ticket', 'queue_window', 'queue_counter', 'queue_day'];
  const content = () =>
    tables.map((table) => station.db.read.prepare(`select * from ${table} order by 1, 2`).all());
  const before = content();
  expect(before.map((rows) => rows.length)).toEqual([4, 3, 3, 2]);
  rebuildQueue(station.db);
  expect(content()).toEqual(before);
});

describe('statistics', () => {
  test('counts and times by line, window and hour', () => {
    const { id } = taken();
    station.now += 10 * MINUTE;
    done(callNext('w1'));
    station.now += 20 * MINUTE;
    done(order('w1', id, 'finish'));
    taken('notary');
    const statistics = station.queue.desk.statistics('2026-11-23', '2026-11-23');
    expect(statistics.total).toMatchObject({
      issued: 2,
      served: 1,
      waiting: 1,
      wait: { mean: 10 },
      service: { mean: 20, median: 20, p90: 20 },
    });
    expect(statistics.lines.map((row) => [row.name, row.issued])).toEqual([
      ['法律咨询', 1],
      ['公证', 1],
    ]);
    expect(statistics.windows).toMatchObject([{ label: '1号窗口', served: 1 }]);
    expect(statistics.hours).toMatchObject([{ hour: 9, issued: 2 }]);
  });

  test('who was sent on counts once in all, and each window and line has the time that it really served', async () => {
    const { id } = taken();
    station.now += 10 * MINUTE;
    done(callNext('w1'));
    station.now += 20 * MINUTE;
    done(order('w1', id, 'hold'));
    station.now += 7 * MINUTE;
    done(order('w1', id, 'resume'));
    station.now += 10 * MINUTE;
    const sent = { type: 'transfer', line: 'legal-aid', toWindow: 'w4' } as const;
    done(station.queue.desk.order({ ...from('w1'), ticket: id }, sent));
    station.now += 4 * MINUTE;
    station.queue.desk.setWindow(from('w4'), 'open');
    done(callNext('w4'));
    station.now += 5 * MINUTE;
    done(order('w4', id, 'finish'));
    rebuildQueue(station.db);
    const { desk } = station.queue;
    const { total, lines, windows, days } = desk.statistics('2026-11-23', '2026-11-23');
    for (const row of [total, ...days])
      expect(row).toMatchObject({
        issued: 1,
        served: 1,
        wait: { mean: 10 },
        service: { mean: 35 },
      });
    const first = { issued: 1, served: 1, wait: { mean: 10 }, service: { mean: 30 } };
    const second = { issued: 1, served: 1, wait: {}, service: { mean: 5 } };
    expect(windows).toMatchObject([
      { label: '1号窗口', ...first },
      { label: '4号窗口', ...second },
    ]);
    expect(lines).toMatchObject([
      { name: '法律咨询', ...first },
      { name: '法律援助', ...second },
    ]);
    expect(windows[1]?.wait).toEqual({});
    const { base64 } = await desk.exportStatistics('2026-11-23', '2026-11-23', 'csv');
    const csv = Buffer.from(base64, 'base64').toString();
    expect(csv).toContain('窗口,1号窗口,1,0,1,0,0,0,10,10,10,30,30,30');
    expect(csv).toContain('窗口,4号窗口,1,0,1,0,0,0,,,,5,5,5');
    expect(csv).toContain('合计只计一次');
  });

  test('who was sent on keeps the time with whom it was served, and waits or stays away only where it is now', () => {
    for (const { id } of [taken(), taken()]) {
      done(callNext('w1'));
      station.now += 10 * MINUTE;
      const sent = { type: 'transfer', line: 'legal-aid' } as const;
      done(station.queue.desk.order({ ...from('w1'), ticket: id }, sent));
    }
    station.queue.desk.setWindow(from('w4'), 'open');
    done(order('w4', done(callNext('w4')).id, 'no-show'));
    const { total, lines, windows } = station.queue.desk.statistics('2026-11-23', '2026-11-23');
    expect(total).toMatchObject({ issued: 2, waiting: 1, noShow: 1, served: 0, service: {} });
    const first = { issued: 2, waiting: 0, noShow: 0, served: 0, service: { mean: 10 } };
    expect(windows).toMatchObject([
      { label: '1号窗口', ...first },
      { label: '4号窗口', issued: 1, waiting: 0, noShow: 1, service: {} },
    ]);
    expect(lines).toMatchObject([
      { name: '法律咨询', ...first },
      { name: '法律援助', issued: 2, waiting: 1, noShow: 1, service: {} },
    ]);
  });

  test('what an older program finished was served where it was last', () => {
    const { id } = taken();
    done(callNext('w1'));
    station.now += 20 * MINUTE;
    done(order('w1', id, 'finish'));
    station.db.write.exec("update queue_ticket set body = json_remove(body, '$.served')");
    const { windows } = station.queue.desk.statistics('2026-11-23', '2026-11-23');
    expect(windows).toMatchObject([{ label: '1号窗口', service: { mean: 20 } }]);
  });

  test('a file of either kind opens with the same rows, and no cell is a formula', async () => {
    station.plan = {
      ...PLAN,
      lines: PLAN.lines.map((line) => ({ ...line, name: `=cmd(${line.prefix})` })),
    };
    taken();
    const export_ = (format: 'csv' | 'xlsx') =>
      station.queue.desk.exportStatistics('2026-11-23', '2026-11-23', format);
    const csv = Buffer.from((await export_('csv')).base64, 'base64').toString();
    expect(csv.startsWith('\uFEFF')).toBe(true);
    expect(csv).toContain("业务,'=cmd(A),1,");
    const { base64, fileName } = await export_('xlsx');
    expect(fileName).toBe('排队统计-2026-11-23.xlsx');
    const rows = await readSheet(Buffer.from(base64, 'base64'));
    expect(rows).toContainEqual(expect.arrayContaining(['业务', "'=cmd(A)", 1]));
  });
});

test('before opening it is said how early numbers begin, and shortly before the end that they have ended', () => {
  station.plan = { ...PLAN, firstNumberMinutesBeforeOpen: 40 };
  const next = { date: '2026-11-23', from: '09:00' };
  station.now = Date.parse('2026-11-23T08:10:00+08:00');
  station.open = { state: 'closed', next };
  expect(state().mode).toEqual({ state: 'closed', next, minutesBefore: 40 });
  station.now = Date.parse('2026-11-23T17:50:00+08:00');
  station.open = { state: 'open', until: '18:00' };
  expect(state().mode).toEqual({ state: 'closed', isClosing: true });
});

describe('the estimated wait knows the hours of the station', () => {
  const at = (hour: string, open: QueueStation['open']) => {
    station.now = Date.parse(`2026-11-23T${hour}:00+08:00`);
    station.open = open;
  };
  const wait = () => state().lines[0]?.estimateMinutes;
  const all = (to: 'paused' | 'closed') => {
    for (const window of ['w1', 'w2', 'w3']) station.queue.desk.setWindow(from(window), to);
  };

  test('over the midday break', () => {
    at('11:55', { state: 'open', until: '12:00' });
    expect(wait()).toBe(0);
    for (let before = 0; before < 6; before += 1) taken();
    expect(wait()).toBe(150);
  });

  test.each(['closed', 'paused'] as const)('in the break, with all windows %s', (to) => {
    all(to);
    at('13:05', { state: 'break', reopens: '14:00' });
    expect(wait()).toBe(55);
    expect(seen(taken().id).estimateMinutes).toBe(55);
  });

  test('before opening', () => {
    all('closed');
    at('08:50', { state: 'closed', next: { date: '2026-11-23', from: '09:00' } });
    expect(wait()).toBe(10);
  });

  test('after the end: by windows that stayed, and never as if the doors were open', () => {
    at('18:05', { state: 'closed' });
    expect(wait()).toBe(1);
    all('closed');
    expect(wait()).toBeUndefined();
  });
});

test('the estimate learns from how long visitors took', () => {
  const estimate = () => state().lines[2]?.estimateMinutes;
  station.queue.desk.setWindow(from('w5'), 'open');
  taken('notary');
  taken('notary');
  const planned = estimate();
  for (let i = 0; i < 20; i += 1) {
    const { id } = taken('notary');
    const current = done(callNext('w5'));
    station.now += 5 * MINUTE;
    done(order('w5', current.id, 'finish'));
    expect(id).not.toBe('');
  }
  expect(planned).toBe(60);
  expect(estimate()).toBeLessThan(30);
  const learnt = estimate();
  station.reopen();
  expect(estimate()).toBe(learnt);
  expect(first(station.db, sql`select 1 from outbox`)).toBeUndefined();
});
