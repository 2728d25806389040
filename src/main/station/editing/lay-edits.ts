import type { ContentRecord } from '#shared/content/envelope.ts';
import { divisionOf } from '#shared/content/scope.ts';
import {
  type EditAction,
  type StandingEdit,
  shownRecord,
  stands,
} from '#shared/editing/local-layer.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { hasRecord, type LocalRecord, layLocal, sourceRecord } from '../content/content-store.ts';
import { isWhole } from '../content/division-digest.ts';
import { appliedAt } from '../content/feed-divisions.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { openVersions, setState, type Version } from './edit-store.ts';

/** Where edits are kept, and where what is shown lies. */
export interface EditPlace {
  readonly db: WritableDb;
  readonly cache: WritableDb;
  /** Code of the outlet: the scope that is the station's own. */
  readonly station: string;
  readonly now: () => number;
  /** Runs before the commit: what follows from the content, such as the search index. */
  readonly beforeCommit: () => void;
}

/** The feed had so long after the district took an edit to bring it; after that it was overtaken there. */
const OVERTAKEN_AFTER_MS = 60 * 60_000;

/**
 * Brings what is shown in step with the station's edits and the newest content. The edits are the truth, the cache follows:
 * it is laid anew at every start and after every change of content, so that a crash in between costs nothing. True when
 * something on show changed.
 */
export function layEdits(place: EditPlace): boolean {
  settle(place);
  const { db, cache, station, beforeCommit } = place;
  const byId = Map.groupBy(openVersions(db), ({ id }) => id);
  const records = [...byId].flatMap(([id, versions]): LocalRecord[] => {
    const edits = versions.filter(({ state }) => stands(state));
    if (edits.length === 0) return [];
    const source = sourceRecord(cache, { id, scope: station });
    return [{ id, scope: station, shown: shownBy(source, edits) }];
  });
  return transaction(cache, () => {
    const hasChanged = layLocal(cache, records);
    if (hasChanged) beforeCommit();
    return hasChanged;
  });
}

/** What is shown of a record, with the name of whoever changed it last. */
function shownBy(
  source: ContentRecord | undefined,
  edits: readonly Version[],
): ContentRecord | undefined {
  const shown = shownRecord(source, edits.map(standingEdit));
  const last = edits.at(-1);
  if (shown === undefined || last === undefined || shown === source) return shown;
  return {
    ...shown,
    editor: last.editorName,
    reviewer: last.editorName,
    publishedAt: localDateTime(last.at),
  };
}

/** A version as the rules see it. */
export function standingEdit({ action, after, changes, state }: Version): StandingEdit {
  return { action: actionOf(action, after, changes), state };
}

function actionOf(
  type: EditAction['type'],
  after: ContentRecord | undefined,
  changes: Version['changes'],
): EditAction {
  if (type === 'withdraw') return { type };
  return type === 'create' && after !== undefined
    ? { type, record: after }
    : { type: 'change', changes };
}

/**
 * Edits that the district's content now has, or has overtaken, count no more. Those of a record come to rest in their order: while
 * an earlier one stands, nothing is said by what is not there.
 */
function settle(place: EditPlace): void {
  const { db, now } = place;
  const byId = Map.groupBy(openVersions(db), ({ id }) => id);
  const settled = [...byId.values()].flatMap((versions) => {
    const standing = versions.filter(({ state }) => stands(state));
    const first = standing.findIndex((version) => !isSettled(place, version));
    return first === -1 ? standing : standing.slice(0, first);
  });
  if (settled.length === 0) return;
  transaction(db, () => {
    for (const { operation, outcome } of settled)
      setState(db, operation, 'settled', outcome, now());
  });
}

function isSettled({ cache, station }: EditPlace, version: Version): boolean {
  const { id, action, changes, state, outcome, stateAt = 0 } = version;
  if (state !== 'taken') return false;
  if (action === 'change' && changes.length === 0) return true;
  const name = { id, scope: station };
  const source = sourceRecord(cache, name);
  // A record that has rotted is not gone: its source brings it again.
  if (source === undefined && (hasRecord(cache, name) || !isWhole(cache, divisionOf(station))))
    return false;
  const publishedAt = appliedAt(cache, divisionOf(station)) ?? 0;
  return hasArrived(action, outcome.version, source) || publishedAt > stateAt + OVERTAKEN_AFTER_MS;
}

/** Whether the district's content is as the edit left it there (`version`), or newer: gone, or brought back after it was taken away. */
function hasArrived(
  action: EditAction['type'],
  version: number | undefined,
  source: ContentRecord | undefined,
): boolean {
  if (action !== 'withdraw') return source !== undefined && source.version >= (version ?? 0);
  return source === undefined || (version !== undefined && source.version > version);
}
