import { findChromium } from '#station/screen/find-chromium.ts';
import { startNightRenewal } from '../shell/night-renewal.ts';
import { removeProfile, startChromium } from './chromium.ts';
import { openHallScreen } from './hall-screen.ts';

/** Calls sound without anybody having touched the page, and nothing of it is kept in memory, where its profile lies. */
const HALL_FLAGS = ['--autoplay-policy=no-user-gesture-required', '--disk-cache-size=1'];
const ANSWER_MS = 2000;

/**
 * The hall display on a second screen: `hall ADDRESS PROFILE LEFT TOP WIDTH HEIGHT`, as `build/machine/hall-display` calls it.
 * A program of its own, because it may see nothing of the terminal's data.
 */
function main([address = '', profileDir = '', left, top, width, height]: readonly string[]): void {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.error('没有找到浏览器，叫号大屏打不开；请安装 chromium。');
    process.exitCode = 3;
    return;
  }
  const place = [`--window-position=${left},${top}`, `--window-size=${width},${height}`];
  const screen = openHallScreen({
    address,
    start: (page) => startChromium(chromium, profileDir, page, [...HALL_FLAGS, ...place]),
    isHostThere: () => answers(address),
  });
  startNightRenewal({ isAtRest: () => true, untouchedMs: () => undefined, renew: screen.renew });
  const end = async () => {
    await screen.stop();
    removeProfile(profileDir);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => void end());
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) })).ok;
  } catch {
    return false;
  }
}

main(process.argv.slice(2));
