/**
 * Controls of writing direction (Unicode's Bidi_Control) and of terminals. In a name they would turn around what stands
 * beside it: a phone number, a file name, a line of a card (standards S).
 */
const CONTROLS = /[\p{Bidi_Control}\p{Cc}]/gu;

/** A name, title or office without characters that change how the text around it is written. */
export function plainName(text: string): string {
  return text.replace(CONTROLS, ' ').replace(/\s+/gu, ' ').trim();
}
