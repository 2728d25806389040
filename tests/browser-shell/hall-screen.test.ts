import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openHallScreen } from '../../src/main/browser-shell/hall-screen.ts';
import type { BrowserProcess } from '../../src/main/browser-shell/supervised-browser.ts';

let started: string[];
let isHostThere: boolean;
beforeEach(() => {
  vi.useFakeTimers();
  started = [];
  isHostThere = false;
});
afterEach(() => vi.useRealTimers());

const HALL = 'http://127.0.0.1:1/display/';

/** A browser that does nothing but die when it is told to. */
function start(address: string): BrowserProcess {
  started.push(address);
  const { promise: exited, resolve: kill } = Promise.withResolvers<void>();
  return { pid: started.length, eye: undefined, exited, kill, close: async () => kill() };
}

const open = () => openHallScreen({ address: HALL, start, isHostThere: async () => isHostThere });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('the hall display waits for the host, keeps its page while the host is away, and gets a new one when it is back after long', async () => {
  const hall = open();
  await pass(600_000);
  expect(started).toEqual([]);
  isHostThere = true;
  await pass(3000);
  expect(started).toEqual([HALL]);
  isHostThere = false;
  await pass(3_600_000);
  expect(started).toEqual([HALL]);
  isHostThere = true;
  await pass(3000);
  expect(started).toEqual([HALL, HALL]);
  await pass(3_600_000);
  expect(started).toEqual([HALL, HALL]);
  await hall.stop();
});

test('a slow answer, or a host that is started anew, costs no page', async () => {
  isHostThere = true;
  const hall = open();
  for (const awayMs of [2000, 10_000, 25_000]) {
    await pass(60_000);
    isHostThere = false;
    await pass(awayMs);
    isHostThere = true;
  }
  await pass(60_000);
  expect(started).toEqual([HALL]);
  await hall.stop();
});

test('it is started anew at night, and after its end no more', async () => {
  isHostThere = true;
  const hall = open();
  await pass(3000);
  hall.renew();
  await pass(3000);
  expect(hall.pid()).toBe(2);
  await hall.stop();
  await pass(600_000);
  expect(started).toHaveLength(2);
});
