import type { Page } from 'playwright-core';

/** A rectangle in CSS pixels of the viewport. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Something that can be pressed. */
export interface Control {
  readonly name: string;
  /** Less used ones may be smaller (standards A-20); the page marks them. */
  readonly secondary: boolean;
  readonly box: Box;
  /** What is seen of it, without what its scroller hides; undefined when nothing is. */
  readonly seen: Box | undefined;
}

/** All controls of the sheet that is open, or of the page. */
export function controlsOf(page: Page): Promise<Control[]> {
  return page.evaluate(() => {
    const top = document.querySelector('[role="dialog"], [role="alertdialog"]') ?? document.body;
    const pressable =
      'button, a[href], input, select, textarea, [role="button"], [tabindex="0"]:not([data-scroller])';
    const plain = ({ left, top: upper, right, bottom }: DOMRect) => ({
      left,
      top: upper,
      right,
      bottom,
    });
    const seenOf = (element: Element) => {
      let box = plain(element.getBoundingClientRect());
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        if (getComputedStyle(at).overflowY === 'visible') continue;
        const frame = at.getBoundingClientRect();
        box = {
          left: Math.max(box.left, frame.left),
          top: Math.max(box.top, frame.top),
          right: Math.min(box.right, frame.right),
          bottom: Math.min(box.bottom, frame.bottom),
        };
      }
      return box.right - box.left > 1 && box.bottom - box.top > 1 ? box : undefined;
    };
    return [...top.querySelectorAll<HTMLElement>(pressable)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.closest('[inert]') === null)
      .filter((element) => element.getBoundingClientRect().width > 1)
      .map((element) => ({
        name: (element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 24),
        secondary: element.dataset.target === 'secondary',
        box: plain(element.getBoundingClientRect()),
        seen: seenOf(element),
      }));
  });
}

export const widthOf = (box: Box): number => box.right - box.left;
export const heightOf = (box: Box): number => box.bottom - box.top;

/** How far two boxes are apart; 0 when they touch, negative when they overlap. */
export function gapBetween(a: Box, b: Box): number {
  const across = Math.max(a.left - b.right, b.left - a.right);
  const down = Math.max(a.top - b.bottom, b.top - a.bottom);
  return Math.max(across, down);
}
