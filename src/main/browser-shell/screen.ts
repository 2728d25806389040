import { hasDisplay } from '../shell/has-display.ts';
import type { SupervisedHost } from '../shell/supervised-host.ts';
import { isInUse, removeProfile, startChromium } from './chromium.ts';
import { findChromium } from './find-chromium.ts';
import { type SupervisedBrowser, superviseBrowser } from './supervised-browser.ts';

/** The visitor's page on this computer's display, in the system's browser. */
export interface Screen {
  /** Whether no browser runs on our profile. One that does may be another terminal's. */
  readonly isFree: () => boolean;
  /** Starts the browser, if there is a display and a browser, and keeps it alive. The second call does nothing. */
  readonly show: () => void;
  /** Ends the browser and removes its profile. */
  readonly close: () => Promise<void>;
  /** What the technician is told once the terminal is up. */
  readonly sentence: string;
}

/** Without a display or a browser the terminal still serves its pages. */
export function openScreen(host: SupervisedHost, address: string, profileDir: string): Screen {
  const chromium = hasDisplay() ? findChromium() : undefined;
  let browser: SupervisedBrowser | undefined;
  return {
    isFree: () => !isInUse(profileDir),
    show: () => {
      if (chromium === undefined) return;
      browser ??= superviseBrowser(
        () => startChromium(chromium, profileDir, address),
        host,
        (sentence) => console.error(sentence),
      );
    },
    close: async () => {
      if (browser === undefined) return;
      await browser.stop();
      removeProfile(profileDir);
    },
    sentence: sentenceFor(chromium, address),
  };
}

function sentenceFor(chromium: string | undefined, address: string): string {
  if (!hasDisplay())
    return `没有找到显示屏（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），只提供页面：${address}`;
  if (chromium === undefined)
    return `没有找到浏览器，请安装 chromium 后再启动，现在只提供页面：${address}`;
  return `终端已启动，页面在 ${address}，按 Ctrl+C 结束。`;
}
