import type { ProfilePack } from '../packs/profile-pack.ts';
import { catchUpIfLittle, indexContext, noteRenamedOutlets } from '../search/search-index.ts';
import type { WritableDb } from '../store/sql.ts';
import { appliedCursor, replaceContent } from './content-store.ts';

/** Whether the cache holds just what `cursor` stands for: rows and cursor were written in one transaction (invariant 3). */
export function isLoaded(db: WritableDb, profile: string, cursor: string): boolean {
  return appliedCursor(db, sourceOf(profile)) === cursor;
}

/** Puts a deployment's records into the cache in place of whatever was there, with the cursor that names them. */
export function loadPack(db: WritableDb, pack: ProfilePack, cursor: string, now: number): void {
  const records = pack.records.map((entry) => entry.record);
  const outlets = records.filter((record) => record.kind === 'station');
  replaceContent(db, sourceOf(pack.profile.id), cursor, records, now, () => {
    const context = indexContext(pack);
    // Names of outlets follow from the profile, which may have changed without them.
    noteRenamedOutlets(db, outlets, context);
    catchUpIfLittle(db, context);
  });
}

function sourceOf(profile: string): string {
  return `pack:${profile}`;
}
