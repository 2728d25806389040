import type { Page } from 'playwright-core';

/** What is wrong with the letters of a page; empty lists are good. */
export interface TextFaults {
  /** Beyond the sides of the screen, of its frame or of its button. */
  readonly outside: string[];
  /** Over another text. */
  readonly overlapping: string[];
  /** Boxes that hide a part of what is in them. */
  readonly cut: string[];
  /** Chinese reading lines of more than 40 characters. */
  readonly longLines: string[];
  /** Numbers that are shown from right to left. */
  readonly mirrored: string[];
}

/** Height of a capital H of every text that is seen, in CSS pixels, smallest first. */
export function capitalHeights(page: Page): Promise<{ text: string; px: number }[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    const heights = new Map<string, number>();
    const capitalOf = (font: string) => {
      const known = heights.get(font);
      if (known !== undefined || pen === null) return known ?? 0;
      // Measured large and scaled down, because small letters are rounded to pixels.
      const size = Number.parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? '0');
      pen.font = font.replace(/[\d.]+px/, '1000px');
      const height = (pen.measureText('H').actualBoundingBoxAscent / 1000) * size;
      heights.set(font, height);
      return height;
    };
    const found: { text: string; px: number }[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const { parentElement: parent } = node;
      const text = node.textContent?.trim() ?? '';
      if (parent === null || text === '' || !parent.checkVisibility()) continue;
      // A slip is seen whole, to be photographed: what stands on it stands on the page in letters of the page's size.
      if (parent.closest('script, style, [aria-hidden="true"] svg, [data-slip]') !== null) continue;
      const { fontWeight, fontSize, fontFamily } = getComputedStyle(parent);
      // Letters of a drawing are as large as the drawing makes them.
      const scale = parent instanceof SVGGraphicsElement ? (parent.getScreenCTM()?.a ?? 1) : 1;
      found.push({
        text: text.slice(0, 24),
        px: scale * capitalOf(`${fontWeight} ${fontSize} ${fontFamily}`),
      });
    }
    return found.sort((a, b) => a.px - b.px);
  });
}

/** Forces the spacing that WCAG 1.4.12 allows readers to force. The letters of a drawing (a slip of paper) are a picture. */
export function forceSpacing(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `:not([role="img"] *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
       p { margin-block-end: 2em !important }
       [role="img"] { letter-spacing: normal !important; word-spacing: normal !important }`,
    );
    document.adoptedStyleSheets = [sheet];
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  });
}

/** Looks at every line of text of the sheet that is open, or of the page. */
export function textFaults(page: Page): Promise<TextFaults> {
  return page.evaluate(() => {
    const SLACK = 2;
    const top = document.querySelector('[role="dialog"], [role="alertdialog"]') ?? document.body;
    interface Line {
      readonly text: string;
      readonly node: Node;
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
    const faults = {
      outside: [] as string[],
      overlapping: [] as string[],
      cut: [] as string[],
      longLines: [] as string[],
      mirrored: [] as string[],
    };
    const lines: Line[] = [];
    const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const { parentElement: parent } = node;
      const text = node.textContent?.trim() ?? '';
      if (parent === null || text === '' || !parent.checkVisibility()) continue;
      if (parent.closest('script, style') !== null || isUnseen(parent)) continue;
      const style = getComputedStyle(parent);
      const scale = parent instanceof SVGGraphicsElement ? (parent.getScreenCTM()?.a ?? 1) : 1;
      const em = scale * Number.parseFloat(style.fontSize);
      // A Han character is one em wide, and what is forced between characters.
      const pitch = em + (Number.parseFloat(style.letterSpacing) || 0);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        // The body of the letters; the rest of the line's height may run into its neighbours'.
        const middle = (box.top + box.bottom) / 2;
        const line = {
          text: text.slice(0, 24),
          node,
          left: box.left,
          right: box.right,
          top: middle - 0.45 * em,
          bottom: middle + 0.45 * em,
        };
        lines.push(line);
        checkFrame(line, parent);
        if (/\p{Script=Han}/u.test(text) && box.width / pitch > 40.5)
          faults.longLines.push(`${line.text}: ${(box.width / pitch).toFixed(1)}`);
      }
      checkNumbers(node);
    }
    checkOverlaps();
    checkCuts();
    return faults;

    /** Text that only a screen reader meets, and what lies under a layer over the whole page. */
    function isUnseen(element: Element): boolean {
      for (let at: Element | null = element; at !== null; at = at.parentElement)
        if (at.hasAttribute('inert') || getComputedStyle(at).clipPath === 'inset(50%)') return true;
      return false;
    }

    function checkFrame(line: Line, parent: Element) {
      if (line.left < -SLACK || line.right > innerWidth + SLACK)
        faults.outside.push(`${line.text}: screen`);
      const frame = parent.closest('button, [data-node], td, th, [class*="callout"]');
      const box = frame?.getBoundingClientRect();
      if (box === undefined) return;
      const leaves =
        line.left < box.left - SLACK ||
        line.right > box.right + SLACK ||
        line.top < box.top - SLACK ||
        line.bottom > box.bottom + SLACK;
      if (leaves) faults.outside.push(`${line.text}: ${frame?.tagName.toLowerCase()}`);
    }

    function checkNumbers(node: Node) {
      const text = node.textContent ?? '';
      for (const match of text.matchAll(/\d[\d:.–/-]*[:.–/-][\d:.–/-]*\d/g)) {
        const at = (offset: number) => {
          const range = document.createRange();
          range.setStart(node, offset);
          range.setEnd(node, offset + 1);
          return range.getBoundingClientRect();
        };
        const first = at(match.index);
        const last = at(match.index + match[0].length - 1);
        if (Math.abs(first.top - last.top) < 2 && first.left > last.left)
          faults.mirrored.push(match[0]);
      }
    }

    function checkOverlaps() {
      lines.sort((a, b) => a.top - b.top);
      for (const [at, line] of lines.entries()) {
        for (let next = at + 1; next < lines.length; next += 1) {
          const other = lines[next];
          if (other === undefined || other.top >= line.bottom - SLACK) break;
          const across = Math.min(line.right, other.right) - Math.max(line.left, other.left);
          if (across > SLACK && line.node !== other.node && sameLayer(line.node, other.node))
            faults.overlapping.push(`${line.text} / ${other.text}`);
        }
      }
    }

    /** What a scroller holds lies under what stands around it, hidden by its frame. */
    function sameLayer(a: Node, b: Node): boolean {
      const scrollerOf = (node: Node) => {
        for (let at = node.parentElement; at !== null; at = at.parentElement)
          if (getComputedStyle(at).overflowY === 'auto') return at;
        return null;
      };
      // Within a drawing, large letters stand where paper has them; what lies on its frame is still looked at.
      const pictureOf = (node: Node) => node.parentElement?.closest('svg[role="img"]') ?? null;
      if (pictureOf(a) !== null && pictureOf(a) === pictureOf(b)) return false;
      return scrollerOf(a) === scrollerOf(b);
    }

    function checkCuts() {
      for (const element of [top, ...top.querySelectorAll<HTMLElement>('*')]) {
        if (element.closest('svg') !== null || isUnseen(element)) continue;
        const { overflowX, overflowY } = getComputedStyle(element);
        const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
        const wide = element.scrollWidth - element.clientWidth;
        const high = element.scrollHeight - element.clientHeight;
        if (overflowX !== 'visible' && wide > SLACK) faults.cut.push(`${name}: ${wide} px wide`);
        if ((overflowY === 'hidden' || overflowY === 'clip') && high > SLACK)
          faults.cut.push(`${name}: ${high} px high`);
      }
    }
  });
}
