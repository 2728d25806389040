import { z } from 'zod';

/**
 * How a page stands, seen from inside of it. `white`: nothing to read or see. `covered`: no button can be reached by a
 * finger, because something lies over all of them. `deaf`: buttons are touched and nothing ever happens.
 */
const PAGE_LOOKS = ['sound', 'white', 'covered', 'deaf'] as const;
export type PageLook = (typeof PAGE_LOOKS)[number];

/** What the look gives: how the page stands, and for how long nobody has touched it (milliseconds, since it was loaded). */
export const pageSightSchema = z.object({ look: z.enum(PAGE_LOOKS), untouchedMs: z.number() });
export type PageSight = z.infer<typeof pageSightSchema>;

/** What the look uses of a page. This code is checked without the types of browsers. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
interface PageElement {
  readonly innerText?: string;
  readonly querySelector: (selector: string) => PageElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
  readonly closest: (selector: string) => PageElement | null;
  readonly matches: (selector: string) => boolean;
  readonly contains: (other: PageElement | null) => boolean;
  readonly getBoundingClientRect: () => Box;
}
interface PageGlobals {
  kioskTouches?: { unanswered: number; lastAt: number };
  readonly innerWidth: number;
  readonly innerHeight: number;
  readonly document: {
    readonly body: PageElement | null;
    readonly elementFromPoint: (x: number, y: number) => PageElement | null;
  };
  readonly addEventListener: (
    kind: string,
    listener: (event: { readonly isTrusted: boolean; readonly target: PageElement | null }) => void,
    capture: boolean,
  ) => void;
  readonly MutationObserver: new (
    listener: () => void,
  ) => { readonly observe: (node: unknown, what: object) => void };
}

/**
 * Looks at a page. It runs in the page, in a world of its own, as text: it may use nothing from outside of itself. From
 * the first look on it counts touches of buttons after which nothing on the page changed: the page's program marks each
 * touch that it hears (`renderer/session/heard-touch.ts`), so that a button that does nothing is told from a program that
 * hears nothing. A button that is switched off is no button.
 */
export function lookAtPage(): PageSight {
  const CONTROLS = 'button, a[href], [role="button"], [role="link"], [role="radio"], [role="tab"]';
  const INERT = '[inert], [inert] *';
  const OFF = `:disabled, [aria-disabled="true"], [data-disabled], ${INERT}`;
  const FEW = 24;
  const TOO_MANY_UNANSWERED = 5;
  const ANSWER_MS = 1500;
  const page = globalThis as unknown as PageGlobals;
  const now = performance.now();
  const watchTouches = () => {
    const touches = { unanswered: 0, lastAt: Number.NaN };
    page.addEventListener(
      'pointerdown',
      ({ isTrusted, target }) => {
        if (!isTrusted) return;
        touches.lastAt = performance.now();
        const control = target?.closest?.(CONTROLS);
        if (control?.matches(OFF) === false) touches.unanswered += 1;
      },
      true,
    );
    new page.MutationObserver(() => {
      touches.unanswered = 0;
    }).observe(page.document, {
      subtree: true,
      ...{ attributes: true, childList: true, characterData: true },
    });
    return touches;
  };
  page.kioskTouches ??= watchTouches();
  const touches = page.kioskTouches;
  const untouchedMs = now - (Number.isNaN(touches.lastAt) ? 0 : touches.lastAt);
  const { body } = page.document;
  // A page that is dark on purpose says so.
  const isBlank =
    body === null ||
    // biome-ignore lint/performance/useDomNodeTextContent: what is there and not shown cannot be read
    ((body.innerText ?? '').trim() === '' &&
      body.querySelector('img, video, canvas, svg, object, [data-dark]') === null);
  if (isBlank) return { look: 'white', untouchedMs };
  const middles = [...body.querySelectorAll(CONTROLS)]
    // What lies below publicity, or below a dark screen, is put out of use there: what covers it is touched in its place.
    .filter((control) => !control.matches(INERT))
    .map((control) => ({ control, box: control.getBoundingClientRect() }))
    .map(({ control, box }) => ({
      control,
      x: box.left + box.width / 2,
      y: box.top + box.height / 2,
      isThere: box.width > 0 && box.height > 0,
    }))
    .filter(
      ({ x, y, isThere }) =>
        isThere && x >= 0 && y >= 0 && x < page.innerWidth && y < page.innerHeight,
    )
    // The last are the topmost ones: a dialog comes after what it covers.
    .slice(-FEW);
  const isReached = middles.some(({ control, x, y }) => {
    const hit = page.document.elementFromPoint(x, y);
    return control.contains(hit);
  });
  if (middles.length > 0 && !isReached) return { look: 'covered', untouchedMs };
  const isDeaf = touches.unanswered >= TOO_MANY_UNANSWERED && now - touches.lastAt > ANSWER_MS;
  return { look: isDeaf ? 'deaf' : 'sound', untouchedMs };
}

/** The look as an expression, for a page. */
export const PAGE_LOOK = `(${lookAtPage.toString()})()`;
