import type { Computer } from '#station/doctor/computer.ts';

/** A touch screen as Linux lists it. */
export const TOUCH_SCREEN = `I: Bus=0003 Vendor=0eef Product=c002 Version=0111
N: Name="eGalax Touch"
P: Phys=usb-0000:00:14.0-1/input0
B: PROP=2
B: EV=1b
B: KEY=400 0 0 0 0 0
B: ABS=273800000000003
`;

/** A mouse: it points, but not straight at the screen. */
export const MOUSE = `I: Bus=0003 Vendor=046d Product=c077 Version=0111
N: Name="Optical Mouse"
B: PROP=0
B: EV=17
B: REL=903
`;

/** The description of a panel of 698 mm on 1920 pixels: 0.3635 mm a pixel. */
export function edid(pixels = 1920, mm = 698): Buffer {
  const bytes = Buffer.alloc(128);
  bytes[56] = pixels & 0xff;
  bytes[58] = (pixels >> 4) & 0xf0;
  bytes[66] = mm & 0xff;
  bytes[68] = (mm >> 4) & 0xf0;
  return bytes;
}

type Programs = Readonly<Record<string, string>>;

/** A terminal's computer on which all is well; `planted` replaces what a test wants otherwise. */
export function plantedComputer(
  planted: Partial<Computer> & {
    readonly files?: Readonly<Record<string, Buffer>>;
    readonly programs?: Programs;
  } = {},
): Computer {
  const { files = {}, programs = {}, ...rest } = planted;
  const all: Readonly<Record<string, Buffer>> = {
    '/proc/bus/input/devices': Buffer.from(`${MOUSE}\n${TOUCH_SCREEN}`),
    '/sys/class/drm/card0-DP-1/status': Buffer.from('connected\n'),
    '/sys/class/drm/card0-DP-1/edid': edid(),
    ...files,
  };
  const answers: Programs = {
    timedatectl: 'yes\n',
    'fc-list': 'Noto Sans CJK SC\n',
    'espeak-ng': 'Pty Language Age/Gender VoiceName\n 5  cmn  --/M  Chinese_(Mandarin)\n',
    ...programs,
  };
  return {
    platform: 'linux',
    programFiles: async () => ({ count: 900, missing: [], changed: [] }),
    environment: { DISPLAY: ':0' },
    read: (path) => all[path],
    list: (folder) => (folder === '/sys/class/drm' ? ['card0-DP-1'] : []),
    sizeOf: () => 1_000_000,
    run: async (command) => {
      const output = answers[command];
      const bytes = Buffer.from(output ?? '');
      return output === undefined
        ? { how: 'missing', code: -1, output: '', bytes, errors: '' }
        : { how: 'exited', code: 0, output, bytes, errors: '' };
    },
    space: async () => ({ free: 50e9, total: 100e9 }),
    tryWriting: () => 12,
    browser: () => '/usr/bin/chromium',
    addresses: () => ['192.168.1.20'],
    missingGlyphs: () => [],
    ...rest,
  };
}
