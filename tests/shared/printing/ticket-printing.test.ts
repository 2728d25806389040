import { isContractProcedure } from '@orpc/contract';
import { expect, test } from 'vitest';
import { ticketPrintingContract } from '#shared/contract/ticket-printing.ts';
import { type SlipPicture, slipPictureSchema } from '#shared/printing/slip-picture.ts';

test('the methods of ticket printing', () => {
  const methods: readonly (keyof typeof ticketPrintingContract)[] = [
    ...(['printers', 'job', 'reprint', 'open', 'decide', 'testPage'] as const),
  ];
  expect(Object.keys(ticketPrintingContract)).toEqual(methods);
  for (const method of methods)
    expect(isContractProcedure(ticketPrintingContract[method])).toBe(true);
});

test('a picture has only elements that cannot do anything', () => {
  const node = (tag: string) => ({ tag, attributes: {}, children: [] });
  const picture = (tag: string) => ({ width: 576, height: 24, nodes: [node(tag)], lines: [] });
  const good: SlipPicture = slipPictureSchema.parse(picture('text'));
  expect(good.nodes).toHaveLength(1);
  for (const tag of ['script', 'a', 'image', 'foreignObject', 'use', 'style'])
    expect(slipPictureSchema.safeParse(picture(tag)).success).toBe(false);
});
