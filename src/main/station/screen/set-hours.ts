import { readScreenHours, type ScreenHours } from '#shared/screen/screen-hours.ts';
import type { Computer } from '../doctor/computer.ts';

/** Where the settings of a terminal's computer are; its units hand them to the program (build/machine). */
const MACHINE_CONF = '/etc/legal-kiosk/machine.conf';

/** The hours that a technician set: as this program was started with them. */
export function setHours({ environment }: Pick<Computer, 'environment'>): ScreenHours {
  return readScreenHours(environment.SCREEN_HOURS);
}

/** The same, also for a command that no unit started. */
export function setHoursHere(computer: Pick<Computer, 'environment' | 'read'>): ScreenHours {
  if (computer.environment.SCREEN_HOURS !== undefined) return setHours(computer);
  const file = computer.read(MACHINE_CONF)?.toString() ?? '';
  return readScreenHours(
    [...file.matchAll(/^\s*SCREEN_HOURS=(["']?)(.*?)\1\s*$/gm)].map(([, , value]) => value).at(-1),
  );
}
