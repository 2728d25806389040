import { randomUUID } from 'node:crypto';
import type { Paper } from '#shared/contract/station.ts';
import type { JobState } from '#shared/printing/print-job.ts';
import { commitOperation } from '../store/commit-operation.ts';
import { all, first, run, sql, transaction, type WritableDb } from '../store/sql.ts';

/** Writes down a print before anything is sent: job, outbox and audit together or not at all (invariant 3). */
export function openJob(db: WritableDb, paper: Paper, now: number): string {
  const id = randomUUID();
  const operation = {
    id,
    type: 'paper-printed',
    payload: {
      paper: paper.type,
      record: paper.id,
      ...(paper.type === 'form-sample' ? { filled: paper.filled } : {}),
    },
    actor: 'visitor',
    subject: `${paper.type}:${paper.id}`,
    at: now,
  };
  commitOperation(db, operation, () => {
    run(
      db,
      sql`insert into print_job (id, paper, state, created_at, changed_at) values (${id}, ${JSON.stringify(paper)}, 'queued', ${now}, ${now})`,
    );
  });
  return id;
}

/** Moves a job to a state; `reason` is a code, or the print system's name for the request while it is being sent. */
export function moveJob(
  db: WritableDb,
  id: string,
  state: JobState,
  now: number,
  reason = '',
): void {
  run(
    db,
    sql`update print_job set state = ${state}, reason = ${reason}, changed_at = ${now} where id = ${id}`,
  );
}

/** Papers whose printing began since a moment. */
export function jobsSince(db: WritableDb, since: number): number {
  return (
    first<{ count: number }>(
      db,
      sql`select count(*) as count from print_job where kind = 'paper' and created_at > ${since}`,
    )?.count ?? 0
  );
}

/**
 * Ends what an earlier run left open, so that nothing old prints now: what was being sent is in doubt, what had not
 * been sent is expired. Returns the print system's names of requests that may still be lying there.
 */
export function closeAbandonedJobs(db: WritableDb, now: number): string[] {
  return transaction(db, () => {
    const requests = all<{ reason: string }>(
      db,
      sql`select reason from print_job where kind = 'paper' and state = 'sending' and reason <> ''`,
    ).map((job) => job.reason);
    run(
      db,
      sql`update print_job set state = 'in-doubt', reason = 'interrupted', changed_at = ${now} where kind = 'paper' and state = 'sending'`,
    );
    run(
      db,
      sql`update print_job set state = 'expired', reason = 'interrupted', changed_at = ${now} where kind = 'paper' and state = 'queued'`,
    );
    return requests;
  });
}
