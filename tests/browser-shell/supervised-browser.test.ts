import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  BROWSER_TIMES,
  type BrowserProcess,
  type SupervisedBrowser,
  superviseBrowser,
} from '../../src/main/browser-shell/supervised-browser.ts';
import type { HostInfo } from '../../src/main/shell/supervised-host.ts';

/** A browser that does nothing but die when it is told to. */
class FakeBrowser implements BrowserProcess {
  readonly pid: number;
  readonly #exit = Promise.withResolvers<void>();
  readonly exited = this.#exit.promise;
  closed = false;

  constructor(pid: number) {
    this.pid = pid;
  }

  readonly kill = () => this.#exit.resolve();
  readonly close = async () => {
    this.closed = true;
    this.kill();
  };
}

class FakeHost {
  isUp = () => true;
  up: (info: HostInfo) => void = () => {};
  down: () => void = () => {};
  pages: (count: number) => void = () => {};
  readonly onUp = (listener: (info: HostInfo) => void) => {
    this.up = listener;
    return () => {};
  };
  readonly onDown = (listener: () => void) => {
    this.down = listener;
    return () => {};
  };
  readonly onPages = (listener: (count: number) => void) => {
    this.pages = listener;
    return () => {};
  };
}

const { pageWithinMs, pageBackWithinMs } = BROWSER_TIMES;
const LONG_ENOUGH_TO_RESTART_MS = 500;

let browsers: FakeBrowser[];
let reported: string[];
let host: FakeHost;
let supervised: SupervisedBrowser;

beforeEach(() => {
  vi.useFakeTimers();
  browsers = [];
  reported = [];
  host = new FakeHost();
  supervised = superviseBrowser(
    () => {
      const browser = new FakeBrowser(browsers.length + 1);
      browsers.push(browser);
      return browser;
    },
    host,
    (sentence) => reported.push(sentence),
  );
});
afterEach(async () => {
  await supervised.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a supervised browser', () => {
  test('is left alone while its page talks to the host', async () => {
    host.pages(1);
    await pass(24 * 3_600_000);
    expect(supervised.restarts()).toBe(0);
  });

  test('is started anew when it dies', async () => {
    host.pages(1);
    browsers[0]?.kill();
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    expect(supervised.pid()).toBe(2);
  });

  test('is started anew when its page is lost and stays so', async () => {
    host.pages(1);
    host.pages(0);
    await pass(pageBackWithinMs + LONG_ENOUGH_TO_RESTART_MS);
    expect(supervised.pid()).toBe(2);
  });

  test('is left alone when its page comes back by itself', async () => {
    host.pages(1);
    host.pages(0);
    await pass(pageBackWithinMs - 1);
    host.pages(1);
    await pass(pageWithinMs * 2);
    expect(supervised.restarts()).toBe(0);
  });

  test('that was started before its host is given its time only when the host is up', async () => {
    await supervised.stop();
    host.isUp = () => false;
    supervised = superviseBrowser(
      () => {
        const browser = new FakeBrowser(browsers.length + 1);
        browsers.push(browser);
        return browser;
      },
      host,
      (sentence) => reported.push(sentence),
    );
    await pass(10 * pageWithinMs);
    expect(supervised.restarts()).toBe(0);
    host.up({});
    await pass(pageWithinMs + LONG_ENOUGH_TO_RESTART_MS);
    expect(supervised.restarts()).toBe(1);
  });

  test('is started anew when its page never comes', async () => {
    await pass(pageWithinMs + LONG_ENOUGH_TO_RESTART_MS);
    expect(supervised.pid()).toBe(2);
  });

  test('is not blamed while the host is down', async () => {
    host.pages(1);
    host.down();
    host.pages(0);
    await pass(pageWithinMs * 10);
    expect(supervised.restarts()).toBe(0);
    host.up({});
    await pass(pageWithinMs - 1);
    host.pages(1);
    await pass(pageWithinMs);
    expect(supervised.restarts()).toBe(0);
  });

  test('that fails again and again is told of once and tried for ever', async () => {
    for (let at = 0; at < 20; at += 1) {
      browsers.at(-1)?.kill();
      await pass(BROWSER_TIMES.longestPauseMs);
    }
    expect(browsers).toHaveLength(21);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatch(/^[^\n]+。$/);
  });

  test('is closed in order on stop and does not come back', async () => {
    await supervised.stop();
    await pass(pageWithinMs * 2);
    expect(browsers.map((browser) => browser.closed)).toEqual([true]);
  });

  test('does not come back when it is stopped between two starts', async () => {
    browsers[0]?.kill();
    await pass(1);
    await supervised.stop();
    await pass(pageWithinMs);
    expect(browsers).toHaveLength(1);
  });
});
