import { WITHIN_LINE } from './spoken-text.ts';

/** What can be touched or written into. */
const CONTROLS =
  'a[href], button, summary, [role=button], [role=checkbox], [role=link], [role=radio], [role=switch], [role=tab], [role=textbox]';
const NOT_THERE = '[hidden], [inert], [aria-hidden=true], [data-voice-strip], svg, script, style';

/**
 * Where somebody who listens can stop, in the order of the page: its controls and the lines of its text (standards A-60). A
 * sheet that is open is the whole page; else the page and the bar under it are.
 */
export function stopsOf(page: Document): readonly HTMLElement[] {
  const sheets = [...page.querySelectorAll('[role=dialog], [role=alertdialog]')];
  const roots = sheets.length > 0 ? sheets.slice(-1) : [...page.querySelectorAll('main, nav')];
  return [...new Set(roots.flatMap((root) => [...nodesOf(root)].flatMap(stopAt)))];
}

export function isControl(stop: Element): boolean {
  return stop.matches(CONTROLS);
}

function* nodesOf(root: Element): Iterable<Node> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node;
}

/** Words on a control are heard with it, words within a line with the line. */
function stopAt(node: Node): readonly HTMLElement[] {
  const stop = node instanceof Element ? node.closest(CONTROLS) : lineOf(node);
  const isThere = stop?.closest(NOT_THERE) === null && !stop.matches(':disabled');
  return isThere && stop instanceof HTMLElement ? [stop] : [];
}

function lineOf(text: Node): Element | null {
  if (text.textContent?.trim() === '') return null;
  const control = text.parentElement?.closest(CONTROLS);
  return control ?? text.parentElement?.closest(`:not(${WITHIN_LINE})`) ?? null;
}

/**
 * The stop `step` places on; the first or the last where there was none yet. Undefined beyond either end, so that nobody walks
 * in a circle without hearing of it.
 */
export function stopAfter(
  stops: readonly HTMLElement[],
  here: Element | null,
  step: 1 | -1,
): HTMLElement | undefined {
  const isHere = (stop: HTMLElement) => stop === here;
  const holdsHere = (stop: HTMLElement) => here !== null && stop.contains(here);
  const at = stops.some(isHere) ? stops.findIndex(isHere) : stops.findIndex(holdsHere);
  if (at < 0) return step === 1 ? stops[0] : stops.at(-1);
  return stops[at + step];
}
