import type { MediaBody } from '../content/kinds/media.ts';

/** Media types of content files, by the ending of a file's name. */
const TYPES: Readonly<Record<string, MediaBody['mime']>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** Name of a media file in any folder of them: its hash and the ending of its type, never a name that somebody gave it. */
export function mediaFileName({ sha256, mime }: Pick<MediaBody, 'sha256' | 'mime'>): string {
  const ending = Object.entries(TYPES).find(([, type]) => type === mime)?.[0] ?? 'bin';
  return `${sha256}.${ending}`;
}

/** Where pages find a media file, on whatever shell. */
export function mediaPath(media: Pick<MediaBody, 'sha256' | 'mime'>): string {
  return `${MEDIA_ROOT}${mediaFileName(media)}`;
}

const MEDIA_ROOT = '/media/';

/** Whether a path is for media alone, whatever else it says. */
export function isMediaPath(path: string): boolean {
  return path.startsWith(MEDIA_ROOT);
}

/** File name and type that a path below `/media/` names; undefined for every other path. */
export function readMediaPath(path: string): { name: string; mime: string } | undefined {
  const [, name, ending = ''] = /^\/media\/([0-9a-f]{64}\.([a-z0-9]{3,4}))$/.exec(path) ?? [];
  const mime = TYPES[ending];
  return name === undefined || mime === undefined ? undefined : { name, mime };
}
