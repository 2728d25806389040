import type { MediaBody } from '#shared/content/kinds/media.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import { shippedPack } from './real-content.ts';

/** The name of a medium's file in the starter pack; it changes whenever what the file says does. */
export function starterFile(id: string): string {
  const found = shippedPack('wuhua').records.find(({ record }) => record.id === id);
  if (found === undefined) throw new Error(`the starter pack has no ${id}`);
  return mediaFileName(found.record.body as MediaBody);
}
