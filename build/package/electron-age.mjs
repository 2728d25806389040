import { SetupError } from '../setup/say.mjs';

/** The pinned Electron's major, and the day of its first release as npm has it. Changed together with the pin in `package.json`. */
export const PINNED = { major: 45, released: '2026-10-21' };

/** Electron mends its newest three majors, and brings one every eight weeks (its "Release Timelines"). */
const SUPPORTED_DAYS = 3 * 8 * 7;
const DAY_MS = 86_400_000;

/**
 * Refuses to ship an Electron for which there are no corrections of security any more. Offline: nobody is asked.
 * @param {number} now epoch milliseconds
 * @throws {SetupError} with what is to be done
 */
export function assureSupported(now) {
  const until = Date.parse(PINNED.released) + SUPPORTED_DAYS * DAY_MS;
  if (now <= until) return;
  const day = new Date(until).toISOString().slice(0, 10);
  throw new SetupError(
    `Electron ${PINNED.major} 到 ${day} 已不再有安全更新，不能再打包发布：请升级 package.json 里的 electron，并改 build/package/electron-age.mjs。`,
  );
}
