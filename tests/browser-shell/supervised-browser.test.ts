import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PageEye } from '../../src/main/browser-shell/page-eye.ts';
import {
  BROWSER_TIMES,
  type BrowserProcess,
  type SupervisedBrowser,
  superviseBrowser,
} from '../../src/main/browser-shell/supervised-browser.ts';
import type { PageLook } from '../../src/main/shell/page-look.ts';
import { NO_RECORD } from '../../src/main/shell/recoveries.ts';
import type { HostInfo } from '../../src/main/shell/supervised-host.ts';

/** A browser that does nothing but die when it is told to. */
class FakeBrowser implements BrowserProcess {
  readonly pid: number;
  readonly #exit = Promise.withResolvers<void>();
  readonly exited = this.#exit.promise;
  closed = false;
  readonly eye: FakeEye | undefined;
  readonly address: string;

  constructor(pid: number, address: string, eye?: FakeEye) {
    this.pid = pid;
    this.address = address;
    this.eye = eye;
  }

  readonly kill = () => this.#exit.resolve();
  readonly close = async () => {
    this.closed = true;
    this.kill();
  };
}

/** An eye that sees what a test tells it. */
class FakeEye implements PageEye {
  sees: PageLook | 'nothing' | 'no-answer' = 'sound';
  readonly loads: (string | undefined)[] = [];
  crash: () => void = () => {};
  readonly look = async () => {
    if (this.sees === 'no-answer') return new Promise<undefined>(() => {});
    return this.sees === 'nothing' ? undefined : { look: this.sees, untouchedMs: 1000 };
  };
  readonly load = (address?: string) => {
    this.loads.push(address);
    // What was seen belonged to the page before.
    this.sees = 'sound';
  };
  readonly onCrash = (listener: () => void) => {
    this.crash = listener;
  };
}

class FakeHost {
  restarts = 0;
  readonly restart = () => {
    this.restarts += 1;
  };
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
let noted: string[];
let usable: number;

const HOME = 'http://127.0.0.1:1/visitor/';
const RECOVERY = 'http://127.0.0.1:2/recovery/';

/** Starts supervising browsers, with an eye on their pages or without. */
function supervise(withEyes: boolean): void {
  supervised = superviseBrowser({
    start: (address) => {
      const eye = withEyes ? new FakeEye() : undefined;
      const browser = new FakeBrowser(browsers.length + 1, address, eye);
      browsers.push(browser);
      return browser;
    },
    address: HOME,
    recoveryAddress: () => RECOVERY,
    host,
    recoveries: {
      ...NO_RECORD,
      note: (...words) => noted.push(words.join(' ')),
    },
    report: (sentence) => reported.push(sentence),
    onUsable: () => {
      usable += 1;
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  browsers = [];
  reported = [];
  host = new FakeHost();
  noted = [];
  usable = 0;
  supervise(false);
});
afterEach(async () => {
  await supervised.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a supervised browser without a host', () => {
  const shown = () => browsers.at(-1)?.address;
  beforeEach(async () => {
    await supervised.stop();
    browsers = [];
    supervise(true);
    host.pages(1);
    host.down();
  });

  test('keeps its page until it is told that none is coming, then shows the recovery page until there is one', async () => {
    await pass(3_600_000);
    expect({ shown: shown(), restarts: supervised.restarts() }).toEqual({
      shown: HOME,
      restarts: 0,
    });
    supervised.standBy('磁盘满了。');
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    expect(shown()).toBe(RECOVERY);
    await pass(3_600_000);
    expect({ shown: shown(), noted }).toEqual({ shown: RECOVERY, noted: [] });
    host.up({});
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    expect(shown()).toBe(HOME);
  });

  test('keeps its page when the host is back already when it is told so', async () => {
    host.up({});
    host.pages(1);
    supervised.standBy('磁盘满了。');
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    expect({ shown: shown(), restarts: supervised.restarts() }).toEqual({
      shown: HOME,
      restarts: 0,
    });
  });

  test('shows the recovery page anew when the trouble is another one, and only then', async () => {
    supervised.standBy('后台程序启动不了。');
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    supervised.standBy('后台程序启动不了。');
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    expect({ shown: shown(), restarts: supervised.restarts() }).toEqual({
      shown: RECOVERY,
      restarts: 1,
    });
    supervised.standBy('磁盘满了。');
    await pass(3_600_000);
    expect({ shown: shown(), restarts: supervised.restarts() }).toEqual({
      shown: RECOVERY,
      restarts: 2,
    });
  });

  test('counts the recovery page as all that can be had, as long as it stands', async () => {
    supervised.standBy('磁盘满了。');
    await pass(LONG_ENOUGH_TO_RESTART_MS);
    usable = 0;
    await pass(60_000);
    expect(usable).toBeGreaterThan(5);
    const eye = browsers.at(-1)?.eye ?? expect.unreachable('no eye');
    eye.sees = 'white';
    await pass(60_000);
    expect(shown()).toBe(RECOVERY);
    expect(browsers.at(-1)?.eye).not.toBe(eye);
  });
});

test('a browser that cannot even be started is tried again', async () => {
  let tries = 0;
  const unlucky = superviseBrowser({
    ...{ address: HOME, recoveryAddress: () => RECOVERY, host },
    start: () => {
      tries += 1;
      if (tries < 3) throw Object.assign(new Error('read-only'), { code: 'EROFS' });
      return new FakeBrowser(7, HOME);
    },
    recoveries: NO_RECORD,
    ...{ report: () => {}, onUsable: () => {} },
  });
  await pass(5000);
  expect(unlucky.pid()).toBe(7);
  await unlucky.stop();
});

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
    supervise(false);
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
    await pass(pageWithinMs - 1);
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

describe('a supervised browser that is looked into', () => {
  beforeEach(async () => {
    await supervised.stop();
    browsers = [];
    supervise(true);
    host.pages(1);
  });
  const eye = () => browsers.at(-1)?.eye ?? expect.unreachable('no browser');
  const LOOKS_MS = 30_000;

  test('is left alone while its page is sound, and counts as usable', async () => {
    await pass(3_600_000);
    expect(supervised.restarts()).toBe(0);
    expect(noted).toEqual([]);
    expect(usable).toBeGreaterThan(1000);
    expect(supervised.untouchedMs()).toBe(1000);
  });

  test.each(['white', 'covered', 'deaf'] as const)('loads a page anew that is %s', async (look) => {
    eye().sees = look;
    await pass(LOOKS_MS);
    expect(noted).toEqual([`page ${look} reload`]);
    expect(eye().loads).toEqual([undefined]);
    expect(supervised.restarts()).toBe(0);
  });

  test('gives a page its time to be drawn', async () => {
    eye().sees = 'white';
    await pass(BROWSER_TIMES.settleMs - BROWSER_TIMES.lookEveryMs);
    expect(noted).toEqual([]);
  });

  test('loads a page anew at once when its process ended', async () => {
    eye().crash();
    expect(noted).toEqual(['page gone reload']);
    expect(eye().loads).toEqual([undefined]);
  });

  test('starts another browser when the page answers nothing any more', async () => {
    eye().sees = 'no-answer';
    await pass(LOOKS_MS);
    expect(noted).toEqual(['page hung window']);
    expect(supervised.restarts()).toBe(1);
  });

  test('climbs from loading to home, another browser, another host, and the recovery page; after a minute from the foot', async () => {
    for (let fault = 0; fault < 5; fault += 1) {
      eye().crash();
      await pass(LONG_ENOUGH_TO_RESTART_MS * 10);
    }
    expect(noted.map((line) => line.split(' ').at(-1))).toEqual([
      'reload',
      'home',
      'window',
      'host',
      'recovery-page',
    ]);
    expect(host.restarts).toBe(1);
    expect(browsers.at(-1)?.address).toBe(RECOVERY);
    const before = noted.length;
    await pass(BROWSER_TIMES.recoveryPageMs + LONG_ENOUGH_TO_RESTART_MS * 10);
    expect(browsers.at(-1)?.address).toBe(HOME);
    expect(noted).toHaveLength(before);
  });

  test('begins at the foot after a quiet while', async () => {
    eye().crash();
    host.pages(1);
    await pass(BROWSER_TIMES.ladderQuietMs + 1);
    eye().crash();
    expect(noted).toEqual(['page gone reload', 'page gone reload']);
  });

  test('does not count as usable while the host is down', async () => {
    host.down();
    const before = usable;
    await pass(LOOKS_MS);
    expect(usable).toBe(before);
  });
});
