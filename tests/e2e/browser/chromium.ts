import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../src/main/station/screen/find-chromium.ts';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Letters of the same width on every machine.
  '--font-render-hinting=none',
];

/** The system's Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium was found; run npm test');
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}

/** A screen in CSS pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
}

export const PORTRAIT: Screen = { width: 1080, height: 1920 };
export const LANDSCAPE: Screen = { width: 1920, height: 1080 };

/** A page on a touch screen, with its faults. */
export interface TouchPage {
  readonly page: Page;
  /** What the console and the security policy complained of so far. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** Opens an empty page on a touch screen of its own, without any mouse. */
export async function openTouchPage(browser: Browser, screen: Screen): Promise<TouchPage> {
  const context = await browser.newContext({
    viewport: screen,
    hasTouch: true,
    locale: 'zh-CN',
    // Sheets and scrolling would otherwise still be moving when they are measured.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults = await collectFaults(context, page);
  return { page, faults, close: () => context.close() };
}

async function collectFaults(context: BrowserContext, page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => {
    // Leaving a page in the middle of a request is no fault.
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') faults.push(`${request.url()}: ${reason}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return faults;
}
