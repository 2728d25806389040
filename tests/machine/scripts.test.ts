import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runScript, standIns } from './run-script.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const calls = () =>
  existsSync(join(folder, 'calls'))
    ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
    : [];

describe('screens', () => {
  /** As `xrandr --prop` prints two screens and an empty plug. */
  const TWO = `Screen 0: minimum 320 x 200, current 3000 x 1920, maximum 16384 x 16384
HDMI-1 connected 1920x1080+1080+0 (normal left inverted right x axis y axis) 1600mm x 900mm
	EDID:
		00ffffffffffff004c2d000000000001
		01010101010101010101010101010101
	Broadcast RGB: Automatic
   1920x1080     60.00*+
DP-1 connected primary 1080x1920+0+0 right (normal left inverted right x axis y axis) 340mm x 600mm
	EDID:
		00ffffffffffff0010ac000000000002
		02020202020202020202020202020202
   1920x1080     60.00*+
DP-2 disconnected (normal left inverted right x axis y axis)
`;
  const TOUCH = 'case "$*" in *--id-only*) echo "⎣ 9";; *) echo "  Touch mode: direct";; esac';
  /** Stand-ins for a computer with these screens. */
  const withScreens = (text: string) => {
    writeFileSync(join(folder, 'screens'), text);
    return standIns(folder, {
      xrandr: `case "$*" in '' | --prop) cat '${join(folder, 'screens')}' ;; esac`,
      xinput: `case "$*" in map*) ;; *) ${TOUCH} ;; esac`,
    });
  };
  const fingerprints = (path: string) =>
    Object.fromEntries(
      runScript('displays', ['list'], { PATH: path })
        .out.trim()
        .split('\n')
        .map((line) => line.split(' ')),
    ) as Record<string, string>;
  const arranged = () => calls().filter((line) => /--output|map-to/.test(line));

  test('are listed by plug and by their own data', () => {
    const known = fingerprints(withScreens(TWO));
    expect(Object.keys(known)).toEqual(['HDMI-1', 'DP-1']);
    for (const print of Object.values(known)) expect(print).toMatch(/^edid:[0-9a-f]{12}$/);
    expect(known['HDMI-1']).not.toBe(known['DP-1']);
  });

  test('keep their pictures when their cables are swapped', () => {
    const path = withScreens(TWO);
    const known = fingerprints(path);
    const settings = {
      PATH: path,
      MAIN_DISPLAY: known['DP-1'] ?? '',
      HALL_DISPLAY: known['HDMI-1'] ?? '',
      MAIN_ROTATION: 'right',
    };
    expect(runScript('displays', ['apply'], settings).code).toBe(0);
    expect(arranged()).toEqual([
      'xrandr --output DP-1 --auto --primary --pos 0x0 --rotate right',
      'xrandr --output HDMI-1 --auto --right-of DP-1 --rotate normal',
      'xinput map-to-output 9 DP-1',
    ]);
    rmSync(join(folder, 'calls'));
    withScreens(TWO.replace('HDMI-1', 'DP-9').replace('DP-1', 'HDMI-1').replace('DP-9', 'DP-1'));
    runScript('displays', ['apply'], settings);
    expect(arranged()).toEqual([
      'xrandr --output HDMI-1 --auto --primary --pos 0x0 --rotate right',
      'xrandr --output DP-1 --auto --right-of HDMI-1 --rotate normal',
      'xinput map-to-output 9 HDMI-1',
    ]);
  });

  test('that nobody named stay dark, and the terminal takes another when its own is gone, but not the hall', () => {
    const path = withScreens(TWO);
    runScript('displays', ['apply'], { PATH: path, MAIN_DISPLAY: 'DP-1' });
    expect(arranged()).toContain('xrandr --output HDMI-1 --off');
    rmSync(join(folder, 'calls'));
    runScript('displays', ['apply'], { PATH: path, MAIN_DISPLAY: 'VGA-1', HALL_DISPLAY: 'HDMI-1' });
    expect(arranged()[0]).toContain('--output DP-1 --auto --primary');
  });

  test('say where the hall display stands', () => {
    const path = withScreens(TWO);
    const place = runScript('displays', ['where', 'hall'], { PATH: path, HALL_DISPLAY: 'HDMI-1' });
    expect(place).toMatchObject({ code: 0, out: '1080 0 1920 1080\n' });
    expect(runScript('displays', ['where', 'hall'], { PATH: path }).code).not.toBe(0);
  });

  test('are what the program of the hall display is told: its page, a profile of its own, its place', () => {
    const node = join(folder, 'node');
    writeFileSync(node, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const settings = { HALL_NODE: node, HALL_PROGRAM: node, HALL_PROFILE: '/run/hall' };
    const here = { PATH: withScreens(TWO), HALL_DISPLAY: 'HDMI-1', ...settings };
    expect(runScript('hall-display', ['wanted'], here).code).toBe(0);
    expect(runScript('hall-display', ['show'], here)).toMatchObject({
      ...{ code: 0, out: `${node} http://127.0.0.1:7348/display/ /run/hall 1080 0 1920 1080\n` },
    });
    expect(runScript('hall-display', ['wanted'], { ...here, HALL_DISPLAY: '' }).code).not.toBe(0);
  });

  test('none at all is said', () => {
    const ended = runScript('displays', ['apply'], { PATH: withScreens('Screen 0: none\n') });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('No screen is plugged in.');
  });
});

describe('orders of the terminal to its computer', () => {
  const order = (...names: string[]) => {
    const orders = join(folder, 'orders');
    mkdirSync(orders, { recursive: true });
    for (const name of names) writeFileSync(join(orders, name), 'rm -rf /');
    return orders;
  };
  const carryOut = (orders: string) =>
    runScript('orders', [], { PATH: standIns(folder, { systemctl: '' }), ORDERS: orders });

  test('are carried out once and gone', () => {
    const orders = order('restart');
    expect(carryOut(orders).code).toBe(0);
    expect(calls()).toEqual(['systemctl --no-block reboot']);
    expect(readdirSync(orders)).toEqual([]);
    carryOut(orders);
    expect(calls()).toHaveLength(1);
  });

  test('that are none are thrown away', () => {
    const orders = order('install', '.hidden', '..x', '$(reboot)', 'a name');
    symlinkSync('/etc/passwd', join(orders, 'link'));
    mkdirSync(join(orders, 'folder'));
    expect(carryOut(orders).code).toBe(0);
    expect(calls()).toEqual([]);
    expect(readdirSync(orders)).toEqual([]);
    expect(existsSync('/etc/passwd')).toBe(true);
  });
});

test('orders in a folder that is a link are not carried out, and nothing behind it is deleted', () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'restart'), 'dear');
  symlinkSync(elsewhere, join(folder, 'orders'));
  const path = standIns(folder, { systemctl: '' });
  expect(runScript('orders', [], { PATH: path, ORDERS: join(folder, 'orders') }).code).toBe(1);
  expect(calls()).toEqual([]);
  expect(readdirSync(elsewhere)).toEqual(['restart']);
});

describe('the door for sticks', () => {
  /** A bus with a stick and a touch screen on it. */
  function bus(): string {
    const usb = join(folder, 'usb');
    for (const [name, kind] of [
      ['1-1:1.0', '08'],
      ['1-2:1.0', '03'],
    ] as const) {
      mkdirSync(join(usb, name), { recursive: true });
      writeFileSync(join(usb, name, 'bInterfaceClass'), `${kind}\n`);
      writeFileSync(join(usb, name, 'authorized'), 'as it was');
    }
    return usb;
  }
  const authorised = (usb: string, name: string) =>
    readFileSync(join(usb, name, 'authorized'), 'utf8').trim();
  const stick = (usb: string, args: string[], timer = '') => {
    writeFileSync(join(folder, 'machine.conf'), '# of this computer\nSTICK_MINUTES="7"\n');
    return runScript('stick', args, {
      PATH: standIns(folder, { systemctl: 'exit 1', 'systemd-run': timer, umount: '' }),
      STICK_SETTINGS: join(folder, 'machine.conf'),
      STICK_FLAG: join(folder, 'run', 'open'),
      STICK_MEDIA: join(folder, 'media'),
      STICK_USB: usb,
    });
  };

  test('opens for the minutes of the settings and shuts by itself, for storage alone', () => {
    const usb = bus();
    expect(stick(usb, ['open']).code).toBe(0);
    expect(existsSync(join(folder, 'run', 'open'))).toBe(true);
    expect([authorised(usb, '1-1:1.0'), authorised(usb, '1-2:1.0')]).toEqual(['1', 'as it was']);
    expect(calls().at(-1)).toContain('--on-active=7min');
    mkdirSync(join(folder, 'media', 'sda1'), { recursive: true });
    expect(stick(usb, ['close']).code).toBe(0);
    expect(existsSync(join(folder, 'run', 'open'))).toBe(false);
    expect(authorised(usb, '1-1:1.0')).toBe('0');
    expect(readdirSync(join(folder, 'media'))).toEqual([]);
    expect(calls()).toContain('systemctl stop legal-kiosk-stick@sda1.service');
  });

  test('stays shut when nothing would shut it again, and is shut when it was open', () => {
    const usb = bus();
    expect(stick(usb, ['open'], 'exit 1').code).toBe(1);
    expect(existsSync(join(folder, 'run', 'open'))).toBe(false);
    expect(authorised(usb, '1-1:1.0')).toBe('0');
    expect(stick(usb, ['open']).code).toBe(0);
    expect(stick(usb, ['open'], 'exit 1').code).toBe(1);
    expect(existsSync(join(folder, 'run', 'open'))).toBe(false);
    expect(authorised(usb, '1-1:1.0')).toBe('0');
  });

  test('opens to be written, too, and mounts anew what was mounted to be read', () => {
    const usb = bus();
    mkdirSync(join(folder, 'media', 'sda1'), { recursive: true });
    expect(stick(usb, ['open']).code).toBe(0);
    const flag = () => readFileSync(join(folder, 'run', 'open'), 'utf8').trim();
    expect(flag()).toBe('read');
    rmSync(join(folder, 'calls'));
    expect(stick(usb, ['open-to-write', '3']).code).toBe(0);
    expect(flag()).toBe('write');
    expect(calls()).toContain('systemctl restart legal-kiosk-stick@sda1.service');
    expect(calls().join('\n')).toContain('--on-active=3min');
    rmSync(join(folder, 'calls'));
    stick(usb, ['open-to-write']);
    expect(calls().join('\n')).not.toContain('restart');
  });

  test.each([
    ['open', 'ro'],
    ['open-to-write', 'rw'],
  ])('after %s a stick is mounted %s, without programs and devices', (order, mode) => {
    const usb = bus();
    stick(usb, [order]);
    const path = standIns(folder, { blkid: 'echo vfat', mount: '', id: 'echo 990' });
    const place = join(folder, 'media', 'sda1');
    const ended = runScript('stick', ['mount', 'sda1'], {
      ...{ PATH: path, STICK_MEDIA: join(folder, 'media') },
      STICK_FLAG: join(folder, 'run', 'open'),
    });
    expect(ended.code).toBe(0);
    expect(calls().at(-1)).toBe(
      `mount -t vfat -o ${mode},nosuid,nodev,noexec,uid=990,umask=077 /dev/sda1 ${place}`,
    );
  });

  test('opens for the minutes that are asked for, or ten where there are no settings', () => {
    const usb = bus();
    stick(usb, ['open', '3']);
    expect(calls().at(-1)).toContain('--on-active=3min');
    const path = standIns(folder, { systemctl: '', 'systemd-run': '' });
    const places = { STICK_FLAG: join(folder, 'open'), STICK_USB: usb };
    runScript('stick', ['open'], { PATH: path, STICK_SETTINGS: join(folder, 'none'), ...places });
    expect(calls().at(-1)).toContain('--on-active=10min');
  });

  test.each(['../../etc', 'nvme0n1', 'sda1/../..', ''])('mounts no %j', (name) => {
    expect(stick(bus(), ['mount', name]).code).toBe(2);
    expect(existsSync(join(folder, 'media'))).toBe(false);
  });
});

describe('a restart at night', () => {
  const quiet = (busy: string, uptime: string) => {
    writeFileSync(join(folder, 'uptime'), `${uptime} 0.00\n`);
    return runScript('quiet', [], { BUSY: busy, UPTIME: join(folder, 'uptime') }).code;
  };

  test('waits while somebody is there, and not for a terminal that stands still', () => {
    const busy = join(folder, 'busy');
    expect(quiet(busy, '90000.12')).toBe(0);
    writeFileSync(busy, '');
    expect(quiet(busy, '90000.12')).not.toBe(0);
    const long = Date.now() / 1000 - 1200;
    utimesSync(busy, long, long);
    expect(quiet(busy, '90000.12')).toBe(0);
  });

  test('happens once a night', () => {
    expect(quiet(join(folder, 'none'), '1200.5')).not.toBe(0);
  });
});
