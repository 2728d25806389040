import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepWord } from '#station/queue/terminals/kept-word.ts';
import { openNumberStock } from '#station/queue/terminals/number-stock.ts';
import { changeQueueHost } from '#station/queue/terminals/queue-host-setting.ts';
import { pairTerminal } from '#station/queue/terminals/terminal-keys.ts';
import { operation, PLAN, type QueueStation, queueStation } from './queue-station.ts';
import { openTerminal, type Terminal } from './terminals.ts';

const DAY = '2026-11-23';
const withQuota = (dayQuota: number) => ({
  ...PLAN,
  lines: PLAN.lines.map((line) => ({ ...line, dayQuota })),
});
const takeAt = (station: QueueStation) =>
  station.queue.visitor.take({ operation: operation(), line: 'advice', language: 'zh-CN' });

/** A host with a quota, and terminals that hold its numbers. */
function hall(quota: number, count: number) {
  const station = queueStation();
  station.plan = withQuota(quota);
  const terminals = Array.from({ length: count }, (_unused, at) => {
    const key = pairTerminal(station.db, `${at + 2}号取号机`, station.now);
    const terminal = openTerminal(at + 1, () => station.now);
    return { terminal, hub: station.queue.hubFor(key ?? expect.unreachable()) };
  });
  return {
    station,
    terminals,
    /** As a terminal does before and after every number. */
    speak: async (at: number) => {
      const one = terminals[at];
      await one?.terminal.exchange(one.hub);
      return one?.terminal;
    },
    isFull: () => station.queue.visitor.state('zh-CN').lines[0]?.full === true,
    remove: () => {
      for (const { terminal } of terminals) terminal.remove();
      station.remove();
    },
  };
}

test('whoever gives the numbers, a line gives as many as its quota, no more and no fewer, and all are different', async () => {
  const cases = fc.record({
    quota: fc.integer({ min: 1, max: 20 }),
    count: fc.integer({ min: 1, max: 4 }),
    visitors: fc.array(fc.nat({ max: 4 }), { minLength: 30, maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ quota, count, visitors }) => {
      const here = hall(quota, count);
      try {
        for (let at = 0; at < count; at += 1) await here.speak(at);
        expect(here.station.queue.visitor.state('zh-CN').mode).toEqual({ state: 'open' });
        const given: string[] = [];
        for (const visitor of visitors) {
          const at = visitor % (count + 1);
          const number = at === count ? atHost(here.station) : await atTerminal(here, at);
          if (number !== undefined) given.push(number);
        }
        expect(given).toHaveLength(quota);
        expect(new Set(given).size).toBe(quota);
      } finally {
        here.remove();
      }
    }),
    { numRuns: 10, seed: 20_261_123 },
  );
});

function atHost(station: QueueStation): string | undefined {
  const answer = takeAt(station);
  if (answer.outcome === 'issued') return answer.ticket.number;
  expect(answer.because).toBe('line-full');
  return undefined;
}

async function atTerminal(here: ReturnType<typeof hall>, at: number): Promise<string | undefined> {
  const terminal: Terminal | undefined = await here.speak(at);
  const given = here.isFull() ? undefined : terminal?.give('advice');
  await here.speak(at);
  return given?.number;
}

test('near the quota a terminal has no more than its share, however often it asks', async () => {
  const here = hall(10, 3);
  for (let n = 0; n < 9; n += 1) takeAt(here.station);
  const has = async (at: number) => (await here.speak(at))?.stock.leased(DAY, 'advice');
  for (let round = 0; round < 4; round += 1)
    for (const at of [0, 1, 2]) expect(await has(at)).toBe(1);
  here.remove();
});

test('the nearer the quota, the fewer numbers a terminal is lent', async () => {
  const here = hall(9, 2);
  const lent = async (at: number) => (await here.speak(at))?.stock.leased(DAY, 'advice');
  expect(await lent(0)).toBe(3);
  for (let n = 0; n < 7; n += 1) takeAt(here.station);
  expect(await lent(1)).toBe(1);
  for (let n = 0; n < 2; n += 1) takeAt(here.station);
  expect(here.isFull()).toBe(true);
  const wish = { operation: operation(), day: DAY, line: 'advice', size: 6 };
  expect(await here.terminals[0]?.hub.lease(wish)).toBeUndefined();
  here.remove();
});

describe('a further terminal that cannot ask its host', () => {
  let here: QueueStation;
  beforeEach(() => {
    here = queueStation();
    here.plan = withQuota(3);
    const key = { id: 'one', ordinal: 1, secret: 'secret' };
    changeQueueHost(here.db, { address: '127.0.0.1:9', key }, here.now);
  });
  afterEach(() => here.remove());

  test('gives no more by itself than the quota', () => {
    const outcomes = [1, 2, 3, 4].map(() => takeAt(here));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...['issued', 'issued', 'issued', 'refused'],
    ]);
    expect(outcomes[3]).toEqual({ outcome: 'refused', because: 'line-full' });
  });

  test('gives none of those that it was lent when the host said that the quota is reached', async () => {
    const host = hall(3, 1);
    const one = host.terminals[0] ?? expect.unreachable();
    const stock = openNumberStock({
      ...{ db: here.db, ordinal: 1, now: () => here.now, kept: { cover: () => {} } },
    });
    await stock.exchange(one.hub, { day: DAY, lines: ['advice'] });
    expect(stock.leased(DAY, 'advice')).toBe(1);
    for (let n = 0; n < 3; n += 1) takeAt(host.station);
    keepWord(here.db, await one.hub.overview([]), here.now);
    here.reopen();
    expect(takeAt(here)).toEqual({ outcome: 'refused', because: 'line-full' });
    host.remove();
  });
});
