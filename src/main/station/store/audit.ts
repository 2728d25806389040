import { run, sql, type WritableDb } from './sql.ts';

/** What the audit trail keeps of an act that concerns only this terminal. */
export interface AuditEntry {
  readonly at: number;
  /** Who did it: the id of a person, or `technician` on the command line, or `nobody`. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

/** Writes an audit row; called inside the transaction of the change that it tells of (invariant 3). */
export function writeAudit(db: WritableDb, { at, actor, action, subject }: AuditEntry): void {
  run(
    db,
    sql`insert into audit (at, actor, action, subject) values (${at}, ${actor}, ${action}, ${subject})`,
  );
}
