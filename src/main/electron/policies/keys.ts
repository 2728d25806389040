/** What Electron tells of a key before a page sees it. */
export interface KeyPress {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/**
 * Keys that a visitor, or a switch used in place of a finger, may need. All others are refused: on a public terminal a
 * key that is not known to be harmless is a way out (standards S).
 */
const ALLOWED = new Set([
  'Tab',
  'Enter',
  ' ',
  'Escape',
  // Deletes in our fields; no page goes back by it.
  'Backspace',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  ...Array.from('0123456789'),
]);

/** Whether a key may reach the page: only keys on the list, and none together with Ctrl, Alt or Meta. */
export function isKeyAllowed(press: KeyPress): boolean {
  return !press.control && !press.alt && !press.meta && ALLOWED.has(press.key);
}
