import type { MediaBody } from '../content/kinds/media.ts';

/** What a file is, by its content. */
export type MediaKindOf = Pick<MediaBody, 'type' | 'mime'>;

/** So many first bytes tell what a file is. */
export const HEAD_BYTES = 64;

/** Brands of MP4 that browsers play (ISO/IEC 14496-12, section 4.3); QuickTime and pictures in the same wrapping are others. */
const MP4_BRAND = /^(?:iso[m2-9]|mp4[12]|avc1|M4V |dash|MSNV)/;

/**
 * Tells by its first bytes, never by its name, what a file is; undefined for everything that terminals do not show. SVG is left
 * out on purpose: it is a program as much as a picture.
 */
export function mediaTypeOf(head: Uint8Array): MediaKindOf | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return { type: 'image', mime: 'image/png' };
  if (text.startsWith('\xff\xd8\xff')) return { type: 'image', mime: 'image/jpeg' };
  if (text.startsWith('%PDF-')) return { type: 'pdf', mime: 'application/pdf' };
  if (text.startsWith('OggS')) return { type: 'audio', mime: 'audio/ogg' };
  if (text.startsWith('RIFF')) return inRiff(text.slice(8, 12));
  if (text.slice(4, 8) === 'ftyp' && MP4_BRAND.test(text.slice(8, 12)))
    return { type: 'video', mime: 'video/mp4' };
  if (text.startsWith('\x1aE\xdf\xa3') && text.includes('webm'))
    return { type: 'video', mime: 'video/webm' };
  return isMp3(text) ? { type: 'audio', mime: 'audio/mpeg' } : undefined;
}

function inRiff(form: string): MediaKindOf | undefined {
  if (form === 'WEBP') return { type: 'image', mime: 'image/webp' };
  return form === 'WAVE' ? { type: 'audio', mime: 'audio/wav' } : undefined;
}

/** A tag, or the first frame of layer III (ISO/IEC 11172-3, section 2.4.1.3). */
function isMp3(text: string): boolean {
  const [first, second] = [text.charCodeAt(0), text.charCodeAt(1)];
  return text.startsWith('ID3') || (first === 0xff && (second & 0xe6) === 0xe2);
}
