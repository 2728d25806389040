import { receiptline } from './receiptline.ts';

/**
 * A text in letters that a GB18030 printer has: ASCII, everything of two bytes, and the rare characters of Extension A.
 * A rarer Chinese character (Extensions B and on) is printed as its code point, `[U+20BB7]`, so that a name can still be
 * told (standards P-35); anything else that the printer lacks is a plain □. Invisible marks, among them those that turn
 * the writing direction, are left out.
 */
export function printable(text: string): string {
  return Array.from(text.normalize('NFC'), printableLetter).join('');
}

function printableLetter(letter: string): string {
  if (/[ -~]/.test(letter)) return letter;
  if (/[\s\p{Zs}\p{Zl}\p{Zp}]/u.test(letter) && letter !== '　') return ' ';
  if (/[\p{Cc}\p{Cf}\p{M}]/u.test(letter)) return '';
  if (isInFont(letter)) return letter;
  const point = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return /\p{Script=Han}/u.test(letter) ? `[U+${point}]` : '□';
}

/** Two bytes but not of the private area, whose meaning changed between editions of GB18030; or Extension A. */
function isInFont(letter: string): boolean {
  if (/[\u3400-\u4dbf]/.test(letter)) return true;
  return !/\p{Co}/u.test(letter) && encoded(letter).length - encoded('').length === 2;
}

function encoded(letter: string): string {
  return receiptline().commands.generic.text(letter, 'gb18030');
}
