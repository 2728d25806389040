import type { Display } from './display.ts';

/**
 * Common 16:9 panels, by their diagonal in inches: millimetres per pixel when 1920 pixels wide (standards, section A), and how
 * a terminal with such a panel, upright, usually stands.
 */
const PANELS = {
  '15.6': { mmPerPx: 0.18, screenBottomMm: 920, viewingDistanceMm: 400 },
  '21.5': { mmPerPx: 0.248, screenBottomMm: 880, viewingDistanceMm: 500 },
  '23.8': { mmPerPx: 0.274, screenBottomMm: 840, viewingDistanceMm: 500 },
  '27': { mmPerPx: 0.311, screenBottomMm: 800, viewingDistanceMm: 500 },
  '32': { mmPerPx: 0.369, screenBottomMm: 720, viewingDistanceMm: 500 },
  '43': { mmPerPx: 0.496, screenBottomMm: 560, viewingDistanceMm: 600 },
  '55': { mmPerPx: 0.634, screenBottomMm: 500, viewingDistanceMm: 600 },
} as const satisfies Record<string, Omit<Display, 'name'>>;

export type PanelSize = keyof typeof PANELS;

/** A panel of 1920 pixels, or of 3840 on the same area. */
export type PanelName = PanelSize | `${PanelSize}-4k`;

/** The display of a named panel; undefined when no such panel is known. */
export function panelDisplay(name: string): Display | undefined {
  const [, size, fine] = /^(\d+(?:\.\d)?)(-4k)?$/.exec(name) ?? [];
  const panel = Object.entries(PANELS).find(([known]) => known === size)?.[1];
  if (panel === undefined) return undefined;
  const mmPerPx = fine === undefined ? panel.mmPerPx : panel.mmPerPx / 2;
  return { ...panel, mmPerPx, name: `${size}″` };
}
