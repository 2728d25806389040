const DIGITS = '零一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Reads 1079, 一千零七十九 and 一零七九; undefined for anything else. */
export function readNumeral(text: string): number | undefined {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  if (!/^[零一二三四五六七八九十百千两]{1,12}$/.test(text)) return undefined;
  const plain = text.replaceAll('两', '二');
  return /[十百千]/.test(plain)
    ? readUnits(plain)
    : Number(
        Array.from(plain)
          .map((digit) => DIGITS.indexOf(digit))
          .join(''),
      );
}

function readUnits(text: string): number {
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const unit = UNITS[character];
    if (unit === undefined) digit = DIGITS.indexOf(character);
    else {
      total += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}
