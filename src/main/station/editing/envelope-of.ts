import type { ContentRecord } from '#shared/content/envelope.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';

/** What the station writes around the content of its own records. */
export interface Envelopes {
  /** The station's code, the scope of its records. */
  readonly station: string;
  readonly library: Library;
  readonly stations: Stations;
}

/** The record that some content would be: over what is shown, or made anew by this station. `at` in ms since 1970. */
export function envelopeOf(
  { station, library, stations }: Envelopes,
  id: string,
  kind: string,
  content: DraftContent,
  shown: ContentRecord | undefined,
  editor: string,
  at = 0,
): ContentRecord {
  const body = kindNamed(kind as KindName).body.safeParse(content.body);
  const fresh: Omit<ContentRecord, 'body' | 'editor' | 'reviewer' | 'publishedAt'> = {
    ...{ id, kind, scope: station, version: 1, confirm: [], translations: {} },
    effectiveFrom: content.effectiveFrom,
    source: `${stations.name()}发布`,
    responsibleBody: library.profile.justiceBureau,
  };
  const { validUntil: _, ...known } = shown ?? fresh;
  return {
    ...known,
    ...{ editor, reviewer: editor, publishedAt: localDateTime(at) },
    effectiveFrom: content.effectiveFrom,
    ...(content.validUntil === undefined ? {} : { validUntil: content.validUntil }),
    body: body.success ? body.data : content.body,
  };
}
