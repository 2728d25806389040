import type { ProfilePack } from '../packs/profile-pack.ts';
import type { WritableDb } from '../store/sql.ts';
import { appliedCursor, replaceContent } from './content-store.ts';

/** Whether the cache holds just what `cursor` stands for: rows and cursor were written in one transaction (invariant 3). */
export function isLoaded(db: WritableDb, profile: string, cursor: string): boolean {
  return appliedCursor(db, sourceOf(profile)) === cursor;
}

/** Puts a deployment's records into the cache in place of whatever was there, with the cursor that names them. */
export function loadPack(db: WritableDb, pack: ProfilePack, cursor: string, now: number): void {
  const records = pack.records.map((entry) => entry.record);
  replaceContent(db, sourceOf(pack.profile.id), cursor, records, now);
}

function sourceOf(profile: string): string {
  return `pack:${profile}`;
}
