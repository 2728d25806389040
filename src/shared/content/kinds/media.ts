import { z } from 'zod';
import { parseCaptions } from '../../media/captions.ts';
import { defineKind } from '../kind.ts';

export const mediaTypeSchema = z.enum(['image', 'pdf', 'video', 'audio']);

/** A picture, pamphlet, sound or film; the file itself is found by its hash, never by a path. */
export const mediaBodySchema = z
  .strictObject({
    title: z.string().min(2).max(40),
    type: mediaTypeSchema,
    mime: z
      .string()
      .regex(
        /^(?:image\/(?:png|jpeg|webp|svg\+xml)|application\/pdf|video\/(?:mp4|webm)|audio\/(?:mpeg|ogg|wav))$/,
        '只能是 PNG、JPEG、WebP、SVG、PDF、MP4、WebM、MP3、OGG 或 WAV，例如 image/png',
      ),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '要写文件的 SHA-256,64 位十六进制'),
    bytes: z.int().min(1).max(2_000_000_000),
    /** What is to be seen, for those who do not see it. */
    description: z.string().max(300).default(''),
    /** WebVTT captions, needed by film and sound with words. */
    captions: z.string().max(200_000).default(''),
    seconds: z.number().min(0).max(36_000).optional(),
  })
  .refine(
    (media) =>
      media.type === media.mime.split('/')[0] ||
      (media.type === 'pdf' && media.mime === 'application/pdf'),
    { error: '类型（type）和格式（mime）不一致', path: ['mime'] },
  )
  .refine((media) => media.captions === '' || parseCaptions(media.captions) !== undefined, {
    error: '字幕不是 WebVTT：第一行写 WEBVTT，每段写 00:00.000 --> 00:04.000 和文字，段间空一行',
    path: ['captions'],
  });
export type MediaBody = z.infer<typeof mediaBodySchema>;

export const mediaKind = defineKind<MediaBody>({
  kind: 'media',
  label: '图片音视频',
  body: mediaBodySchema as z.ZodType<MediaBody>,
  scopeRule: 'any',
  reviewEveryDays: 730,
  mustEnd: false,
  particulars: [
    { id: 'description', label: '文字说明', isPresent: (body) => body.description !== '' },
    {
      id: 'captions',
      label: '字幕',
      isPresent: (body) => body.type !== 'video' || body.captions !== '',
    },
  ],
  title: (body) => body.title,
  // Pictures are shown by what they belong to, and are nothing to be found by themselves.
  search: (body) => (body.type === 'image' ? { title: '', words: [], text: '' } : wordsOf(body)),
  references: () => [],
});

const TYPE_WORDS: Readonly<Partial<Record<MediaBody['type'], string[]>>> = {
  video: ['视频'],
  pdf: ['宣传册'],
};

function wordsOf(body: MediaBody) {
  const captions = parseCaptions(body.captions) ?? [];
  return {
    title: body.title,
    words: TYPE_WORDS[body.type] ?? [],
    text: [body.description, ...captions.map(({ text }) => text)].join('\n'),
  };
}
