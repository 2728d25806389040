const DIGITS = '零一二三四五六七八九';

/** A number up to 9999 as statutes write it: 1260 is 一千二百六十, 1079 is 一千零七十九, 12 is 十二. */
export function chineseNumber(value: number): string {
  const units: readonly (readonly [size: number, unit: string])[] = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ];
  const written = units.map(([size, unit]) => {
    const digit = Math.floor(value / size) % 10;
    return digit === 0 ? '零' : `${DIGITS[digit]}${unit}`;
  });
  const text = written
    .join('')
    .replace(/^零+|零+$/g, '')
    .replace(/零+/g, '零');
  return text.replace(/^一十/, '十');
}
