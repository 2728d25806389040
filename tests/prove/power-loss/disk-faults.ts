import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTerminal } from './check-terminal.ts';
import { makeFeeds } from './feed-states.ts';

const PROGRAM = join(import.meta.dirname, 'terminal-process.ts');
/** By which SQLite changes a file and makes it lasting. */
const CALLS = ['pwrite64', 'ftruncate', 'fdatasync', 'fsync'] as const;
/** Programs at a time. */
const LANES = 2;

export interface DiskFault {
  readonly error: 'ENOSPC' | 'EIO' | 'EROFS';
  /** Whether all that follows fails, too, as on a full disk, or one call alone. */
  readonly lasts: boolean;
  /** States of the feed that the terminal takes. */
  readonly states: number;
  /** Lets every how many-th call fail; 1 is each of them. */
  readonly stride: number;
}

export interface DiskFaultFigures {
  /** Days of a terminal on which a call failed. */
  readonly tried: number;
  /** Things that a terminal could not do on those days. */
  readonly refused: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/**
 * Lets one call after the other fail by which a terminal writes, each on a day of its own, and opens what is left on
 * a disk that is well again: whatever was said to be kept is there, nothing is there by half, and the next good feed is taken.
 */
export async function diskFaults(fault: DiskFault): Promise<DiskFaultFigures> {
  const place = mkdtempSync(join(tmpdir(), 'disk-'));
  try {
    const feeds = join(place, 'feeds');
    const expected = makeFeeds(feeds);
    const days: Day[] = [];
    for (const call of CALLS) {
      let next = fault.stride;
      let wasHit = true;
      const lane = async () => {
        while (wasHit) {
          const at = next;
          next += fault.stride;
          const day = await dayWith({ place, feeds, expected, ...fault, call, at });
          if (day === undefined) wasHit = false;
          else days.push(day);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    }
    return {
      tried: days.length,
      refused: days.reduce((count, { refused }) => count + refused, 0),
      faults: days.flatMap(({ wrong }) => wrong ?? []),
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

interface Day {
  readonly refused: number;
  readonly wrong?: string;
}

interface Trial extends DiskFault {
  readonly place: string;
  readonly feeds: string;
  readonly expected: ReadonlyMap<number, string>;
  readonly call: (typeof CALLS)[number];
  /** The how many-th call fails. */
  readonly at: number;
}

/** A day on which the call fails; undefined when there were not so many. */
async function dayWith(trial: Trial): Promise<Day | undefined> {
  const { place, feeds, expected, call, at, error, lasts, states } = trial;
  const folder = mkdtempSync(join(place, 'day-'));
  mkdirSync(join(folder, 'data'));
  const trace = join(folder, 'trace');
  const options = ['--seccomp-bpf', '-f', '-qq', '-o', trace, '-e', `trace=${call}`];
  const inject = ['-e', `inject=${call}:error=${error}:when=${at}${lasts ? '+' : ''}`];
  const data = join(folder, 'data');
  const said = await linesOf([
    ...options,
    ...inject,
    process.execPath,
    PROGRAM,
    data,
    feeds,
    String(states),
  ]);
  const wasHit = readFileSync(trace, 'latin1').includes('(INJECTED)');
  const refused = said.filter((line) => line.startsWith('refused')).length;
  const wrong = await checkTerminal({ feeds, expected, folder: data, said }, true).then(
    () => undefined,
    (reason: unknown) => `${call} ${at}: ${reason instanceof Error ? reason.message : ''}`,
  );
  rmSync(folder, { recursive: true });
  if (!wasHit && wrong === undefined) return undefined;
  return { refused, ...(wrong === undefined ? {} : { wrong }) };
}

/** What the terminal said. It may end with an error where its disk fails when it opens or closes. */
function linesOf(args: readonly string[]): Promise<string[]> {
  const child = spawn('strace', args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, UV_USE_IO_URING: '0', NODE_OPTIONS: '' },
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString('utf8');
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', () => done(text.split('\n').filter(Boolean)));
  });
}
