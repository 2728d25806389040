import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { StationError } from '#shared/contract/errors.ts';
import type { ticketJobSchema, ticketPrintersSchema } from '#shared/contract/ticket-printing.ts';
import { isEnded, visitorMayReprint } from '#shared/printing/print-job.ts';
import { bestState } from '#shared/printing/printer-state.ts';
import { markedCopy, type Slip } from '#shared/printing/slip.ts';
import type { SlipPicture } from '#shared/printing/slip-picture.ts';
import { testSlip } from '#shared/printing/test-slip.ts';
import type { StationLog } from '../log/station-log.ts';
import { moveJob } from '../papers/print-jobs.ts';
import { commitOperation } from '../store/commit-operation.ts';
import type { WritableDb } from '../store/sql.ts';
import type { PrintClock } from './clock.ts';
import { drawSlip } from './draw-slip.ts';
import { type NamedPrinter, openPrinterPool, type PrinterPool } from './printer-pool.ts';
import {
  copiesOf,
  isDecided,
  isOfToday,
  openSlipJobs,
  recoverSlipJobs,
  type SlipJob,
  slipJob,
  slipOf,
  writeSlipJob,
} from './slip-jobs.ts';
import { openTicketSpooler, type TicketSpooler } from './ticket-spooler.ts';

export type TicketJob = z.infer<typeof ticketJobSchema>;

/** Printing of queue tickets and other slips. */
export interface TicketPrinting {
  readonly printers: () => z.infer<typeof ticketPrintersSchema>;
  /**
   * Writes a ticket's job into the transaction that is open on `db`, so that ticket and job are there together or not at
   * all. False, and nothing is written, where the station has no ticket printer. Call `sendTicket` after the commit.
   */
  readonly printTicket: (db: WritableDb, slip: Slip, jobId: string) => boolean;
  /** Sends a committed job; does nothing for one that is under way. */
  readonly sendTicket: (jobId: string) => void;
  /** Throws `StationError('not-found')`, as all below do, for a job that is not there. */
  readonly job: (jobId: string) => TicketJob;
  /** The slip of a job for the screen; `unprinted` is drawn where there is no such job. */
  readonly picture: (jobId: string, unprinted?: () => Slip) => SlipPicture;
  /** The visitor's copy; throws `busy` when this job may not be repeated, or a copy is under way. */
  readonly reprint: (jobId: string) => TicketJob;
  readonly open: () => TicketJob[];
  /** `actor` is the person of the staff who is logged in. */
  readonly decide: (
    actor: string,
    jobId: string,
    decision: 'came-out' | 'not-needed' | 'print-again',
  ) => TicketJob;
  readonly testPage: (actor: string, printer: string | undefined) => TicketJob;
  readonly close: () => Promise<void>;
}

export interface TicketPrintingOptions {
  readonly db: WritableDb;
  readonly printers: readonly NamedPrinter[];
  readonly clock: PrintClock;
  readonly log: StationLog;
  readonly maxAgeMs: number;
  readonly station: () => string;
  /** Tells pages that a printer or a job has changed. */
  readonly changed: () => void;
  /** In milliseconds; tests are less patient. */
  readonly lookMs?: number;
  readonly retryMs?: number;
}

const LOOK_MS = 5000;
const RETRY_MS = 2000;
/** Copies of one ticket; more is a child at the button, or a printer that should be switched off. */
const COPIES = 3;

/** On the narrow layout letters are larger for the room that a page has. */
const SCREEN_PAPER = '58';

interface Desk extends TicketPrintingOptions {
  readonly pool: PrinterPool;
  readonly spooler: TicketSpooler;
}

/** Opens printing: closes what an earlier run left in the middle, takes up what is fresh, begins to look at the printers. */
export function openTicketPrinting(options: TicketPrintingOptions): TicketPrinting {
  const { db, clock, log, maxAgeMs, changed } = options;
  const { fresh, held } = recoverSlipJobs(db, clock, maxAgeMs);
  const pool = openPrinterPool({
    ...options,
    lookMs: options.lookMs ?? LOOK_MS,
    changed: (printer) => {
      log.event('ticket-printer', { state: printer.state });
      changed();
    },
  });
  const spooler = openTicketSpooler({ ...options, pool, retryMs: options.retryMs ?? RETRY_MS });
  const desk: Desk = { ...options, pool, spooler };
  for (const { printer, request } of held)
    void pool.printers.find(({ name }) => name === printer)?.device.takeBack?.(request);
  for (const job of fresh) spooler.send(job.id, { ageMs: clock.uptime() - job.uptime });
  return {
    printers: () => ({
      state: bestState(pool.printers.map(({ state }) => state)),
      printers: pool.printers.map(({ name, state, askedAt }) => ({ name, state, askedAt })),
    }),
    printTicket: (transactionDb, slip, jobId) => {
      if (pool.printers.length === 0) return false;
      writeSlipJob(transactionDb, { id: jobId, slip }, clock);
      return true;
    },
    sendTicket: (jobId) => {
      if (slipJob(db, jobId)?.state === 'queued') spooler.send(jobId);
    },
    job: (jobId) => shown(desk, existing(desk, jobId)),
    picture: (jobId, unprinted) => {
      const slip = slipOf(db, jobId) ?? unprinted?.();
      if (slip === undefined) throw new StationError('not-found');
      return drawSlip(slip, SCREEN_PAPER);
    },
    reprint: (jobId) => {
      const job = existing(desk, jobId);
      if (!mayReprint(desk, job)) throw new StationError('busy');
      return repeat(desk, job, 'visitor');
    },
    open: () => openSlipJobs(db, clock.now()).map((job) => shown(desk, job)),
    decide: (actor, jobId, decision) => decide(desk, actor, existing(desk, jobId), decision),
    testPage: (actor, printer) => testPage(desk, actor, printer),
    close: async () => {
      await Promise.all([spooler.stop(), pool.stop()]);
    },
  };
}

function existing({ db }: Desk, jobId: string): SlipJob {
  const job = slipJob(db, jobId);
  if (job === undefined) throw new StationError('not-found');
  return job;
}

function shown(desk: Desk, job: SlipJob): TicketJob {
  const { id, state, reason, label, printer, copyOf, createdAt, changedAt } = job;
  return {
    ...{ jobId: id, state, reason, label, createdAt, changedAt, copy: copyOf !== null },
    ...(copyOf === null ? {} : { copyOf }),
    ...(printer === '' ? {} : { printer }),
    mayReprint: mayReprint(desk, job),
  };
}

function mayReprint({ db, pool, clock }: Desk, job: SlipJob): boolean {
  if (pool.printers.length === 0) return false;
  if (job.reason === 'printed-again') return false;
  if (!visitorMayReprint({ ...job, copy: job.copyOf !== null }, clock.now())) return false;
  const copies = copiesOf(db, rootOf(job));
  return copies.total < COPIES && copies.underWay === 0;
}

function rootOf(job: SlipJob): string {
  return job.copyOf ?? job.id;
}

/** A new job that repeats a slip, marked as a copy; what it repeats is settled by it. */
function repeat(desk: Desk, job: SlipJob, actor: string): TicketJob {
  const { db, clock, spooler } = desk;
  const root = rootOf(job);
  const slip = slipOf(db, root);
  if (desk.pool.printers.length === 0) throw new StationError('no-printer');
  if (slip === undefined || copiesOf(db, root).underWay > 0) throw new StationError('busy');
  const id = randomUUID();
  const at = clock.now();
  const operation = {
    id,
    type: 'slip-reprinted',
    payload: { job: root },
    actor,
    subject: root,
    at,
  };
  commitOperation(db, operation, () => {
    if (job.state !== 'printed') moveJob(db, job.id, job.state, at, 'printed-again');
    writeSlipJob(db, { id, slip: markedCopy(slip), copyOf: root }, clock);
  });
  spooler.send(id);
  return shown(desk, existing(desk, id));
}

function decide(
  desk: Desk,
  actor: string,
  job: SlipJob,
  decision: 'came-out' | 'not-needed' | 'print-again',
): TicketJob {
  if (!isEnded(job.state)) throw new StationError('busy');
  // Yesterday's number is somebody else's today, and nobody knows any more what became of its slip.
  if (!isOfToday(job, desk.clock.now())) throw new StationError('not-found');
  // Another window was faster: a second copy of one slip is a second visitor with that number.
  if (isDecided(job)) throw new StationError('busy');
  if (decision === 'print-again') return repeat(desk, job, actor);
  const { db, clock } = desk;
  const at = clock.now();
  const operation = {
    ...{ id: randomUUID(), type: 'slip-decided', payload: { job: job.id, decision } },
    ...{ actor, subject: job.id, at },
  };
  commitOperation(db, operation, () => {
    if (decision === 'came-out') moveJob(db, job.id, 'printed', at, 'seen-by-staff');
    else moveJob(db, job.id, 'failed', at, 'dismissed');
  });
  desk.changed();
  return shown(desk, existing(desk, job.id));
}

function testPage(desk: Desk, actor: string, name: string | undefined): TicketJob {
  const { db, clock, pool, spooler, station } = desk;
  const printer = pool.printers.find((each) => name === undefined || each.name === name);
  if (printer === undefined) throw new StationError('no-printer');
  const id = randomUUID();
  const at = clock.now();
  const slip = testSlip({ station: station(), printer: printer.name, at });
  const operation = {
    ...{ id, type: 'test-page-printed', payload: { printer: printer.name } },
    ...{ actor, subject: id, at },
  };
  commitOperation(db, operation, () => writeSlipJob(db, { id, slip }, clock));
  spooler.send(id, { only: printer.name });
  return shown(desk, existing(desk, id));
}
