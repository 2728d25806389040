import type { JobReason, JobState } from '#shared/printing/print-job.ts';
import type { StationLog } from '../log/station-log.ts';
import { moveJob } from '../papers/print-jobs.ts';
import type { WritableDb } from '../store/sql.ts';
import type { PrintClock } from './clock.ts';
import type { PooledPrinter, PrinterPool } from './printer-pool.ts';
import { slipBytes } from './slip-bytes.ts';
import { noteRequest, slipJob, slipOf, startSending } from './slip-jobs.ts';
import type { PrintEnd } from './ticket-printer.ts';

export interface SpoolerOptions {
  readonly db: WritableDb;
  readonly pool: PrinterPool;
  readonly clock: PrintClock;
  readonly log: StationLog;
  /** After so many milliseconds a job that could not be sent has expired: its visitor has gone on. */
  readonly maxAgeMs: number;
  /** Between two tries to send. */
  readonly retryMs: number;
  readonly changed: () => void;
}

/** Owns the sending of jobs that are written down: each at most once, unless provably nothing was sent. */
export interface TicketSpooler {
  /** Takes up a committed job. `only`: on this printer and no other. `ageMs`: how old it is already. */
  readonly send: (id: string, how?: { only?: string | undefined; ageMs?: number }) => void;
  readonly stop: () => Promise<void>;
}

interface WaitingJob {
  readonly id: string;
  readonly only: string | undefined;
  /** Uptime at which it expires. */
  readonly until: number;
  /** Printers that turned it away since the last pause. */
  readonly tried: Set<string>;
  running: boolean;
  reason: JobReason;
}

export function openTicketSpooler(options: SpoolerOptions): TicketSpooler {
  const { pool, clock, maxAgeMs, retryMs } = options;
  const jobs = new Map<string, WaitingJob>();
  const running = new Set<Promise<void>>();
  let pause: NodeJS.Timeout | undefined;
  let stopped = false;

  const pump = () => {
    if (stopped) return;
    for (const job of jobs.values()) {
      if (job.running) continue;
      const printer = clock.uptime() < job.until ? pool.choose(excluded(job, pool)) : undefined;
      if (printer !== undefined) start(job, printer);
      else if (clock.uptime() >= job.until) end(job, 'expired', job.reason || 'late');
    }
    if (jobs.size > 0) pause ??= setTimeout(again, retryMs);
  };
  const again = () => {
    pause = undefined;
    for (const job of jobs.values()) job.tried.clear();
    pump();
  };
  const end = (job: WaitingJob, state: JobState, reason: JobReason) => {
    jobs.delete(job.id);
    settle(options, job.id, state, reason);
  };
  const start = (job: WaitingJob, printer: PooledPrinter) => {
    job.running = true;
    printer.busySince = clock.uptime();
    const work = printOn(options, job, printer).then((result) => {
      job.running = false;
      printer.busySince = undefined;
      running.delete(work);
      if (result.state === 'not-sent') turnedAway(options, job, printer, result.reason);
      else end(job, result.state, result.reason);
      pump();
    });
    running.add(work);
  };
  return {
    send: (id, { only, ageMs = 0 } = {}) => {
      if (stopped || jobs.has(id)) return;
      const until = clock.uptime() + maxAgeMs - ageMs;
      jobs.set(id, { id, only, until, tried: new Set(), running: false, reason: '' });
      pump();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(pause);
      await Promise.allSettled(running);
    },
  };
}

function excluded(job: WaitingJob, pool: PrinterPool): ReadonlySet<string> {
  if (job.only === undefined) return job.tried;
  const others = pool.printers.map(({ name }) => name).filter((name) => name !== job.only);
  return new Set([...job.tried, ...others]);
}

/** Sends a job that is still queued; the row says `sending` before the first byte leaves. */
async function printOn(
  { db, pool, clock }: SpoolerOptions,
  job: WaitingJob,
  printer: PooledPrinter,
): Promise<PrintEnd> {
  try {
    const slip = slipOf(db, job.id);
    if (slip === undefined) return { state: 'in-doubt', reason: 'interrupted' };
    return await printer.device.print({
      bytes: slipBytes(slip, printer.paper),
      title: `kiosk-${job.id}`,
      sending: () => {
        if (clock.uptime() >= job.until) throw new Error('expired on the way');
        if (slipJob(db, job.id)?.state !== 'queued') throw new Error('not queued any more');
        startSending(db, job.id, printer.name, clock.now());
      },
      handedOver: (request) => noteRequest(db, job.id, request),
      heard: (state) => pool.note(printer, state),
    });
  } catch {
    // Mostly a slip that cannot be read or laid out. Of one that was being sent nobody knows how far it came.
    return { state: slipIsSending(db, job.id) ? 'in-doubt' : 'not-sent', reason: 'interrupted' };
  }
}

/** Provably nothing was sent: the job waits on, and the visitor can read why. */
function turnedAway(
  options: SpoolerOptions,
  job: WaitingJob,
  printer: PooledPrinter,
  reason: JobReason,
): void {
  job.tried.add(printer.name);
  const before = job.reason;
  job.reason = reason;
  if (before !== reason || slipIsSending(options.db, job.id))
    settle(options, job.id, 'queued', reason);
}

function slipIsSending(db: WritableDb, id: string): boolean {
  return db.write.open && slipJob(db, id)?.state === 'sending';
}

/** Writes down where a job stands. A database that cannot be written leaves `sending`, which is in doubt at the next start. */
function settle(
  { db, clock, log, changed }: SpoolerOptions,
  id: string,
  state: JobState,
  reason: JobReason,
): void {
  if (!db.write.open) return;
  try {
    moveJob(db, id, state, clock.now(), reason);
    log.event('slip-job', { job: id, state, reason });
  } catch (error) {
    log.event('slip-job-not-written', {
      job: id,
      state,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
  changed();
}
