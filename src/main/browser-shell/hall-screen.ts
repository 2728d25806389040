import { absentHost } from '../shell/absent-host.ts';
import { NO_RECORD } from '../shell/recoveries.ts';
import {
  type BrowserProcess,
  type BrowserTimes,
  type SupervisedBrowser,
  superviseBrowser,
} from './supervised-browser.ts';

const ASK_EVERY_MS = 2000;
/**
 * The page is in touch again by itself when the host was away; only while nothing is served for long may something (a fault
 * of the page, a start) have left Chromium's own error page in its place. A renewal at each slow answer would cut off calls.
 */
const LONG_AWAY_MS = 30_000;

/** What the hall display is made of. */
export interface HallParts {
  readonly address: string;
  /** Starts a browser on the display's page. */
  readonly start: (address: string) => BrowserProcess;
  /** Whether the station host, which is another program's, gives its pages now. */
  readonly isHostThere: () => Promise<boolean>;
}

export interface HallScreen {
  readonly pid: () => number | undefined;
  readonly renew: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * Keeps the hall display's page in a browser: starts it when the host gives pages, watches it like the terminal's own page, and
 * starts it anew when the host was away for long and is back. While the host is away the page stays and says so itself.
 * `clock` is monotonic milliseconds.
 */
export function openHallScreen(
  parts: HallParts,
  times: Partial<BrowserTimes> = {},
  clock: () => number = () => performance.now(),
): HallScreen {
  const { address, start, isHostThere } = parts;
  let lastThere = 0;
  let browser: SupervisedBrowser | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  const ask = async () => {
    const isThere = await isHostThere();
    if (isStopping) return;
    if (isThere) {
      if (browser === undefined) browser = superviseBrowser({ ...ALONE, address, start }, times);
      else if (clock() - lastThere > LONG_AWAY_MS) browser.renew();
      lastThere = clock();
    }
    timer = setTimeout(() => void ask(), ASK_EVERY_MS);
  };
  void ask();
  return {
    pid: () => browser?.pid(),
    renew: () => browser?.renew(),
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await browser?.stop();
    },
  };
}

/** The host is not this program's to know or to restart, and the data folder not its to write to. */
const ALONE = {
  host: absentHost(''),
  recoveryAddress: () => undefined,
  recoveries: NO_RECORD,
  report: (sentence: string) => console.error(sentence),
  onUsable: () => {},
};
