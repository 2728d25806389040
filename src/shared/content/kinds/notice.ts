import { z } from 'zod';
import { defineKind } from '../kind.ts';

export const noticeBodySchema = z.strictObject({
  title: z.string().min(4).max(36),
  text: z.string().min(10).max(800),
  /** `policy` stands on the community board; `station` is the station's own news; `law` tells of changed law. */
  group: z.enum(['station', 'policy', 'law', 'event']),
  important: z.boolean().default(false),
});
export type NoticeBody = z.infer<typeof noticeBodySchema>;

/** A notice has a last day: an old notice on the wall is worse than none. */
export const noticeKind = defineKind<NoticeBody>({
  kind: 'notice',
  label: '通知公告',
  body: noticeBodySchema as z.ZodType<NoticeBody>,
  scopeRule: 'any',
  reviewEveryDays: 90,
  mustEnd: true,
  particulars: [{ id: 'text', label: '正文', isPresent: (body) => body.text !== '' }],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: [], text: body.text }),
  references: () => [],
});
