import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type PanelName, panelDisplay } from '#shared/access/panels.ts';
import { LOW_REACH_TOP_MM } from '#shared/access/reach.ts';
import { PANEL_CHOICES } from '../../../src/renderer/gallery/view.ts';
import { applyDisplay, lowReachInset, smallestTextMm } from '../../../src/renderer/ui/display.ts';

/** Height of a capital H in millimetres, from the font that is shipped. */
function capitalMm(fontSizeMm: number): number {
  const path = '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff2';
  const file = createRequire(import.meta.url).resolve(path);
  const font = create(readFileSync(file)) as Font;
  return (font.capHeight / font.unitsPerEm) * fontSizeMm;
}

const display = (panel: PanelName) => {
  const found = panelDisplay(panel);
  if (found === undefined) throw new Error(`no panel ${panel}`);
  return found;
};
/** Pixels of an upright panel from top to bottom. */
const heightOf = (panel: PanelName) => (panel.endsWith('-4k') ? 3840 : 1920);

describe('the smallest letters (A-07)', () => {
  it('have capitals of 0.7 degrees at the distance where people stand', () => {
    const wanted = { 400: 4.9, 500: 6.1, 600: 7.3 };
    for (const [distance, height] of Object.entries(wanted))
      expect(capitalMm(smallestTextMm(Number(distance)))).toBeCloseTo(height, 1);
  });

  it('have capitals of 4.8 mm however near people stand', () => {
    expect(capitalMm(smallestTextMm(300))).toBeGreaterThanOrEqual(4.8 - 0.01);
  });
});

describe('the low-reach layout (A-25)', () => {
  it('has every control between 380 and 1220 mm above the floor on every upright panel', () => {
    for (const panel of PANEL_CHOICES) {
      const { screenBottomMm, mmPerPx } = display(panel);
      const height = heightOf(panel);
      const pageTop = screenBottomMm + (height - lowReachInset(display(panel), height)) * mmPerPx;
      expect(pageTop, panel).toBeLessThanOrEqual(LOW_REACH_TOP_MM + mmPerPx);
      expect(screenBottomMm, panel).toBeGreaterThanOrEqual(380);
    }
  });

  it('leaves a page that is low enough as it is', () => {
    expect(lowReachInset({ ...display('21.5'), screenBottomMm: 700 }, 1080)).toBe(0);
  });

  it('never presses a page into less than 45 % of the screen', () => {
    expect(lowReachInset({ ...display('15.6'), screenBottomMm: 1200 }, 1920)).toBe(1056);
  });
});

describe('a display', () => {
  const root = document.documentElement;
  afterEach(() => root.removeAttribute('style'));

  it('is written into the tokens of the page', () => {
    applyDisplay(root, display('32'), { zoom: 1.5, contrast: true, lowReach: false });
    expect(Number.parseFloat(root.style.getPropertyValue('--mm'))).toBeCloseTo(1 / 0.369);
    expect(Number.parseFloat(root.style.getPropertyValue('--text-min'))).toBeCloseTo(
      smallestTextMm(500) / 0.369,
    );
    expect(root.style.getPropertyValue('--zoom')).toBe('1.5');
    expect(root.style.getPropertyValue('--low-reach')).toBe('0px');
    expect(root.dataset.contrast).toBe('more');
  });

  it('is as it was once a visitor with other wishes has left', () => {
    applyDisplay(root, display('32'), { zoom: 2, contrast: true, lowReach: true });
    applyDisplay(root, display('32'), { zoom: 1, contrast: false, lowReach: false });
    expect(root.style.getPropertyValue('--low-reach')).toBe('0px');
    expect(root.dataset).toMatchObject({ contrast: 'normal', zoom: '1' });
  });
});
