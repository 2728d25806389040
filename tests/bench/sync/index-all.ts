import { indexEverything } from '#station/search/indexing.ts';
import { catchUp, catchUpIfLittle, indexContext } from '#station/search/search-index.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { shippedPack } from '../../real-content.ts';

const PARTS_OF_INDEX = 500;

/** Indexes all that waits; gives the milliseconds. */
export function indexAll(db: WritableDb): number {
  const context = contextOfStation();
  const began = performance.now();
  while (!catchUp(db, context, PARTS_OF_INDEX));
  return performance.now() - began;
}

/** The same, and brings the index together, as a station does after many records. */
export function indexInOrder(db: WritableDb): void {
  indexEverything(db, shippedPack('wuhua'));
}

/** Indexes with a change what a station indexes with it. */
export function indexLittle(): (db: WritableDb) => void {
  const context = contextOfStation();
  return (db) => catchUpIfLittle(db, context);
}

function contextOfStation() {
  const { profile, divisions } = shippedPack('wuhua');
  return indexContext({ profile, divisions });
}
