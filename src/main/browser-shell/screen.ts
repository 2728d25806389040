import { findChromium } from '#station/screen/find-chromium.ts';
import { hasDisplay } from '../shell/has-display.ts';
import type { Recoveries } from '../shell/recoveries.ts';
import type { SupervisedHost } from '../shell/supervised-host.ts';
import { isInUse, removeProfile, startChromium } from './chromium.ts';
import { openRecoveryServer } from './recovery-server.ts';
import { type SupervisedBrowser, superviseBrowser } from './supervised-browser.ts';

/** The visitor's page on this computer's display, in the system's browser. */
export interface Screen {
  /** Whether no browser runs on our profile. One that does may be another terminal's. */
  readonly isFree: () => boolean;
  /** Starts the browser, if there is a display, as soon as there is a browser, and keeps it alive. The second call does nothing. */
  readonly show: () => void;
  /** Shows the recovery page, with a sentence for the staff, until a host is up. */
  readonly standBy: (sentence: string) => void;
  /** Whether there is a display to show pages on. Without a browser nobody can use it. */
  readonly isWatched: boolean;
  /** The browser that runs now. */
  readonly pid: () => number | undefined;
  /** For how long nobody has touched the page, milliseconds; undefined while it is not known. */
  readonly untouchedMs: () => number | undefined;
  /** Starts the browser anew at a quiet moment. */
  readonly renew: () => void;
  /** Ends the browser and removes its profile. */
  readonly close: () => Promise<void>;
  /** What the technician is told once the terminal is up. */
  readonly sentence: string;
}

/** A browser may be installed, or upgraded, while the terminal runs. */
const LOOK_AGAIN_MS = 60_000;

/** What a screen is made of. */
export interface ScreenParts {
  readonly host: SupervisedHost;
  readonly address: string;
  /** The browser's own, thrown away. */
  readonly profileDir: string;
  readonly recoveryDir: string;
  readonly recoveries: Recoveries;
  /** Called whenever the page was seen to be usable. */
  readonly onUsable: () => void;
}

/** Without a display or a browser the terminal still serves its pages. */
export function openScreen(parts: ScreenParts): Screen {
  const { host, address, profileDir } = parts;
  const report = (sentence: string) => console.error(sentence);
  const recovery = openRecoveryServer(parts.recoveryDir, report);
  host.onUp(({ station }) => recovery.knowStation(station));
  const isWatched = hasDisplay();
  let browser: SupervisedBrowser | undefined;
  let trouble: string | undefined;
  let again: NodeJS.Timeout | undefined;
  const show = () => {
    if (!isWatched || browser !== undefined) return;
    clearTimeout(again);
    const chromium = findChromium();
    if (chromium === undefined) {
      // While it is being upgraded there is none.
      again = setTimeout(show, LOOK_AGAIN_MS);
      return;
    }
    browser = superviseBrowser({
      start: (page) => startChromium(chromium, profileDir, page),
      recoveryAddress: recovery.address,
      report,
      ...parts,
    });
    if (trouble !== undefined) browser.standBy(trouble);
  };
  return {
    isWatched,
    pid: () => browser?.pid(),
    isFree: () => !isInUse(profileDir),
    show,
    standBy: (sentence) => {
      recovery.knowTrouble(sentence);
      void recovery.settled.then(() => {
        trouble = sentence;
        // A browser that is not ours may be another terminal's.
        if (!isInUse(profileDir)) show();
        browser?.standBy(sentence);
      });
    },
    untouchedMs: () => browser?.untouchedMs(),
    renew: () => browser?.renew(),
    close: async () => {
      recovery.close();
      clearTimeout(again);
      if (browser === undefined) return;
      await browser.stop();
      removeProfile(profileDir);
    },
    sentence: sentenceFor(isWatched, address),
  };
}

function sentenceFor(isWatched: boolean, address: string): string {
  if (!isWatched)
    return `没有找到显示屏（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），只提供页面：${address}`;
  if (findChromium() === undefined)
    return `没有找到浏览器，请安装 chromium，装好后一分钟内自动显示；现在只提供页面：${address}`;
  return `终端已启动，页面在 ${address}，按 Ctrl+C 结束。`;
}
