import { isEnded, type JobReason, type JobState } from '#shared/printing/print-job.ts';
import { type Slip, slipSchema } from '#shared/printing/slip.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { moveJob } from '../papers/print-jobs.ts';
import { all, first, run, sql, transaction, type WritableDb } from '../store/sql.ts';
import type { PrintClock } from './clock.ts';

/** A slip's print job as it is written down. */
export interface SlipJob {
  readonly id: string;
  readonly state: JobState;
  readonly reason: JobReason;
  readonly label: string;
  readonly printer: string;
  readonly copyOf: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly uptime: number;
}

/** Slips of the past that are kept for staff and for copies: some weeks of a busy hall. */
const JOBS_KEPT = 5000;
const DAY_MS = 86_400_000;

/** Writes a job into the transaction that is open; nothing is sent before that is committed. */
export function writeSlipJob(
  db: WritableDb,
  job: { readonly id: string; readonly slip: Slip; readonly copyOf?: string | undefined },
  clock: PrintClock,
): void {
  const now = clock.now();
  run(
    db,
    sql`insert into print_job (id, kind, paper, label, state, copy_of, created_at, changed_at, uptime) values (${job.id}, 'slip', ${JSON.stringify(job.slip)}, ${job.slip.label}, 'queued', ${job.copyOf ?? null}, ${now}, ${now}, ${clock.uptime()})`,
  );
}

/** One job, if there is one of this name. */
export function slipJob(db: WritableDb, id: string): SlipJob | undefined {
  return first<SlipJob>(
    db,
    sql`select id, state, reason, label, printer, copy_of as copyOf, created_at as createdAt, changed_at as changedAt, uptime from print_job where kind = 'slip' and id = ${id}`,
  );
}

/** The slip of a job, as it was written. */
export function slipOf(db: WritableDb, id: string): Slip | undefined {
  const row = first<{ paper: string }>(
    db,
    sql`select paper from print_job where kind = 'slip' and id = ${id}`,
  );
  return row === undefined ? undefined : slipSchema.parse(JSON.parse(row.paper));
}

/** Jobs in these states, the oldest first. */
export function slipJobsIn(db: WritableDb, states: readonly JobState[]): SlipJob[] {
  return all<SlipJob>(
    db,
    sql`select id, state, reason, label, printer, copy_of as copyOf, created_at as createdAt, changed_at as changedAt, uptime from print_job where kind = 'slip' and state in (${states}) order by rowid`,
  );
}

/** Reasons by which staff have settled a job that did not end well. */
const DECIDED: readonly JobReason[] = ['seen-by-staff', 'dismissed', 'printed-again'];
/** Whether staff have settled it: what one window decided is not another's to decide. */
export function isDecided({ reason }: Pick<SlipJob, 'reason'>): boolean {
  return DECIDED.includes(reason);
}
/** So many papers are not asked for at a window; more is a printer that was off all day. */
const OPEN_SHOWN = 50;

/** Jobs of today that did not end well and that nobody has settled, the newest first. */
export function openSlipJobs(db: WritableDb, now: number): SlipJob[] {
  return all<SlipJob>(
    db,
    sql`select id, state, reason, label, printer, copy_of as copyOf, created_at as createdAt, changed_at as changedAt, uptime from print_job where kind = 'slip' and state in (${['in-doubt', 'failed', 'expired']}) and reason not in (${DECIDED}) and created_at > ${now - DAY_MS} order by rowid desc limit ${OPEN_SHOWN}`,
    // Numbers begin anew each day: yesterday's A012 must not be taken for today's.
  ).filter((job) => isOfToday(job, now));
}

/** Whether a slip is of this day: those of others are nobody's to decide. */
export function isOfToday({ createdAt }: Pick<SlipJob, 'createdAt'>, now: number): boolean {
  return localMoment(createdAt).date === localMoment(now).date;
}

/** How many copies of a job there are, and how many of them are still to come out. */
export function copiesOf(db: WritableDb, id: string): { total: number; underWay: number } {
  const states = all<{ state: JobState }>(
    db,
    sql`select state from print_job where copy_of = ${id}`,
  );
  return {
    total: states.length,
    underWay: states.filter(({ state }) => !isEnded(state)).length,
  };
}

/** Notes on which printer a job is being sent. */
export function startSending(db: WritableDb, id: string, printer: string, now: number): void {
  transaction(db, () => {
    run(db, sql`update print_job set printer = ${printer} where id = ${id}`);
    moveJob(db, id, 'sending', now);
  });
}

/** Keeps what the print system calls the slip that it took. */
export function noteRequest(db: WritableDb, id: string, request: string): void {
  run(db, sql`update print_job set request = ${request} where id = ${id}`);
}

/** How old a queued slip may be, in milliseconds, to be printed after a restart; `maxAge` counts on both clocks. */
function isFresh(job: SlipJob, clock: PrintClock, maxAge: number): boolean {
  const ages = [clock.now() - job.createdAt, clock.uptime() - job.uptime];
  return ages.every((age) => age >= 0 && age < maxAge);
}

/** A request that a print system took in an earlier run, by the printer's name. */
interface HeldRequest {
  readonly printer: string;
  readonly request: string;
}

interface Recovered {
  readonly fresh: readonly SlipJob[];
  readonly held: readonly HeldRequest[];
}

/**
 * At a start: what was being sent is in doubt, for some of it may be on paper; what had not been sent is taken up again
 * while its visitor is likely to be there, and has expired otherwise. Returns the jobs to take up, and the requests that a print
 * system may still hold.
 */
export function recoverSlipJobs(db: WritableDb, clock: PrintClock, maxAge: number): Recovered {
  return transaction(db, () => {
    const now = clock.now();
    const held = all<HeldRequest>(
      db,
      sql`select printer, request from print_job where kind = 'slip' and state = 'sending' and request <> ''`,
    );
    for (const { id } of slipJobsIn(db, ['sending']))
      moveJob(db, id, 'in-doubt', now, 'interrupted');
    const [fresh, old] = partition(slipJobsIn(db, ['queued']), (job) =>
      isFresh(job, clock, maxAge),
    );
    for (const { id } of old) moveJob(db, id, 'expired', now, 'interrupted');
    run(
      db,
      sql`delete from print_job where kind = 'slip' and state in ('printed', 'in-doubt', 'failed', 'expired') and rowid < (select max(rowid) from print_job) - ${JOBS_KEPT} and id not in (select copy_of from print_job where copy_of is not null)`,
    );
    return { fresh, held };
  });
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
