import type { ContentRecord } from '#shared/content/envelope.ts';
import type { NamedFile } from '#shared/feed/feed-media.ts';
import { canonicalJson, type JsonValue } from '#shared/operations/json-value.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { keptRecord, publishRecord } from '../content/published.ts';
import { noteFile } from '../media/media-store.ts';
import { type Database, lock } from '../store/sql.ts';
import { assertDivisionsFit } from './folder-files.ts';

/** What an import did. */
export interface Imported {
  readonly published: number;
  readonly unchanged: number;
}

const ACTOR = 'server';

/**
 * Publishes what a folder has and the district has not, all or nothing, with the people whom the files name as editor and
 * reviewer, and notes the files that were taken in before. What the folder does not have stays as it is.
 */
export async function importFolder(
  database: Database,
  records: readonly ContentRecord[],
  at: number,
  files: readonly NamedFile[] = [],
): Promise<Imported> {
  return database.transaction(async (db) => {
    await lock(db, 'feed');
    await assertDivisionsFit(db, records, files);
    for (const file of files) await noteFile(db, file, { actor: ACTOR, at });
    let published = 0;
    for (const record of records) {
      const known = await keptRecord(db, record);
      if (known?.state === 'published' && isSame(known.record, record)) continue;
      await publishRecord(db, record, { actor: ACTOR, at, note: '从文件夹导入' });
      published += 1;
    }
    if (published > 0)
      await writeAct(db, {
        ...{ at, actor: ACTOR, action: 'folder-imported', subject: 'content' },
        detail: `${published} records`,
      });
    return { published, unchanged: records.length - published };
  });
}

function isSame(one: ContentRecord, other: ContentRecord): boolean {
  return textOf(one) === textOf(other);
}

function textOf(record: ContentRecord): string {
  // Versions are the district's own count.
  return canonicalJson(JSON.parse(JSON.stringify({ ...record, version: 1 })) as JsonValue);
}
