/** What is known of a key before a page does anything with it. */
export interface KeyPress {
  /** As the W3C's UI Events name it: `Enter`, `F5`, `a`. */
  readonly key: string;
  readonly shift: boolean;
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

/** Whether a key may reach the page: only keys on the list, none together with Ctrl, Alt or Meta, few with Shift. */
export function isKeyAllowed(press: KeyPress): boolean {
  return isAlone(press) && ALLOWED.has(press.key);
}

/**
 * Whether a browser may do with a key what it likes: keys on the list, and those that only write a letter, for the page's own
 * fields. This is what a page itself can still say where no shell says it before.
 */
export function isKeyHarmless(press: KeyPress): boolean {
  return isAlone(press) && (ALLOWED.has(press.key) || Array.from(press.key).length === 1);
}

/** Shift writes capitals and goes backwards; with any other key it is a command (Shift+Escape is Chromium's task manager). */
function isAlone({ key, shift, control, alt, meta }: KeyPress): boolean {
  const mayShift = key === 'Tab' || Array.from(key).length === 1;
  return !control && !alt && !meta && (!shift || mayShift);
}
