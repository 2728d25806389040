import type { ContentRecord, Envelope } from '#shared/content/envelope.ts';
import { feedChain } from '#shared/feed/feed-index.ts';
import { draftAsPublished } from '../content/drafts.ts';
import type { District } from '../district.ts';
import { withFilePath, withPicturePaths } from '../media/draft-file.ts';
import { all, first, sql } from '../store/sql.ts';
import type { PreviewProgram } from './preview-program.ts';

/** A page's call, about a draft as it would be seen at an outlet on a day. */
export interface PreviewCall {
  readonly id: string;
  readonly outlet: string;
  readonly day: string;
  readonly method: string;
  readonly input?: unknown;
  /** Who looks: nobody else waits in the queue of their preview. */
  readonly person: string;
}

/**
 * What a terminal would answer its page with the draft published. Throws `not-found`, and `bad-input` when the draft could not be
 * published, or nothing is known of the outlet's place.
 */
export async function previewDraft(
  { database, settings, now }: Pick<District, 'database' | 'settings' | 'now'>,
  program: PreviewProgram,
  { id, outlet, day, method, input, person }: PreviewCall,
): Promise<unknown> {
  const divisions = feedChain(outlet);
  const draft = await draftAsPublished(database, id, now());
  const state = await first<{ rows: number }>(
    database,
    sql`select coalesce(sum(top), 0)::bigint as rows from feed_division where division = any(${divisions})`,
  );
  const key = [person, id, draft.revision, outlet, day, state?.rows ?? 0].join(' ');
  const scene = async () => {
    const known = await all<{ division: string }>(
      database,
      sql`select division from feed_division where division = any(${divisions})`,
    );
    const rows = await all<{ record: ContentRecord }>(
      database,
      sql`select record from content where state = 'published' and division = any(${divisions})`,
    );
    return {
      ...{ outlet, day, divisions: known.map(({ division }) => division) },
      records: rows.map(({ record }) => record as Envelope),
      draft: { id: draft.id, scope: draft.scope, record: draft.record as Envelope | null },
    };
  };
  const answer = await program.read(key, scene, { method, input });
  if (method === 'media.get') return withFilePath({ settings }, id, answer);
  return method === 'reading.slides'
    ? withPicturePaths({ database, settings }, id, answer)
    : answer;
}
