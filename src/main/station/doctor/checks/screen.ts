import { screenPower } from '../../screen/switch-screen.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';
import type { Computer } from '../computer.ts';

const DRM = '/sys/class/drm';
/** CSS pixels are of one pixel of the panel, on 4K panels of two; a measured width is off by some millimetres. */
const SCALES = [1, 2];
const TOLERANCE = 0.12;

/** The screen: there, and of the size that the profile lays pages out for. */
export const screen: Check = {
  id: 'screen',
  title: '显示屏',
  look: async ({ computer, place }) => {
    if (computer.platform !== 'linux')
      return notApplicable('这种系统的显示屏请用眼看：画面满屏、字不发虚就好。');
    const { connectors, panels } = connected(computer);
    const session = computer.environment.WAYLAND_DISPLAY ?? computer.environment.DISPLAY;
    if (panels.length === 0 && !session)
      return attention(
        '这里看不到显示屏。',
        '请检查屏幕的电源和信号线；如果是从网络登录来检查的，请在一体机的图形会话里再运行一次。',
      );
    // Some panels look unplugged while they sleep.
    if (panels.length === 0 && connectors > 0 && (await screenPower(computer)) !== 'off')
      return attention(
        '主机的视频接口上都没有接着显示屏。',
        '请检查屏幕的电源和信号线，两头都插紧；屏幕好好亮着，就不用管。',
      );
    const widths = panels.flatMap(({ width }) => (width === undefined ? [] : [measured(width)]));
    const told = place?.profile.display.mmPerPx;
    // The visitor's screen is the one that fits; a hall's screen hangs at the same computer.
    const panel =
      widths.find(({ mmPerPx }) => told === undefined || fits(told, mmPerPx)) ?? widths[0];
    if (panel === undefined) return ok('显示屏在，图形会话在；屏幕没有报出尺寸。');
    const { pixels, size, mmPerPx } = panel;
    if (told !== undefined && !fits(told, mmPerPx))
      return attention(
        `屏幕每像素 ${mmPerPx.toFixed(3)} 毫米，部署里写的是 ${told}，按钮和字会大小不对。`,
        `请把 profile.yaml 里 display 的 mmPerPx 改成 ${mmPerPx.toFixed(3)}。`,
      );
    return ok(`显示屏在（横向 ${pixels} 像素，${size} 毫米），和部署写的相符。`);
  },
};

interface Panel {
  /** From the monitor's own description; undefined when it gives none. */
  readonly width: { readonly pixels: number; readonly mm: number } | undefined;
}

/** How many plugs for screens the computer has, and the panels that hang at them. */
function connected({ list, read }: Computer): { connectors: number; panels: Panel[] } {
  const all = list(DRM).flatMap((name) => {
    const status = read(`${DRM}/${name}/status`)?.toString().trim();
    return status === undefined ? [] : [{ name, status }];
  });
  const panels = all
    .filter(({ status }) => status === 'connected')
    .map(({ name }) => ({ width: widthIn(read(`${DRM}/${name}/edid`)) }));
  return { connectors: all.length, panels };
}

/** Pixels and millimetres of the first detailed timing in an EDID (VESA E-EDID 1.4, 3.10.2). */
function widthIn(edid: Buffer | undefined): Panel['width'] {
  if (edid === undefined || edid.length < 72) return undefined;
  const pixels = edid.readUInt8(56) | ((edid.readUInt8(58) & 0xf0) << 4);
  const mm = edid.readUInt8(66) | ((edid.readUInt8(68) & 0xf0) << 4);
  return pixels > 0 && mm > 0 ? { pixels, mm } : undefined;
}

function measured({ pixels, mm }: NonNullable<Panel['width']>) {
  return { pixels, size: mm, mmPerPx: mm / pixels };
}

function fits(told: number, real: number): boolean {
  return SCALES.some((scale) => Math.abs(told / (real * scale) - 1) <= TOLERANCE);
}
