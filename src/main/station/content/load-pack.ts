import { createHash } from 'node:crypto';
import type { ProfilePack } from '../packs/profile-pack.ts';
import type { WritableDb } from '../store/sql.ts';
import { appliedCursor, replaceContent } from './content-store.ts';

/**
 * Puts a deployment's pack into the cache unless just this pack is there already. The cursor is a digest of the records
 * themselves, so that a cache filled by another program or pack is seen (sync-and-search.md: "digest from the rows").
 * Returns whether anything changed.
 */
export function loadPack(db: WritableDb, pack: ProfilePack, now: number): boolean {
  const records = pack.records.map((entry) => entry.record);
  const cursor = createHash('sha256').update(JSON.stringify(records)).digest('hex');
  const source = `pack:${pack.profile.id}`;
  if (appliedCursor(db, source) === cursor) return false;
  replaceContent(db, source, cursor, records, now);
  return true;
}
