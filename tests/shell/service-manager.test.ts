import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openServiceManager } from '../../src/main/shell/service-manager.ts';

let said: string[];
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** A program below a systemd that wants a beat a minute. */
function manager(environment: Record<string, string | undefined>) {
  return openServiceManager(
    environment,
    (socket, lines) => said.push(`${socket} ${lines.join(' ')}`),
    () => Date.now(),
  );
}
const below = () => ({ NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '60000000', PATH: '/bin' });

describe('a program below systemd', () => {
  test('says when it is ready, beats thrice in the time of the watchdog, each time ready again, and says that it ends', () => {
    const service = manager(below());
    expect(said).toEqual([]);
    service.ready();
    vi.advanceTimersByTime(60_000);
    service.stop();
    vi.advanceTimersByTime(600_000);
    expect(said).toEqual([
      '/run/notify READY=1',
      ...Array.from({ length: 3 }, () => '/run/notify READY=1 WATCHDOG=1'),
      '/run/notify STOPPING=1',
    ]);
  });

  test('beats no more when nobody could use the page for ten minutes, and again when somebody can', () => {
    const service = manager(below());
    service.ready();
    vi.advanceTimersByTime(599_000);
    const while10 = said.length;
    vi.advanceTimersByTime(600_000);
    expect(said).toHaveLength(while10);
    service.usable();
    vi.advanceTimersByTime(20_000);
    expect(said).toHaveLength(while10 + 1);
    service.stop();
  });

  test('beats no more after ten minutes, however often it says that it is ready', () => {
    const service = manager(below());
    for (let minute = 0; minute < 30; minute += 1) {
      service.ready();
      vi.advanceTimersByTime(60_000);
    }
    expect(said.filter((line) => line.endsWith('WATCHDOG=1'))).toHaveLength(29);
    service.stop();
  });

  test('keeps to itself where systemd listens', () => {
    const environment: Record<string, string | undefined> = below();
    manager(environment);
    expect(environment).toEqual({ PATH: '/bin' });
  });

  test('says nothing where there is none', () => {
    const service = manager({ PATH: '/bin' });
    expect([service.isService, manager(below()).isService]).toEqual([false, true]);
    service.ready();
    service.usable();
    vi.advanceTimersByTime(600_000);
    service.stop();
    expect(said).toEqual([]);
  });
});
