import type { MediaBody } from '../content/kinds/media.ts';
import { TAKEAWAY_MAX_BYTES, utf8Length } from '../papers/takeaway-text.ts';
import { parseCaptions } from './captions.ts';

/**
 * A film or pamphlet as text for a QR code, within decision 008's bytes: what it is about, then as many of its spoken words
 * as there is room for, whole captions only.
 */
export function mediaTakeaway(
  media: Pick<MediaBody, 'title' | 'description' | 'captions'>,
  place: { readonly station: string; readonly date: string },
): string {
  const foot = `${place.station} ${place.date}\n咨询电话 12348`;
  const head = [media.title, media.description].filter(Boolean).join('\n');
  let words = '';
  for (const { text } of parseCaptions(media.captions) ?? []) {
    const longer = `${words}${text.replaceAll('\n', '')}`;
    if (utf8Length(`${head}\n${longer}\n${foot}`) > TAKEAWAY_MAX_BYTES) break;
    words = longer;
  }
  return [head, words, foot].filter(Boolean).join('\n');
}
