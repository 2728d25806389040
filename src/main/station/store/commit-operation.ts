import { run, sql, transaction, type WritableDb } from './sql.ts';

/** What a business change tells the district and the audit trail. */
export interface OperationRecord {
  /** Made where the operation was born; the district applies it once (invariant 4). */
  readonly id: string;
  readonly type: string;
  readonly payload: unknown;
  readonly actor: string;
  readonly subject: string;
  readonly at: number;
}

/**
 * Writes a business change, its outbox row and its audit row together or not at all (invariant 3). `change` only writes
 * to `db`; whoever keeps state in memory changes it after this returns.
 */
export function commitOperation<Result>(
  db: WritableDb,
  operation: OperationRecord,
  change: () => Result,
): Result {
  return transaction(db, () => {
    const result = change();
    run(
      db,
      sql`insert into outbox (id, type, payload, created_at) values (${operation.id}, ${operation.type}, ${JSON.stringify(operation.payload)}, ${operation.at})`,
    );
    run(
      db,
      sql`insert into audit (at, actor, action, subject) values (${operation.at}, ${operation.actor}, ${operation.type}, ${operation.subject})`,
    );
    return result;
  });
}
