import type { ContentRecord } from '#shared/content/envelope.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { readProfilePack } from '../packs/profile-pack.ts';
import { first, type ReadableDb, run, sql, transaction, type WritableDb } from '../store/sql.ts';
import { allOutlets, putRecord } from './content-store.ts';

/** The outlet of a code, if it is there to be shown. */
export function ownOutlet(db: ReadableDb, code: string): ContentRecord<StationBody> | undefined {
  return allOutlets(db).find((outlet) => outlet.body.code === code);
}

/** Whether some outlet's record does not parse any more: only then may one be missing that was there. */
export function hasRottenOutlet(db: ReadableDb): boolean {
  return (
    first(db, sql`select 1 from record where kind = 'station' and not json_valid(envelope)`) !==
    undefined
  );
}

/**
 * Puts the deployment's own record of an outlet, or else the `last` that was known, in place of one that was lost, also where the feed
 * gave that: nothing can be shown without it. The digest of the division tells of it, so that the next look at the feed brings the
 * right one (decision 045).
 */
export function assureOutlet(
  db: WritableDb,
  profileDir: string,
  code: string,
  last?: ContentRecord,
): void {
  if (ownOutlet(db, code) !== undefined) return;
  const own = outletIn(profileDir, code) ?? last;
  if (own === undefined) return;
  transaction(db, () => {
    run(db, sql`delete from local_record where id = ${own.id} and scope = ${own.scope}`);
    putRecord(db, own);
  });
}

function outletIn(profileDir: string, code: string): ContentRecord | undefined {
  return readProfilePack(profileDir).pack?.records.find(
    ({ record }) => record.kind === 'station' && (record.body as StationBody).code === code,
  )?.record;
}
