import { type Check, fault, notApplicable, ok } from '../check.ts';

const DEVICES = '/proc/bus/input/devices';
/** Linux's input-event-codes.h: pointing straight at the screen; single and multi-touch positions. */
const PROP_DIRECT = 1;
const ABS_X = 0x00;
const ABS_MT_POSITION_X = 0x35;

/** A touch device that the system knows. */
export const touch: Check = {
  id: 'touch',
  title: '触摸屏',
  look: ({ computer }) => {
    const listing = computer.platform === 'linux' ? computer.read(DEVICES)?.toString() : undefined;
    if (listing === undefined) return notApplicable('这种系统不能查触摸屏，请用手点一点屏幕。');
    const found = listing.split(/\n\s*\n/).filter(isTouchScreen);
    if (found.length === 0)
      return fault(
        '系统没有认出触摸屏。',
        '请拔下触摸屏的 USB 线再插紧；还不行就换一个插口，再重启电脑。',
      );
    return ok(`触摸屏在：${found.map(nameOf).join('、')}。`);
  },
};

function isTouchScreen(device: string): boolean {
  const absolute = bitmap(device, 'ABS');
  return (
    isSet(bitmap(device, 'PROP'), PROP_DIRECT) &&
    (isSet(absolute, ABS_MT_POSITION_X) || isSet(absolute, ABS_X))
  );
}

/** `B: ABS=260800000000003`, in words of 64 bits, the highest first. */
function bitmap(device: string, name: string): bigint {
  const words = new RegExp(`^B: ${name}=([0-9a-f ]+)$`, 'm').exec(device)?.[1]?.trim() ?? '0';
  return words.split(/\s+/).reduce((bits, word) => (bits << 64n) | BigInt(`0x${word}`), 0n);
}

function isSet(bits: bigint, bit: number): boolean {
  return ((bits >> BigInt(bit)) & 1n) === 1n;
}

function nameOf(device: string): string {
  return /^N: Name="(.*)"$/m.exec(device)?.[1] ?? '没有名称';
}
