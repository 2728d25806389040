const DIGITS = '零一二三四五六七八九';
const UNITS: readonly (readonly [size: number, unit: string])[] = [
  [1000, '千'],
  [100, '百'],
  [10, '十'],
  [1, ''],
];

const SIZES = new Map(UNITS.map(([size, unit]) => [unit, size]));

/** A number from 1 to 9999 as statutes write it: 1260 is 一千二百六十, 1079 is 一千零七十九, 12 is 十二. */
export function chineseNumber(value: number): string {
  const known = written.get(value);
  if (known !== undefined) return known;
  const text = chineseNumberAnew(value);
  // Articles of all laws have the same few numbers.
  if (value >= 1 && value <= MOST_KEPT) written.set(value, text);
  return text;
}

const MOST_KEPT = 2000;
const written = new Map<number, string>();

function chineseNumberAnew(value: number): string {
  const digits = UNITS.map(([size, unit]) => {
    const digit = Math.floor(value / size) % 10;
    return digit === 0 ? '零' : `${DIGITS[digit]}${unit}`;
  });
  const text = digits
    .join('')
    .replace(/^零+|零+$/g, '')
    .replace(/零+/g, '零');
  return text.replace(/^一十/, '十');
}

/** 一千零七十九 is 1079; also 〇 for 零 and digits in a row (二〇二〇). NaN for a text that is no number. */
export function numberFromChinese(text: string): number {
  const known = read.get(text);
  if (known !== undefined) return known;
  const number = numberFromChineseAnew(text);
  if (number >= 1 && number <= MOST_KEPT && text.length <= LONGEST_KEPT) read.set(text, number);
  return number;
}

/** 一千二百六十; what is written with more characters has a zero too many. */
const LONGEST_KEPT = 7;
const read = new Map<string, number>();

function numberFromChineseAnew(text: string): number {
  const plain = text.replaceAll(/[〇○]/g, '零');
  if (!/^[零一二三四五六七八九十百千]+$/.test(plain)) return Number.NaN;
  if (!/[十百千]/.test(plain))
    return Number(Array.from(plain, (character) => DIGITS.indexOf(character)).join(''));
  let total = 0;
  let digit = 0;
  for (const character of plain) {
    const size = SIZES.get(character);
    if (size === undefined) digit = DIGITS.indexOf(character);
    else {
      total += Math.max(digit, 1) * size;
      digit = 0;
    }
  }
  return total + digit;
}
