import { expect, test } from 'vitest';
import type { PictureNode } from '#shared/printing/slip-picture.ts';
import { slipPictureSchema } from '#shared/printing/slip-picture.ts';
import { drawSlip, pictureOf } from '#station/printing/draw-slip.ts';
import { sampleTicket } from '../../printing/sample-ticket.ts';

const lettersOf = (nodes: readonly PictureNode[]): string =>
  nodes.map((node) => (node.text ?? '') + lettersOf(node.children)).join('');

test.each([
  ['58', 384],
  ['80', 576],
] as const)('a ticket on %s mm paper is drawn whole, %i dots wide', (paper, width) => {
  const picture = drawSlip(sampleTicket(), paper);
  expect(slipPictureSchema.safeParse(picture).success).toBe(true);
  expect(picture.width).toBe(width);
  expect(picture.height).toBeGreaterThan(500);
  const letters = lettersOf(picture.nodes).replaceAll('\u00a0', '');
  expect(picture.lines).toContain('办理业务：法律援助');
  for (const text of ['A012', '昆明市五华区华山街道公共法律服务工作站', '申请支付劳动报酬法律援助'])
    expect(letters).toContain(text);
});

test('a text that looks like markup stays a text', () => {
  const slip = {
    label: 'x',
    blocks: [{ type: 'line' as const, role: 'plain' as const, text: '<script>&lt;"\'</script>' }],
  };
  expect(lettersOf(drawSlip(slip, '80').nodes)).toBe('<script>&lt;"\'</script>');
});

test('what is not known does not get through', () => {
  const svg =
    '<svg width="10px" height="10px" onload="x()"><script>alert(1)</script><image href="http://x/"/>' +
    '<a href="javascript:x"><text>t</text></a><g onclick="x()" style="fill:red" fill="url(http://x)" transform="rotate(9)">' +
    '<path d="M0,0" fill="#000"/></g></svg>';
  expect(pictureOf(svg)).toEqual({
    width: 10,
    height: 10,
    nodes: [
      {
        tag: 'g',
        attributes: {},
        children: [{ tag: 'path', attributes: { d: 'M0,0', fill: '#000' }, children: [] }],
      },
    ],
  });
});
