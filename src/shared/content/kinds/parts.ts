import { z } from 'zod';

/** Name of an item within its list; stable, because translations and edits point to it. */
export const itemId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, '编号用小写英文、数字和短横线');

/** One sentence in a list. */
export const textItem = z.strictObject({ id: itemId, text: z.string().min(2).max(120) });
