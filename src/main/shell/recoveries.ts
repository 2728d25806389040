import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseRecoveries, RECOVERIES_FILE, type Recovery } from '#shared/health/recovery.ts';
import type { SupervisedHost } from './supervised-host.ts';

/** Some months of a bad terminal; the self-test looks at a day. */
const KEPT = 500;
/** A record that has grown beyond is shortened; the longest lines are of 90 bytes. */
const LONGEST_BYTES = 48_000;
/** There while a program runs; one that is found at the start was left by a program that did not end in order. */
const MARK = 'running';

/** A record of what was brought back, which survives restarts of the program. */
export interface Recoveries {
  readonly note: (what: Recovery['what'], reason: string, measure: string) => void;
  /** Writes down what a full disk did not take. */
  readonly catchUp: () => void;
  /** The program runs, and the data folder is its own. */
  readonly begin: () => void;
  /** It ends in order. */
  readonly end: () => void;
}

/** For a terminal that knows no data folder. */
export const NO_RECORD: Recoveries = {
  ...{ note: () => {}, catchUp: () => {}, begin: () => {}, end: () => {} },
};

/** Notes what befalls a host, and why the recovery page stands for want of one: once for each reason until there is one. */
export function recordHost(
  host: Pick<SupervisedHost, 'onUp' | 'onFault' | 'onNoStart'>,
  recoveries: Recoveries,
): void {
  let noted: string | undefined;
  host.onUp(() => {
    noted = undefined;
    recoveries.catchUp();
  });
  host.onFault((reason) => recoveries.note('host', reason, 'host'));
  host.onNoStart(({ kind }) => {
    // The record lies in a data folder that is another program's then.
    if (kind === noted || kind === 'already-running') return;
    noted = kind;
    recoveries.note('host', kind, 'recovery-page');
  });
}

/** Opens the record in a data folder. A disk that takes nothing costs the record, never the terminal. */
export function openRecoveries(dataDir: string, now: () => number = Date.now): Recoveries {
  const path = join(dataDir, RECOVERIES_FILE);
  const mark = join(dataDir, MARK);
  let unwritten: string[] = [];
  /** A disk that grew full may have taken half a line. */
  let before = '';
  const catchUp = () =>
    attempt(() => {
      if (unwritten.length === 0) return;
      const lines = `${before}${unwritten.join('')}`;
      before = '\n';
      appendFileSync(path, lines);
      before = '';
      unwritten = [];
      if (statSync(path).size > LONGEST_BYTES) shorten(path);
    });
  const note = (what: Recovery['what'], reason: string, measure: string) => {
    const line = `${JSON.stringify({ at: now(), what, reason, measure })}\n`;
    unwritten = [...unwritten, line].slice(-KEPT);
    catchUp();
  };
  return {
    ...{ note, catchUp },
    begin: () => {
      attempt(() => shorten(path));
      if (existsSync(mark)) note('program', 'not-ended', 'start');
      attempt(() => writeFileSync(mark, ''));
    },
    end: () => attempt(() => rmSync(mark, { force: true })),
  };
}

/** Rewrites a record that has grown long; also takes away a line that a power cut left unfinished. */
function shorten(path: string): void {
  if (!existsSync(path)) return;
  const text = readFileSync(path, 'utf8');
  const kept = parseRecoveries(text).slice(-KEPT);
  const lines = kept.map((one) => `${JSON.stringify(one)}\n`).join('');
  if (lines === text) return;
  writeFileSync(`${path}.new`, lines);
  renameSync(`${path}.new`, path);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // a full or failing disk; its own check tells of it
  }
}
