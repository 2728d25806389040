import { setTimeout as pause } from 'node:timers/promises';
import type { LockedShell } from './locked-shell.ts';

/** The visitor's page by its name; the header, with the name of the station, is on every page. */
const PAGE = `document.querySelector('main')?.dataset.page`;
const FIRST_ROW = `document.querySelector('main button[class*="row"]').click()`;

/** Which page of the visitor's is shown; undefined when none is. */
export function shownPage(shell: LockedShell): Promise<unknown> {
  return shell.run(PAGE).catch(() => undefined);
}

/** Opens a page that is not home, whatever stood there before. Throws when it does not come. */
export async function leaveHome(shell: LockedShell, ms: number): Promise<void> {
  await shell.run('location.reload(); undefined').catch(() => {});
  if (!(await becomes(shell, ms, (page) => page === 'home'))) throw new Error('home did not come');
  await shell.run(`${FIRST_ROW}; undefined`);
  const isAway = (page: unknown) => page !== undefined && page !== 'home';
  if (!(await becomes(shell, ms, isAway))) throw new Error('there is no way from home');
}

/** Whether home is shown after a time in which nobody touches the screen. */
export function isHomeWithin(shell: LockedShell, ms: number): Promise<boolean> {
  return becomes(shell, ms, (page) => page === 'home');
}

async function becomes(
  shell: LockedShell,
  ms: number,
  isIt: (page: unknown) => boolean,
): Promise<boolean> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    if (isIt(await shownPage(shell))) return true;
    await pause(500);
  }
  return false;
}
