/**
 * After so many milliseconds without a fault everything begins at its lightest again. `KIOSK_QUIET_MS` is for tests that
 * plant faults one by one, faster than they come in life.
 */
export function quietMs(usual: number): number {
  return Number(process.env.KIOSK_QUIET_MS ?? usual);
}
