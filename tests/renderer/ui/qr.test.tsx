import { describe, expect, it } from 'vitest';
import { Qr } from '../../../src/renderer/ui/qr.tsx';
import { draw } from '../draw.tsx';
import { scanQr } from '../scan-qr.ts';

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
    expect(scanQr(svg)).toBe('https://www.12348.gov.cn/');
  });

  it('gives a one-time notice of 900 bytes back', async () => {
    const notice = '要带：身份证原件、申请表、收入证明。'.repeat(20).slice(0, 300);
    expect(new TextEncoder().encode(notice)).toHaveLength(900);
    const { svg } = await shown(notice);
    expect(scanQr(svg)).toBe(notice);
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
