import { buffer } from 'node:stream/consumers';
import { StationError } from '#shared/contract/errors.ts';
import type { MediaSummary } from '#shared/contract/media.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { mediaFileName, mediaPath } from '#shared/media/media-path.ts';
import { mediaTakeaway } from '#shared/media/media-takeaway.ts';
import type { Library } from '../content/library.ts';
import type { MediaFiles } from './media-files.ts';

/** Films, pamphlets and sounds for the reading room; pictures are shown by what they belong to. */
export function listMedia(library: Library, language: PageLanguage): MediaSummary[] {
  return library
    .shown('media', language)
    .filter(({ body }) => body.type !== 'image')
    .map(({ body: { type, title, description, seconds }, provenance }) => ({
      id: provenance.id,
      type,
      title,
      description,
      seconds,
      language: provenance.language,
    }));
}

/** One of them, with the path of its file where that is here and sound. Throws `StationError('not-found')`. */
export async function getMedia(
  library: Library,
  files: MediaFiles,
  id: string,
  language: PageLanguage,
) {
  const { body, provenance } = library.shownOne('media', id, language);
  const isSound = await files.isSound(mediaFileName(body), body);
  return { body, provenance, path: isSound ? mediaPath(body) : undefined };
}

/** A pamphlet's file, to be printed. Throws `StationError('not-found')` when it is no pamphlet, or not here and sound. */
export async function pamphletBytes(
  library: Library,
  files: MediaFiles,
  id: string,
): Promise<Buffer> {
  const { body } = library.shownOne('media', id, 'zh-CN');
  const name = mediaFileName(body);
  const isSound = body.type === 'pdf' && (await files.isSound(name, body));
  const file = isSound ? files.find(name) : undefined;
  if (file === undefined) throw new StationError('not-found');
  return buffer(file.open(0, file.size - 1));
}

/** The words that a visitor takes along. Throws `StationError('not-found')`. */
export function takeawayOfMedia(library: Library, id: string, station: string): { text: string } {
  const { body } = library.shownOne('media', id, 'zh-CN');
  return { text: mediaTakeaway(body, { station, date: library.moment().date }) };
}
