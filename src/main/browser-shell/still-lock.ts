/** What the lock uses of a page. This code is checked without the types of browsers. */
interface PageGlobals {
  readonly location: { readonly pathname: string };
  readonly addEventListener: (
    kind: string,
    listener: (event: { readonly ctrlKey?: boolean; readonly preventDefault: () => void }) => void,
    options: { readonly capture: boolean; readonly passive: boolean },
  ) => void;
}

/**
 * Refuses every key, menu and further button on a page that has no program to lock it: the recovery page, and what Chromium
 * shows of its own. It runs in the page, in a world of its own, as text: it may use nothing from outside of itself. Pages with
 * a program lock themselves, and need some keys (`renderer/session/locked-page.ts`).
 */
export function lockStillPage(): void {
  const page = globalThis as unknown as PageGlobals;
  if (/^\/(?:visitor|display)\//.test(page.location.pathname)) return;
  const options = { capture: true, passive: false };
  const REFUSED =
    'keydown keypress keyup mousedown mouseup auxclick contextmenu dragstart dragover drop';
  for (const kind of REFUSED.split(' '))
    page.addEventListener(kind, (event) => event.preventDefault(), options);
  page.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), options);
}

/** The lock as a script, for Chromium to run in each page before anything of the page's own. */
export const STILL_LOCK = `(${lockStillPage.toString()})()`;
