import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { TAKEAWAY_MAX_BYTES, utf8Length } from '#shared/papers/takeaway-text.ts';
import { pdfMaker } from '#station/papers/pdf.ts';

/** A page of a PDF as a phone's camera would see it, four bytes a point; drawn by Poppler at 150 dpi. */
function pictureOf(pdf: Buffer): { data: Uint8ClampedArray; width: number; height: number } {
  const folder = mkdtempSync(join(tmpdir(), 'qr-'));
  try {
    const file = join(folder, 'paper.pdf');
    writeFileSync(file, pdf);
    spawnSync('pdftoppm', ['-r', '150', '-gray', '-singlefile', file, join(folder, 'page')]);
    const image = readFileSync(join(folder, 'page.pgm'));
    const [, width = 0, height = 0] =
      /^P5\s+(\d+)\s+(\d+)/.exec(image.toString('latin1', 0, 40))?.map(Number) ?? [];
    const points = image.subarray(image.length - width * height);
    const data = new Uint8ClampedArray(width * height * 4).fill(255);
    for (const [at, point] of points.entries()) data.fill(point, at * 4, at * 4 + 3);
    return { data, width, height };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a phone reads the longest take-away text from the printed code (Debian package poppler-utils)', async () => {
  const text = '申请支付劳动报酬法律援助：身份证 1 份。\n'.repeat(15);
  expect(utf8Length(text)).toBeLessThanOrEqual(TAKEAWAY_MAX_BYTES);
  expect(utf8Length(text)).toBeGreaterThan(TAKEAWAY_MAX_BYTES - 60);
  const pdf = await pdfMaker()(
    {
      title: '试验',
      sample: false,
      blocks: [{ type: 'qr', text, captions: ['说明'] }],
      foot: '',
    },
    0,
  );
  const { data, width, height } = pictureOf(pdf);
  const read = jsqr(data, width, height);
  expect(Buffer.from(read?.binaryData ?? []).toString('utf8')).toBe(text);
});
