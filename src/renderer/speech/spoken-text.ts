/** What stands within a line of text; every other element is a part of its own, and a voice pauses before it. */
export const WITHIN_LINE =
  'a, abbr, b, bdi, em, i, mark, rt, ruby, small, strong, sub, sup, time, wbr';
/** What is not text of the page: pictures, what is hidden, and what a visitor has typed (standards A-62). */
const UNSPOKEN = '[aria-hidden=true], [hidden], svg, script, style, [role=textbox], progress';
/** Pictures and buttons whose words are not seen. */
const NAMED = '[role=img], button, [role=button], [role=link], a';
const ENDS = /[，。；：！？、,.;:!?]$/u;

/** All words of an element as they are said, its parts joined by `pause`. */
export function spokenText(element: Element, pause: '，' | '。' = '，'): string {
  const parts: string[] = [''];
  gather(element, parts);
  return parts
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => part !== '')
    .reduce((text, part) => `${text}${text === '' || ENDS.test(text) ? '' : pause}${part}`, '');
}

/** All words of the visitor's page, without what stands around it. */
export function spokenPage(): string {
  const page = document.querySelector('main [data-scroller]');
  return page === null ? '' : spokenText(page, '。');
}

/** Appends to the last part while the line goes on, and begins a new part where it does not. */
function gather(node: Node, parts: string[]): void {
  if (node.nodeType === Node.TEXT_NODE) parts[parts.length - 1] += node.textContent ?? '';
  if (!(node instanceof Element) || node.matches(UNSPOKEN)) return;
  const label = node.matches(NAMED) ? node.getAttribute('aria-label') : null;
  const isWithinLine = node.matches(WITHIN_LINE);
  if (!isWithinLine) parts.push('');
  if (label === null) for (const child of node.childNodes) gather(child, parts);
  else parts[parts.length - 1] += label;
  if (!isWithinLine) parts.push('');
}
