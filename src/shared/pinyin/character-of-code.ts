/** What a code point may be written with: `u` as on no syllable, then its digits. */
const CODE = /^u([0-9a-f]{4,6})$/i;
const LAST_CODE_POINT = 0x10ffff;

/** Whether an entry is a code on its way: no Chinese syllable begins with `u`. */
export function isCodeEntry(entry: string): boolean {
  return /^u[0-9a-f]*$/i.test(entry);
}

/**
 * The character of an entry such as `u20bb7`, for names whose characters no reading finds (GB 18030-2022 level 3, standards
 * P-35). Undefined until four digits stand, and for what is no letter: controls, halves of pairs, private places.
 */
export function characterOfCode(entry: string): string | undefined {
  const digits = CODE.exec(entry)?.[1];
  if (digits === undefined) return undefined;
  const point = Number.parseInt(digits, 16);
  if (point > LAST_CODE_POINT) return undefined;
  const text = String.fromCodePoint(point);
  return /^\p{L}$/u.test(text) ? text : undefined;
}
