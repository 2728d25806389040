import { z } from 'zod';

/** The elements of which a slip's picture is made; nothing else gets into a page. */
export const pictureTagSchema = z.enum([
  'g',
  'text',
  'tspan',
  'path',
  'defs',
  'filter',
  'feFlood',
  'feComposite',
]);

/** An element of a picture: its tag, its attributes as SVG writes them, its text or its children. */
export interface PictureNode {
  readonly tag: z.infer<typeof pictureTagSchema>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text?: string | undefined;
  readonly children: readonly PictureNode[];
}

const pictureNodeSchema: z.ZodType<PictureNode> = z.lazy(() =>
  z.object({
    tag: pictureTagSchema,
    attributes: z.record(z.string(), z.string()),
    text: z.string().optional(),
    children: z.array(pictureNodeSchema),
  }),
);

/** A slip as it looks on paper, in dots of the printer (8 a millimetre). A page draws it as SVG of its own elements. */
export const slipPictureSchema = z.object({
  width: z.int(),
  height: z.int(),
  nodes: z.array(pictureNodeSchema),
  /** What stands on it, line by line, for those who do not see it. */
  lines: z.array(z.string()),
});
export type SlipPicture = z.infer<typeof slipPictureSchema>;
