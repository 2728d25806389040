import { z } from 'zod';
import { TAKEAWAY_MAX_BYTES, utf8Length } from '../papers/takeaway-text.ts';

/** What a line of a slip is for; how it looks is in `LINE_STYLES`. */
const lineRoleSchema = z.enum(['title', 'number', 'heading', 'plain', 'note', 'mark']);
export type LineRole = z.infer<typeof lineRoleSchema>;

const text = z.string().max(600);

/** A piece of a slip. It says what it is and never how it looks: paper and screen lay it out by the same rules. */
const slipBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('line'), role: lineRoleSchema, text }),
  z.object({ type: z.literal('pair'), label: text, value: text }),
  z.object({ type: z.literal('list'), items: z.array(text).max(40) }),
  z.object({ type: z.literal('rule') }),
  z.object({
    type: z.literal('qr'),
    text: z
      .string()
      .min(1)
      .refine((value) => utf8Length(value) <= TAKEAWAY_MAX_BYTES),
    caption: text.optional(),
  }),
]);
export type SlipBlock = z.infer<typeof slipBlockSchema>;

/** A slip of roll paper: a queue ticket, the test page, a receipt. It is kept with its job, so that a copy is the same. */
export const slipSchema = z.object({
  /** By what staff and visitors know it: the number, or the title. */
  label: z.string().min(1).max(40),
  blocks: z.array(slipBlockSchema).min(1).max(60),
});
export type Slip = z.infer<typeof slipSchema>;

/** The same slip, marked as a copy, so that nobody is called twice with two papers. */
export function markedCopy(slip: Slip): Slip {
  return {
    ...slip,
    blocks: [
      { type: 'line', role: 'mark', text: '补打' },
      ...slip.blocks,
      { type: 'line', role: 'note', text: '这是补打的一张，和原来那张是同一个号。' },
    ],
  };
}

/** What a slip says, line by line, for those who hear it instead of seeing it. */
export function slipLines(slip: Slip): string[] {
  return slip.blocks.flatMap(linesOf);
}

function linesOf(block: SlipBlock): string[] {
  switch (block.type) {
    case 'line':
      return [block.text];
    case 'pair':
      return [`${block.label}：${block.value}`];
    case 'list':
      return block.items;
    case 'qr':
      return block.caption === undefined ? [] : [block.caption];
    case 'rule':
      return [];
  }
}

/** Every text of a slip changed by one rule; what a QR code says stays, because it is not printed as letters. */
export function mapTexts(slip: Slip, change: (text: string) => string): Slip {
  return { ...slip, blocks: slip.blocks.map((block) => mapBlock(block, change)) };
}

function mapBlock(block: SlipBlock, change: (text: string) => string): SlipBlock {
  switch (block.type) {
    case 'line':
      return { ...block, text: change(block.text) };
    case 'pair':
      return { ...block, label: change(block.label), value: change(block.value) };
    case 'list':
      return { ...block, items: block.items.map(change) };
    case 'qr':
      return {
        ...block,
        ...(block.caption === undefined ? {} : { caption: change(block.caption) }),
      };
    case 'rule':
      return block;
  }
}
