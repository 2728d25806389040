import type { HallView } from '#shared/contract/queue.ts';

/** Whether nobody in the hall waits for a call. */
export function doesNobodyWait({ lines }: Pick<HallView, 'lines'>): boolean {
  return lines.every(({ waiting }) => waiting === 0);
}

/** Whether nobody waits and no window is open, so that a restart or a dark screen is in nobody's way. */
export function isHallAtRest(view: Pick<HallView, 'lines' | 'windows'>): boolean {
  return doesNobodyWait(view) && view.windows.every(({ state }) => state === 'closed');
}
