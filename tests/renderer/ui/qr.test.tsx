import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { Qr } from '../../../src/renderer/ui/qr.tsx';
import { draw } from '../draw.tsx';

const PIXELS_A_MODULE = 4;

/** Reads the drawn code as a phone would: paints its path on white and decodes the picture. */
function scan(svg: SVGElement): string | undefined {
  const [left = 0, top = 0, width = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const side = width * PIXELS_A_MODULE;
  const picture = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = svg.querySelector('path')?.getAttribute('d') ?? '';
  for (const [, column, row] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const x = (Number(column) - left) * PIXELS_A_MODULE;
    const y = (Number(row) - top) * PIXELS_A_MODULE;
    for (let line = y; line < y + PIXELS_A_MODULE; line += 1)
      for (let at = x; at < x + PIXELS_A_MODULE; at += 1)
        picture.fill(0, (line * side + at) * 4, (line * side + at) * 4 + 3);
  }
  const code = jsqr(picture, side, side);
  return code === null ? undefined : new TextDecoder().decode(new Uint8Array(code.binaryData));
}

async function shown(text: string): Promise<{ svg: SVGElement; figure: HTMLElement }> {
  const { getByRole } = await draw(<Qr text={text} caption="扫码" size="large" />, {
    session: { language: 'x-rtl' },
  });
  const svg = getByRole('img', { name: '扫码' });
  return { svg: svg as unknown as SVGElement, figure: getByRole('figure') };
}

describe('a QR code', () => {
  it('gives an address back', async () => {
    const { svg } = await shown('https://www.12348.gov.cn/');
    expect(scan(svg)).toBe('https://www.12348.gov.cn/');
  });

  it('gives a one-time notice of 900 bytes back', async () => {
    const notice = '要带：身份证原件、申请表、收入证明。'.repeat(20).slice(0, 300);
    expect(new TextEncoder().encode(notice)).toHaveLength(900);
    const { svg } = await shown(notice);
    expect(scan(svg)).toBe(notice);
  });

  it('is not mirrored in a language that runs from right to left', async () => {
    const { figure } = await shown('12348');
    expect(figure.getAttribute('dir')).toBe('ltr');
  });

  it('has a quiet zone of its own around it', async () => {
    const { svg } = await shown('12348');
    expect(svg.getAttribute('viewBox')).toBe('-2 -2 25 25');
  });
});
