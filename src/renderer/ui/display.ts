import type { Display } from '#shared/access/display.ts';
import { LOW_REACH_TOP_MM } from '#shared/access/reach.ts';
import type { Zoom } from '../session/session.ts';

/** A capital letter of Noto Sans SC is this part of the font size high. */
const CAPITAL_HEIGHT = 0.733;
/** tan(0.7°): the angle that a capital H must fill (EN 301 549 5.1.4, standards A-07). */
const CAPITAL_ANGLE = Math.tan((0.7 * Math.PI) / 180);
const SMALLEST_CAPITAL_MM = 4.8;

/** Smallest font size in millimetres at a viewing distance. */
export function smallestTextMm(viewingDistanceMm: number): number {
  return Math.max(SMALLEST_CAPITAL_MM, viewingDistanceMm * CAPITAL_ANGLE) / CAPITAL_HEIGHT;
}

/** Height in pixels that the top of the page gives way in the low-reach layout, so that every control is within reach. */
export function lowReachInset(display: Display, screenHeightPx: number): number {
  const reachable = (LOW_REACH_TOP_MM - display.screenBottomMm) / display.mmPerPx;
  return Math.max(0, Math.round(screenHeightPx - Math.max(reachable, screenHeightPx * 0.45)));
}

/** Writes a display and the visitor's choices into the page's style tokens. */
export function applyDisplay(
  root: HTMLElement,
  display: Display,
  choices: { zoom: Zoom; contrast: boolean; lowReach: boolean },
): void {
  const { style, dataset } = root;
  style.setProperty('--mm', `${1 / display.mmPerPx}px`);
  style.setProperty(
    '--text-min',
    `${smallestTextMm(display.viewingDistanceMm) / display.mmPerPx}px`,
  );
  style.setProperty('--zoom', String(choices.zoom));
  style.setProperty(
    '--low-reach',
    choices.lowReach ? `${lowReachInset(display, window.innerHeight)}px` : '0px',
  );
  dataset.contrast = choices.contrast ? 'more' : 'normal';
  dataset.zoom = String(choices.zoom);
}
