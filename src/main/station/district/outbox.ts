import type { JsonValue } from '#shared/operations/json-value.ts';
import type { Operation } from '#shared/operations/operation.ts';
import { OPERATION_LIMITS } from '#shared/operations/operation-limits.ts';
import type { OperationResult } from '#shared/operations/operation-result.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { setState, standAgainAfter, versionBy } from '../editing/edit-store.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** A district that was restored from a backup hears again what it took in these days; after them rows are forgotten. */
const KEPT_MS = 30 * 24 * 3_600_000;
/** What surrounds the operations of a batch. */
const ENVELOPE_BYTES = 200;

interface WaitingRow {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
  readonly created_at: number;
}

/**
 * The oldest operations that go to the district, since it has not answered them or is asked once more, but the first `after`: no more
 * than `limit`, and than fit into one batch.
 */
export function waitingOperations(
  db: ReadableDb,
  limit: number = OPERATION_LIMITS.batch,
  after = 0,
): Operation[] {
  const rows = all<WaitingRow>(
    db,
    sql`select id, type, payload, created_at from outbox
        where not exists (select 1 from outbox_answer where outbox_answer.id = outbox.id)
          or exists (select 1 from outbox_again where outbox_again.id = outbox.id)
        order by outbox.rowid limit ${Math.min(limit, OPERATION_LIMITS.batch)} offset ${after}`,
  );
  const sizes = rows.map(({ payload }) => Buffer.byteLength(payload) + ENVELOPE_BYTES);
  const over = sizes.findIndex(
    (_, at) =>
      sizes.slice(0, at + 1).reduce((sum, size) => sum + size, 0) > OPERATION_LIMITS.batchBytes,
  );
  // The first goes in any case: it must not block the others for ever.
  const fitting = over === -1 ? rows : rows.slice(0, Math.max(over, 1));
  return fitting.map(({ id, type, payload, created_at }) => ({
    ...{ id, type, madeAt: localDateTime(created_at) },
    body: JSON.parse(payload) as JsonValue,
  }));
}

/**
 * Keeps the district's answers, each once, together with what follows from them for edits. Answers to operations that are not
 * here (of another terminal, or forgotten) change nothing. An operation that was asked about once more and is answered as before
 * keeps that answer, and who has read it. Returns how many were waited for.
 */
export function takeResults(
  db: WritableDb,
  results: readonly OperationResult[],
  now: number,
): number {
  return transaction(db, () => {
    const taken = results.filter((result) => takeResult(db, result, now));
    return taken.length;
  });
}

function takeResult(db: WritableDb, result: OperationResult, now: number): boolean {
  const { id, status } = result;
  const [code, message] =
    result.status === 'refused' ? [result.code, result.message] : [null, null];
  if (isAnsweredAsBefore(db, id, code, message)) return true;
  const isNew =
    run(
      db,
      sql`insert or ignore into outbox_answer (id, status, code, message, answered_at)
          select id, ${status}, ${code}, ${message}, ${now} from outbox where id = ${id}`,
    ) > 0;
  if (isNew) answerEdit(db, result, now);
  return isNew;
}

/** Ends the asking once more; the answer of before stands only when it is the same again. */
function isAnsweredAsBefore(
  db: WritableDb,
  id: string,
  code: string | null,
  message: string | null,
): boolean {
  if (run(db, sql`delete from outbox_again where id = ${id}`) === 0) return false;
  return (
    run(
      db,
      sql`delete from outbox_answer where id = ${id} and not (code is ${code} and message is ${message})`,
    ) === 0
  );
}

/**
 * What a person decided stays decided, whatever comes late. What was sent again and is answered as before is still at rest; only a
 * district that had lost it, and took it anew, has yet to bring it.
 */
function answerEdit(db: WritableDb, result: OperationResult, now: number): void {
  const edit = versionBy(db, result.id);
  if (edit === undefined || edit.state === 'closed') return;
  switch (result.status) {
    case 'applied':
    case 'merged': {
      const { version } = result;
      if (edit.state === 'settled' && edit.outcome.version === version) break;
      setState(db, result.id, 'taken', { version }, now);
      if (edit.state === 'settled') standAgainAfter(db, edit, now);
      break;
    }
    case 'conflict': {
      const { conflict, version, fields } = result;
      setState(db, result.id, 'conflict', { conflict, version, fields }, now);
      break;
    }
    case 'refused':
      setState(db, result.id, 'refused', { code: result.code, message: result.message }, now);
  }
}

/** What is in the outbox, as staff and the district are told. */
export interface OutboxState {
  readonly waiting: number;
  /** When the oldest that waits was made, epoch milliseconds. */
  readonly oldestAt: number | undefined;
  readonly refused: readonly RefusedOperation[];
  readonly conflicts: number;
}

export interface RefusedOperation {
  readonly id: string;
  readonly type: string;
  readonly message: string;
  readonly at: number;
}

export function outboxState(db: ReadableDb): OutboxState {
  const waiting = first<{ count: number; oldest: number | null }>(
    db,
    sql`select count(*) as count, min(created_at) as oldest from outbox
        where not exists (select 1 from outbox_answer where outbox_answer.id = outbox.id)`,
  );
  const conflicts = first<{ count: number }>(
    db,
    sql`select count(*) as count from edit_state where state = 'conflict'`,
  );
  return {
    waiting: waiting?.count ?? 0,
    oldestAt: waiting?.oldest ?? undefined,
    refused: all<RefusedOperation>(
      db,
      sql`select outbox.id, type, coalesce(message, '') as message, created_at as at
          from outbox join outbox_answer using (id) where status = 'refused' order by outbox.rowid`,
    ),
    conflicts: conflicts?.count ?? 0,
  };
}

/** Somebody has read why an operation was refused; it stays, but is not told of any more. */
export function markSeen(db: WritableDb, id: string): boolean {
  return (
    run(db, sql`update outbox_answer set status = 'seen' where id = ${id} and status = 'refused'`) >
    0
  );
}

/** Forgets what the district took long ago. What it refused, and conflicts, stay. */
export function forgetAnswered(db: WritableDb, now: number): number {
  return run(
    db,
    sql`delete from outbox where id in (
          select id from outbox_answer where status in ('applied', 'merged') and answered_at < ${now - KEPT_MS})`,
  );
}

/**
 * The district's program may have learned meanwhile what it did not know (docs/protocol.md, 3.3): such operations are sent again,
 * also those of which somebody has read. Until it says otherwise they stay refused: staff are not told the same each day. Returns
 * how many.
 */
export function sendUnknownAgain(db: WritableDb): number {
  return run(
    db,
    sql`insert or ignore into outbox_again (id) select id from outbox_answer where code = 'unknown-type'`,
  );
}

/**
 * The district began another epoch: it may have been restored from a backup and know nothing of what it took since, nor of the
 * conflicts that still wait for a person here. All of that is sent again under its old ids; what it does know is answered as
 * before. Returns how many go again.
 */
export function sendAgain(db: WritableDb): number {
  return run(
    db,
    sql`delete from outbox_answer where status in ('applied', 'merged')
        or id in (select operation from edit_state where state = 'conflict')`,
  );
}

/** A conflict was decided while it was to be sent again: the decision says all, and the edit goes no more. */
export function keepHere(db: WritableDb, id: string, now: number): void {
  run(
    db,
    sql`insert or ignore into outbox_answer (id, status, answered_at) values (${id}, 'conflict', ${now})`,
  );
}
