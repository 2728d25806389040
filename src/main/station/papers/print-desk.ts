import { setTimeout as sleep } from 'node:timers/promises';
import { StationError } from '#shared/contract/errors.ts';
import type { Paper } from '#shared/contract/station.ts';
import type { StationLog } from '../log/station-log.ts';
import type { WritableDb } from '../store/sql.ts';
import { closeAbandonedJobs, jobsSince, moveJob, openJob } from './print-jobs.ts';
import type { Spooler } from './spooler.ts';

/** Papers a minute that one terminal prints; more is a child at the button. */
const PAPERS_A_MINUTE = 3;
const MINUTE_MS = 60_000;

/** How long things may take, in milliseconds. */
export interface DeskPatience {
  /** Between two looks at a request. */
  readonly look: number;
  /** The visitor is kept waiting for the end this long; most printers have taken a paper by then. */
  readonly visitor: number;
  /** After this a request is taken back: paper must not come out when its visitor has gone. */
  readonly request: number;
}

const PATIENCE: DeskPatience = { look: 400, visitor: 4000, request: 150_000 };

export interface PrintDeskOptions {
  readonly db: WritableDb;
  readonly spooler: Spooler;
  readonly now: () => number;
  readonly log: StationLog;
  readonly patience?: DeskPatience;
}

/** Prints one paper at a time and writes down what became of each. */
export interface PrintDesk {
  /**
   * Prints and resolves when the print system has taken the paper and has met no trouble. Throws `StationError` with
   * `busy` or `printer-failed`.
   */
  readonly print: (paper: Paper, makePdf: () => Promise<Buffer>) => Promise<{ jobId: string }>;
}

/** Opens the desk; jobs that an earlier run left open are closed, and their requests taken back. */
export function openPrintDesk(options: PrintDeskOptions): PrintDesk {
  const { db, spooler, now, log, patience = PATIENCE } = options;
  const abandoned = closeAbandonedJobs(db, now());
  if (abandoned.length > 0) log.event('prints-abandoned', { requests: abandoned.length });
  for (const request of abandoned) void spooler.cancel(request);
  const desk = { db, spooler, now, log, patience };
  let printing = false;
  return {
    print: async (paper, makePdf) => {
      if (printing || jobsSince(db, now() - MINUTE_MS) >= PAPERS_A_MINUTE)
        throw new StationError('busy');
      printing = true;
      try {
        const pdf = await makePdf();
        if ((await spooler.status()) !== 'ready') throw new StationError('printer-failed');
        return { jobId: await printNow(desk, paper, pdf) };
      } finally {
        printing = false;
      }
    },
  };
}

type Desk = Required<PrintDeskOptions>;

async function printNow(desk: Desk, paper: Paper, pdf: Buffer): Promise<string> {
  const { db, now, spooler } = desk;
  const id = openJob(db, paper, now());
  moveJob(db, id, 'sending', now());
  const handover = await spooler.submit(pdf, `kiosk-${id}`);
  if (handover.state !== 'taken') {
    settle(desk, id, handover.state === 'refused' ? 'failed' : 'in-doubt', handover.state);
    throw new StationError('printer-failed');
  }
  moveJob(db, id, 'sending', now(), handover.request);
  const started = performance.now();
  const state = await follow(desk, handover.request, started + desk.patience.visitor);
  if (state === 'waiting') {
    void followToEnd(desk, id, handover.request, started + desk.patience.request);
    return id;
  }
  await conclude(desk, id, handover.request, state);
  return id;
}

type Seen = Awaited<ReturnType<Spooler['requestState']>>;

/** Looks at a request until it has ended or `until` (on the monotonic clock) has passed; trouble may pass by itself. */
async function follow(desk: Desk, request: string, until: number): Promise<Seen> {
  for (;;) {
    const state = await desk.spooler.requestState(request);
    if (state === 'done' || state === 'lost' || performance.now() >= until) return state;
    await sleep(desk.patience.look, undefined, { ref: false });
    if (!desk.db.write.open) return 'unknown';
  }
}

async function followToEnd(desk: Desk, id: string, request: string, until: number): Promise<void> {
  const state = await follow(desk, request, until);
  if (!desk.db.write.open) return;
  await conclude(desk, id, request, state).catch(() => {});
}

/** Writes down the end; everything but `done` is taken back. Throws `printer-failed` for it. */
async function conclude(desk: Desk, id: string, request: string, state: Seen): Promise<void> {
  if (state === 'done') {
    settle(desk, id, 'printed', '');
    return;
  }
  await desk.spooler.cancel(request);
  settle(desk, id, 'in-doubt', state);
  throw new StationError('printer-failed');
}

function settle(
  { db, now, log }: Desk,
  id: string,
  state: 'printed' | 'failed' | 'in-doubt',
  reason: string,
): void {
  if (db.write.open) moveJob(db, id, state, now(), reason);
  log.event('print-ended', { job: id, state, reason });
}
