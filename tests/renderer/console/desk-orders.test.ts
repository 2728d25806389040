import { describe, expect, test } from 'vitest';
import type { DeskTicket, DeskView } from '#shared/contract/queue.ts';
import { orderOfKey } from '../../../src/renderer/console/desk-orders.ts';

const TICKET: DeskTicket = {
  id: 't1',
  number: 'A001',
  line: { id: 'advice', name: '法律咨询' },
  state: 'called',
  issuedAt: 0,
  calls: 1,
  notes: [],
};
const view = (current?: DeskTicket): DeskView => ({
  now: 0,
  day: '2026-11-23',
  mode: { state: 'open' },
  window: { id: 'w1', label: '1号窗口', name: '综合', state: 'open' },
  windows: [],
  lines: [],
  current,
  waitingHere: 0,
  held: [],
  missed: [],
  servedToday: 0,
  handover: [],
  unknown: [],
  twice: [],
});

describe('a key at the desk', () => {
  test.each([
    ['n', undefined],
    ['r', 'recall'],
    ['F', 'finish'],
    ['h', 'hold'],
    ['s', 'skip'],
    ['x', 'noShow'],
    ['p', 'pause'],
    ['q', undefined],
    ['Enter', undefined],
  ])('%s stands, with a visitor at the window, for %s', (key, order) => {
    expect(orderOfKey(key, view(TICKET))).toBe(order);
  });
  test.each([
    ['n', 'callNext'],
    ['r', undefined],
    ['f', undefined],
    ['P', 'pause'],
  ])('%s stands, with nobody at the window, for %s', (key, order) => {
    expect(orderOfKey(key, view())).toBe(order);
  });
});
