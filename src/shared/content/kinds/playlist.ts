import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

const RECORD_ID = /^(?:media|notice|article|event)\./;
const PICTURE_ID = /^media\./;

/** What the screen shows while nobody uses it (V11); dates are those of the records that it names. */
export const playlistBodySchema = z.strictObject({
  title: z.string().min(2).max(30),
  items: z
    .array(
      z.strictObject({
        id: itemId,
        record: z.string().regex(RECORD_ID, '只能放 media、notice、article、event'),
        /** A picture beside the words, for records that are none themselves. */
        picture: z
          .string()
          .regex(PICTURE_ID, '配图要写一张图片的编号，例如 media.poster-mediation')
          .optional(),
        seconds: z.int().min(5).max(600),
        weight: z.int().min(1).max(10).default(1),
      }),
    )
    .min(1),
});
export type PlaylistBody = z.infer<typeof playlistBodySchema>;

export const playlistKind = defineKind<PlaylistBody>({
  kind: 'playlist',
  label: '待机播放单',
  body: playlistBodySchema as z.ZodType<PlaylistBody>,
  scopeRule: 'any',
  reviewEveryDays: 90,
  mustEnd: false,
  particulars: [{ id: 'items', label: '播放内容', isPresent: (body) => body.items.length > 0 }],
  title: (body) => body.title,
  search: () => ({ title: '', words: [], text: '' }),
  references: (body) => body.items.flatMap((item) => [item.record, item.picture ?? []].flat()),
});
