import { createRouterClient } from '@orpc/server';
import { terminalContext } from '../access/caller.ts';
import type { StationRouter } from '../router.ts';

/**
 * Answers home once to nobody, while the browser is still coming up: the first answer of a process costs twenty times the second,
 * and the first visitor of the day, or after a restart, would wait for it. A fault in it is left to the page that asks next.
 */
export async function rehearseHome(router: StationRouter): Promise<void> {
  const station = createRouterClient(router, { context: terminalContext() });
  try {
    await station.home.view({ language: 'zh-CN' });
  } catch {}
}
