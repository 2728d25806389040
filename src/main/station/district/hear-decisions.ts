import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { conflictListSchema } from '#shared/operations/conflict.ts';
import { openVersions, setState } from '../editing/edit-store.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';
import { type DistrictLink, type Signer, signedRequest } from './district-link.ts';

/** The names of the conflicts that wait for a person, as the district gave them. */
export function openConflicts(db: ReadableDb): string[] {
  return openVersions(db).flatMap(({ state, outcome }) =>
    state === 'conflict' ? (outcome.conflict ?? []) : [],
  );
}

/** Conflicts that the office decided need nobody here any more; their values come by the feed. Gives how many were open. */
export function closeDecided(db: WritableDb, decided: Iterable<string>, now: number): number {
  const names = new Set(decided);
  const over = openVersions(db).filter(
    ({ state, outcome }) => state === 'conflict' && names.has(outcome.conflict ?? ''),
  );
  transaction(db, () => {
    for (const { operation, outcome } of over) setState(db, operation, 'closed', outcome, now);
  });
  return over.length;
}

/** Asks the district what became of conflicts, while there are any. Gives how many were decided there. */
export async function hearDecisions(
  db: WritableDb,
  link: DistrictLink,
  signer: Signer,
): Promise<number> {
  if (openConflicts(db).length === 0) return 0;
  const reply = await link.request(signedRequest(signer, 'GET', DISTRICT_PATHS.conflicts));
  const list = conflictListSchema.safeParse(reply.state === 'answered' ? reply.body : undefined);
  const decided = (list.data?.conflicts ?? []).flatMap(({ conflict, outcome }) =>
    outcome === undefined ? [] : [conflict],
  );
  return closeDecided(db, decided, signer.now());
}
