import type { QueueState, TakeAnswer, TicketView } from '#shared/contract/queue.ts';
import type { FakeAnswers } from '../../../../src/renderer/gallery/fake-station.ts';

/** A queue of two lines and one priority group, open. */
export const QUEUE_STATE: QueueState = {
  mode: { state: 'open', lastNumberAt: '17:15' },
  day: '2026-11-23',
  paper: true,
  connected: true,
  lines: [
    {
      id: 'advice',
      name: '法律咨询',
      prefix: 'B',
      businesses: ['advice', 'lawyer'],
      waiting: 3,
      estimateMinutes: 25,
      windows: [{ id: 'w2', label: '2号窗口', name: '咨询', accessible: true, open: true }],
      full: false,
    },
    {
      id: 'legal-aid',
      name: '法律援助',
      prefix: 'C',
      businesses: ['legal-aid'],
      waiting: 0,
      windows: [],
      full: true,
    },
  ],
  groups: [
    {
      id: 'elder',
      name: '老年人',
      basis: 'law',
      law: '《老年人权益保障法》第五十八条第一款',
      reason: '年满六十周岁的老年人，依法优先。',
      proof: '身份证',
    },
  ],
};

/** What a further terminal answers while its queue host cannot be asked: no line has an estimate, no window is known to be open. */
export const CUT_OFF_STATE: QueueState = {
  ...QUEUE_STATE,
  connected: false,
  lines: QUEUE_STATE.lines.map(({ estimateMinutes: _unknown, ...line }) => ({
    ...line,
    waiting: 0,
    windows: line.windows.map((window) => ({ ...window, open: false })),
  })),
};

export const TICKET: TicketView = {
  id: '00000000-0000-4000-8000-000000000001',
  number: 'B012',
  day: '2026-11-23',
  line: { id: 'advice', name: '法律咨询' },
  state: 'waiting',
  issuedAt: 0,
  before: 3,
  estimateMinutes: 25,
  windows: [{ id: 'w2', label: '2号窗口' }],
};

export const ISSUED: TakeAnswer = { outcome: 'issued', ticket: TICKET, printJob: TICKET.id };

/** A host whose queue is in this state and whose printer is well. */
export function queueHost(state: Partial<QueueState> = {}, more: FakeAnswers = {}): FakeAnswers {
  return {
    'queue.state': async () => ({ ...QUEUE_STATE, ...state }),
    'tickets.printers': async () => ({ state: 'ready', printers: [] }),
    'queue.take': async () => ISSUED,
    ...more,
  };
}
