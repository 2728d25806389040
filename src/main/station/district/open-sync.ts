import { uptime as osUptime } from 'node:os';
import { join } from 'node:path';
import { divisionOf } from '#shared/content/scope.ts';
import { PUSH_PAUSES } from '#shared/operations/operation-limits.ts';
import { appliedDivision } from '../content/feed-divisions.ts';
import type { StationLog } from '../log/station-log.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';
import { heedDivision, heedServer } from './begin-anew.ts';
import { type DistrictLink, type Signer, webLink } from './district-link.ts';
import { type Enrolled, noteRevoked, readEnrolled } from './enrolled.ts';
import { hearDecisions } from './hear-decisions.ts';
import { type Beaten, type BeatSource, beat } from './heartbeat.ts';
import { forgetAnswered, sendUnknownAgain } from './outbox.ts';
import { freshPace, type Next, type PushTrouble, pushOnce } from './push-outbox.ts';
import { terminalKey } from './terminal-key.ts';

/** Without anything to say, so often is looked whether there is. */
const REST_SECONDS = 60;
const CONFLICTS_EVERY_MS = 5 * 60_000;
/** So often is looked whether the district has learned a type of operation. */
const UNKNOWN_AGAIN_MS = 24 * 3_600_000;
/** Batches in one go: other work has its turn in between. */
const BATCHES_IN_A_ROW = 20;

export interface SyncOptions {
  readonly db: WritableDb;
  readonly cache: ReadableDb;
  readonly dataDir: string;
  readonly station: string;
  readonly now: () => number;
  /** By which pauses pass, milliseconds: a clock that is put right must not hold anything up. The computer's own when absent. */
  readonly uptime?: (() => number) | undefined;
  readonly log: StationLog;
  /** What heartbeats tell beside the outbox. */
  readonly health: Pick<BeatSource, 'programVersion' | 'feedCheckedAt' | 'feedRefused' | 'report'>;
  /** Told after answers of the district were written down. */
  readonly answered: () => void;
  /** Another way to the server, for tests. */
  readonly linkTo?: ((api: string, stop: AbortSignal) => DistrictLink) | undefined;
}

export interface Sync {
  readonly start: () => void;
  /**
   * A person wrote something, or enrolled: it goes at once, also within the pause that a busy server asks for. What the terminal
   * notes by itself wakes nobody and waits its turn, so that the server is spared by all that does not matter this minute.
   */
  readonly wake: () => void;
  /** Why nothing goes to the district any more, as staff are told; undefined while all is well. */
  readonly trouble: () => PushTrouble | undefined;
  readonly stop: () => Promise<void>;
}

/** The folder of what belongs to the enrolment and must not leave this computer. */
export const districtFolder = (dataDir: string): string => join(dataDir, 'district');

/** Drains the outbox to the district, never in anybody's way: it runs by itself, and without enrolment it does nothing. */
export function openSync(options: SyncOptions): Sync {
  const { db, log, now, uptime = computerUptime } = options;
  const stopping = new AbortController();
  const pace = freshPace();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;
  let isWoken = false;
  let toldTrouble: PushTrouble | undefined;
  /** Why heartbeats are refused, when nothing waits that could be. */
  let beatTrouble: PushTrouble | undefined;
  /** Heartbeats in a row that nobody took. */
  let unheard = 0;
  let terminal: string | undefined;
  const due = { conflicts: 0, beat: 0, unknown: 0 };

  const signerOf = (enrolled: Enrolled): Signer => ({
    terminal: enrolled.terminal,
    key: terminalKey(districtFolder(options.dataDir)),
    now,
    clock: pace,
  });

  /** Another enrolment begins anew: what kept the former from sending is over. */
  const meet = (enrolled: Enrolled) => {
    if (terminal === enrolled.terminal) return;
    terminal = enrolled.terminal;
    Object.assign(pace, freshPace());
    beatTrouble = undefined;
    due.beat = 0;
    unheard = 0;
  };

  const goesAgain = (operations: number) => {
    if (operations > 0) log.event('district-began-anew', { operations });
  };
  const heed = (epoch: string | undefined) => goesAgain(heedServer(db, epoch, now()));

  const tellOf = async (link: DistrictLink, signer: Signer): Promise<void> => {
    const beaten = await beat({ ...options, ...options.health }, link, signer);
    const isHeard = beaten.state === 'told' || beaten.state === 'later';
    beatTrouble = isHeard ? undefined : beaten.state;
    due.beat = uptime() + beatPause(beaten, unheard) * 1000;
    unheard = beaten.state === 'later' ? unheard + 1 : 0;
    if (beaten.state === 'told') heed(beaten.epoch);
    if (beaten.state !== 'revoked') return;
    noteRevoked(db, now());
    options.answered();
  };

  const round = async (): Promise<number> => {
    const enrolled = readEnrolled(db);
    if (enrolled === undefined || enrolled.revokedAt !== undefined) return REST_SECONDS;
    const link = (options.linkTo ?? webLink)(enrolled.district.api, stopping.signal);
    const signer = signerOf(enrolled);
    meet(enrolled);
    goesAgain(
      heedDivision(db, appliedDivision(options.cache, divisionOf(options.station))?.epoch, now()),
    );
    if (uptime() >= due.unknown) {
      due.unknown = uptime() + UNKNOWN_AGAIN_MS;
      sendUnknownAgain(db);
    }
    let next: Next = 'more';
    for (let batch = 0; next === 'more' && batch < BATCHES_IN_A_ROW; batch += 1) {
      next = await pushOnce({ db, link, signer, pace, heed, answered: options.answered });
      if (stopping.signal.aborted) return REST_SECONDS;
    }
    if (next === 'rest' && uptime() >= due.conflicts) {
      due.conflicts = uptime() + CONFLICTS_EVERY_MS;
      if ((await hearDecisions(db, link, signer)) > 0) options.answered();
      forgetAnswered(db, now());
    }
    if (next !== 'stop' && pace.failures === 0 && uptime() >= due.beat) await tellOf(link, signer);
    // The same trouble at each try is one line in the log.
    const trouble = pace.trouble ?? beatTrouble;
    if (trouble !== undefined && trouble !== toldTrouble)
      log.event('district-trouble', { trouble });
    toldTrouble = trouble;
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
    trouble: () => pace.trouble ?? beatTrouble,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await working;
    },
  };
}

const computerUptime = () => osUptime() * 1000;

/** Seconds until the next heartbeat: never sooner than when all is well, however short a wait a busy district names. */
function beatPause(beaten: Beaten, unheard: number): number {
  if (beaten.state === 'told') return beaten.nextSeconds;
  if (beaten.state !== 'later') return PUSH_PAUSES.heartbeat;
  const backOff = Math.min(PUSH_PAUSES.heartbeat * 2 ** unheard, PUSH_PAUSES.longest);
  return Math.max(beaten.waitSeconds ?? 0, backOff);
}
