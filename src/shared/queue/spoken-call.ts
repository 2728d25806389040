const DIGITS = '零一二三四五六七八九';
/** Longer labels are cut: whoever waits needs the number and the window, not a speech. */
const LONGEST_LABEL = 24;
const NOT_SPOKEN = /[^\p{Script=Han}A-Za-z0-9]+/gu;

/**
 * A call as it is said in the hall, always in Chinese: number and window, nothing else. Letters and digits are spelled one
 * by one; of the window's name only Han characters, Latin letters and digits are said, so no voice takes a sign for an order.
 */
export function spokenCall(number: string, windowLabel: string): string {
  return `请 ${spelled(number)} 号，到 ${labelWords(windowLabel)}。`;
}

/** The same as names of recordings, in the order in which they are played; the window is one recording, named by its id. */
export function recordedParts(number: string, windowId: string): string[] {
  return ['please', ...Array.from(onlySpoken(number).toUpperCase()), 'go-to', `window-${windowId}`];
}

function spelled(number: string): string {
  return Array.from(onlySpoken(number), spelledOne).join(' ');
}

/** Also in a label digits become words: voices differ in how they read `12号`. Up to 99, as windows are counted. */
function labelWords(label: string): string {
  return Array.from(onlySpoken(label))
    .slice(0, LONGEST_LABEL)
    .join('')
    .replaceAll(/\d+/g, (digits) => (digits.length > 2 ? spelled(digits) : counted(Number(digits))))
    .replaceAll(/[A-Za-z]+/g, (letters) => ` ${spelled(letters)} `)
    .trim();
}

function counted(value: number): string {
  if (value < 10) return DIGITS[value] ?? '';
  const [tens, ones] = [Math.trunc(value / 10), value % 10];
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`;
}

function spelledOne(character: string): string {
  return /\d/.test(character) ? (DIGITS[Number(character)] ?? '') : character.toUpperCase();
}

function onlySpoken(text: string): string {
  return text.replaceAll(NOT_SPOKEN, '');
}
