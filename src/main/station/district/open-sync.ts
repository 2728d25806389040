import { join } from 'node:path';
import { divisionOf } from '#shared/content/scope.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { conflictListSchema } from '#shared/operations/conflict.ts';
import { appliedDivision } from '../content/feed-divisions.ts';
import { openVersions, setState } from '../editing/edit-store.ts';
import type { StationLog } from '../log/station-log.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';
import { type DistrictLink, type Signer, signedRequest, webLink } from './district-link.ts';
import { type Enrolled, noteRevoked, readEnrolled } from './enrolled.ts';
import { type BeatSource, beat } from './heartbeat.ts';
import { forgetAnswered, sendAgain } from './outbox.ts';
import { freshPace, type Next, type PushTrouble, pushOnce } from './push-outbox.ts';
import { terminalKey } from './terminal-key.ts';

/** Without anything to say, so often is looked whether there is. */
const REST_SECONDS = 60;
const CONFLICTS_EVERY_MS = 5 * 60_000;
/** Batches in one go: other work has its turn in between. */
const BATCHES_IN_A_ROW = 20;
const EPOCH_SETTING = 'district-epoch';

export interface SyncOptions {
  readonly db: WritableDb;
  readonly cache: ReadableDb;
  readonly dataDir: string;
  readonly station: string;
  readonly now: () => number;
  readonly log: StationLog;
  /** What heartbeats tell beside the outbox. */
  readonly health: Pick<BeatSource, 'programVersion' | 'feedCheckedAt' | 'report'>;
  /** Told after answers of the district were written down. */
  readonly answered: () => void;
  /** Another way to the server, for tests. */
  readonly linkTo?: ((api: string, stop: AbortSignal) => DistrictLink) | undefined;
}

export interface Sync {
  readonly start: () => void;
  /** Something new is in the outbox. */
  readonly wake: () => void;
  /** Why nothing goes to the district any more, as staff are told; undefined while all is well. */
  readonly trouble: () => PushTrouble | undefined;
  readonly stop: () => Promise<void>;
}

/** The folder of what belongs to the enrolment and must not leave this computer. */
export const districtFolder = (dataDir: string): string => join(dataDir, 'district');

/** Drains the outbox to the district, never in anybody's way: it runs by itself, and without enrolment it does nothing. */
export function openSync(options: SyncOptions): Sync {
  const { db, log, now } = options;
  const stopping = new AbortController();
  const pace = freshPace();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let isWoken = false;
  let toldTrouble: PushTrouble | undefined;
  let conflictsAt = 0;
  let beatDueAt = 0;

  const signerOf = (enrolled: Enrolled): Signer => ({
    terminal: enrolled.terminal,
    key: terminalKey(districtFolder(options.dataDir)),
    now,
  });

  const round = async (): Promise<number> => {
    const enrolled = readEnrolled(db);
    if (enrolled === undefined || enrolled.revokedAt !== undefined) return REST_SECONDS;
    const link = (options.linkTo ?? webLink)(enrolled.district.api, stopping.signal);
    const signer = signerOf(enrolled);
    sendAgainAfterReset(options);
    let next: Next = 'more';
    for (let batch = 0; next === 'more' && batch < BATCHES_IN_A_ROW; batch += 1) {
      next = await pushOnce({ db, link, signer, pace, answered: options.answered });
      if (stopping.signal.aborted) return REST_SECONDS;
    }
    if (next === 'rest' && now() - conflictsAt >= CONFLICTS_EVERY_MS) {
      conflictsAt = now();
      await hearDecisions(options, link, signer);
      forgetAnswered(db, now());
    }
    if (next !== 'stop' && pace.failures === 0 && now() >= beatDueAt) {
      const clock = { ...signer, now: () => now() + pace.skewMs };
      const after = await beat({ ...options, ...options.health }, link, clock);
      if (after === 'revoked') {
        noteRevoked(db, now());
        options.answered();
      } else beatDueAt = now() + after * 1000;
    }
    // The same trouble at each try is one line in the log.
    if (pace.trouble !== undefined && pace.trouble !== toldTrouble)
      log.event('district-trouble', { trouble: pace.trouble });
    toldTrouble = pace.trouble;
    if (next === 'more') return 0;
    return typeof next === 'string' ? REST_SECONDS : next.waitSeconds;
  };

  const run = () => {
    clearTimeout(timer);
    if (isWorking || stopping.signal.aborted) {
      isWoken = true;
      return;
    }
    isWorking = true;
    isWoken = false;
    working = round()
      .catch((error: unknown) => {
        log.event('sync-failed', { error: error instanceof Error ? error.name : 'unknown' });
        return REST_SECONDS;
      })
      .then((seconds) => {
        isWorking = false;
        if (stopping.signal.aborted) return;
        const isWaiting = pace.failures > 0;
        // A fifth earlier or later: terminals that start together in the morning must not ask together all day.
        const pause = isWoken && !isWaiting ? 0 : seconds * 1000 * (0.8 + 0.4 * Math.random());
        timer = setTimeout(run, pause);
        timer.unref();
      });
  };

  return {
    start: run,
    // While the server is failing its pauses hold, however much is written here.
    wake: () => {
      if (pace.failures === 0) run();
    },
    trouble: () => pace.trouble,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await working;
    },
  };
}

/** Another epoch of the own division's numbering: the server may have lost what it took (docs/protocol.md, 3.3). */
function sendAgainAfterReset({ db, cache, station, now, log }: SyncOptions): void {
  const epoch = appliedDivision(cache, divisionOf(station))?.epoch;
  const known = readSetting(db, EPOCH_SETTING);
  if (epoch === undefined || epoch === known) return;
  const count = transaction(db, () => {
    writeSetting(db, EPOCH_SETTING, epoch, now());
    // Also the first epoch that is seen: what was taken before may be lost already, and to ask again is harmless.
    return sendAgain(db);
  });
  if (count > 0) log.event('district-began-anew', { operations: count });
}

/** Conflicts that the office decided need nobody here any more; their values come by the feed. */
async function hearDecisions(
  { db, now, answered }: SyncOptions,
  link: DistrictLink,
  signer: Signer,
): Promise<void> {
  const open = openVersions(db).filter(({ state }) => state === 'conflict');
  if (open.length === 0) return;
  const reply = await link.request(signedRequest(signer, 'GET', DISTRICT_PATHS.conflicts));
  const list = conflictListSchema.safeParse(reply.state === 'answered' ? reply.body : undefined);
  if (!list.success) return;
  const decided = new Set(
    list.data.conflicts.flatMap(({ conflict, outcome }) =>
      outcome === undefined ? [] : [conflict],
    ),
  );
  const over = open.filter(({ outcome }) => decided.has(outcome.conflict ?? ''));
  if (over.length === 0) return;
  transaction(db, () => {
    for (const { operation, outcome } of over) setState(db, operation, 'closed', outcome, now());
  });
  answered();
}
