/** Heard touches, counted on the page's root element, where the terminal sees them (`main/shell/page-look.ts`). */
const MARK = 'heard';

/**
 * Marks a touch as heard by the page's program, whatever comes of it: a page whose program hears no touch any more is loaded
 * anew by the terminal. Listens on the way down, before anything can keep the touch to itself.
 */
export function markHeardTouch(): void {
  const { dataset } = document.documentElement;
  dataset[MARK] = dataset[MARK] === '1' ? '2' : '1';
}
