import jsqr from 'jsqr';

const PIXELS_A_MODULE = 4;
/** The page around a code is white, too. */
const WHITE_MODULES = 4;

/** Reads the drawn code as a phone would: paints its path on white and decodes the picture. */
export function scanQr(svg: SVGElement): string | undefined {
  const [left = 0, top = 0, width = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const side = (width + 2 * WHITE_MODULES) * PIXELS_A_MODULE;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = svg.querySelector('path')?.getAttribute('d') ?? '';
  for (const [, column, row] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const x = (Number(column) - left + WHITE_MODULES) * PIXELS_A_MODULE;
    const y = (Number(row) - top + WHITE_MODULES) * PIXELS_A_MODULE;
    for (let line = y; line < y + PIXELS_A_MODULE; line += 1)
      for (let at = x; at < x + PIXELS_A_MODULE; at += 1)
        picture.fill(0, (line * side + at) * 4, (line * side + at) * 4 + 3);
  }
  const code = jsqr(picture, side, side);
  return code === null ? undefined : new TextDecoder().decode(new Uint8Array(code.binaryData));
}
