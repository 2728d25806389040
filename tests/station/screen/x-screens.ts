import type { Computer } from '#station/doctor/computer.ts';

/** Screens of a computer as `xset` of Debian 12 tells of them and switches them. */
export interface XScreens extends Pick<Computer, 'run'> {
  /** What was asked but for questions. */
  readonly asked: string[];
  /** Somebody touches: the X server lights the screens by itself. */
  readonly touch: () => void;
  readonly isOff: () => boolean;
}

/** `none`: no X server answers; `unpowered`: one that cannot switch its screens, as Xvfb. */
export function xScreens(kind: 'powered' | 'unpowered' | 'none' = 'powered'): XScreens {
  const asked: string[] = [];
  let isEnabled = false;
  let isOff = false;
  const answer = (output: string, code = 0) => ({
    ...{ how: 'exited' as const, code, output, bytes: Buffer.from(output), errors: '' },
  });
  const state = () => {
    if (kind === 'unpowered') return '  Server does not have the DPMS Extension\n';
    if (!isEnabled) return '  Standby: 0    Suspend: 0    Off: 0\n  DPMS is Disabled\n';
    return `  Standby: 0    Suspend: 0    Off: 0\n  DPMS is Enabled\n  Monitor is ${isOff ? 'Off' : 'On'}\n`;
  };
  return {
    asked,
    touch: () => {
      isOff = false;
    },
    isOff: () => isOff,
    run: async (command, ...args) => {
      if (command !== 'xset') throw new Error(`${command} is not known here`);
      if (kind === 'none') return answer('', 1);
      const words = args.join(' ');
      if (words === 'q')
        return answer(`Screen Saver:\n  timeout:  0\nDPMS (Energy Star):\n${state()}`);
      asked.push(words);
      if (words === '-dpms') isEnabled = false;
      else isEnabled = true;
      if (words === 'dpms force off') isOff = true;
      if (words === 'dpms force on' || words === '-dpms') isOff = false;
      return answer('');
    },
  };
}
