import type { Computer } from '../doctor/computer.ts';

/** Whether the screens of this computer can be switched off by the system, and whether they are. */
export type ScreenPower = 'on' | 'off' | 'cannot';

/**
 * Switches the screens of this computer off or on (X11: DPMS); tells whether they are off. The X server itself lights them again
 * at any touch, whatever becomes of this program.
 */
export async function switchScreen(
  computer: Pick<Computer, 'run'>,
  isOff: boolean,
): Promise<boolean> {
  const { run } = computer;
  const power = await screenPower(computer);
  if (power === 'cannot' || (power === 'off') === isOff) return power === 'off';
  if (isOff) {
    // No times of its own: off when it is said, on when somebody touches.
    await run('xset', 'dpms', '0', '0', '0');
    await run('xset', 'dpms', 'force', 'off');
  } else {
    await run('xset', 'dpms', 'force', 'on');
    await run('xset', '-dpms');
  }
  return (await screenPower(computer)) === 'off';
}

/** Where there is no X server, or one whose screens have no power management, nothing can be switched. */
export async function screenPower({ run }: Pick<Computer, 'run'>): Promise<ScreenPower> {
  const { how, code, output } = await run('xset', 'q');
  if (how !== 'exited' || code !== 0) return 'cannot';
  // Without the extension: "Server does not have the DPMS Extension".
  if (!/^\s*DPMS is (?:En|Dis)abled/m.test(output)) return 'cannot';
  // Standby and suspended screens are dark, too; while DPMS is disabled nothing is said of the monitor.
  return /Monitor is (?:Off|in Standby|in Suspend)/.test(output) ? 'off' : 'on';
}
