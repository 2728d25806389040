import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { arch, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DoctorReport } from '#shared/health/finding.ts';
import { parseRecoveries, RECOVERIES_FILE, type Recovery } from '#shared/health/recovery.ts';
import { upkeepDays } from '../doctor/upkeep-log.ts';
import { FACT_NAMES, withoutProse } from '../log/station-log.ts';
import { all, type ReadableDb, sql } from '../store/sql.ts';

/** What whoever maintains terminals is sent when one does not do well. */
export interface SupportFile {
  readonly format: 1;
  readonly at: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly doctor: DoctorReport;
  /** Of each database: the version of its schema, and how many rows each table has. */
  readonly databases: Readonly<Record<string, DatabaseFacts>>;
  /** Which settings were made, and when; never what was set, which may be a key. */
  readonly settings: readonly { readonly name: string; readonly changedAt: number }[];
  /** What the shell had to bring back, when, why and how. */
  readonly recoveries: readonly Recovery[];
  readonly upkeep: readonly { readonly day: string; readonly verdict: string }[];
  readonly logs: Readonly<Record<string, LogFacts>>;
  /** What could not be read, and the code of the error: a damaged database is when somebody needs this file. */
  readonly unreadable: Readonly<Record<string, string>>;
}

interface DatabaseFacts {
  readonly version: number;
  readonly schema: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}
interface LogFacts {
  readonly lines: readonly Readonly<Record<string, string | number | boolean>>[];
  /** Lines that are none of ours, or torn by a power cut. */
  readonly leftOut: number;
}

/** Two years of the upkeep log, and of a log file the newest lines. */
const DAYS = 731;
const LINES_OF_A_FILE = 20_000;

/** What to look at. */
export interface SupportOrder {
  readonly dataDir: string;
  readonly now: number;
  readonly programVersion: string;
  readonly doctor: DoctorReport;
  /** Those that can be opened. */
  readonly databases: Readonly<Partial<Record<'station' | 'cache', ReadableDb>>>;
}

/**
 * Collects what explains a terminal to somebody far away, and nothing about people: of rows only their number, of settings only their name,
 * of logs only events with numbers and codes. Nothing is copied whole, so that nothing slips in with it.
 */
export function makeSupportFile(order: SupportOrder): SupportFile {
  const { dataDir, now, programVersion, doctor, databases } = order;
  const { station } = databases;
  const unreadable: Record<string, string> = {};
  const tried: Tried = (part, otherwise, read) => {
    try {
      return read();
    } catch (error) {
      unreadable[part] = codeOf(error);
      return otherwise;
    }
  };
  return {
    ...{ format: 1, at: now, doctor },
    versions: {
      ...{ program: programVersion, node: process.versions.node },
      ...{ system: `${platform()} ${release()} ${arch()}`, memory: `${totalmem()}` },
    },
    databases: Object.fromEntries(
      Object.entries(databases).flatMap(([name, db]) =>
        db === undefined ? [] : [[name, factsOf(name, db, tried)]],
      ),
    ),
    settings:
      station === undefined
        ? []
        : tried('settings', [], () =>
            all(
              station,
              sql`select name, changed_at as changedAt from station_setting order by name`,
            ),
          ),
    upkeep:
      station === undefined
        ? []
        : tried('upkeep', [], () =>
            upkeepDays(station, DAYS).map(({ day, verdict }) => ({ day, verdict })),
          ),
    recoveries: tried('recoveries', [], () => recoveriesIn(dataDir)),
    logs: logsIn(join(dataDir, 'logs'), tried),
    unreadable,
  };
}

/** What is read, or what stands in its place when it cannot be. */
type Tried = <Value>(part: string, otherwise: Value, read: () => Value) => Value;

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

function factsOf(database: string, db: ReadableDb, tried: Tried): DatabaseFacts {
  const tables = tried(`${database} schema`, [], () =>
    all<{ name: string; sql: string }>(
      db,
      sql`select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`,
    ),
  );
  const count = (table: string) =>
    tried<[string, number][]>(`${database} ${table}`, [], () => [
      [table, Number(db.read.prepare(`select count(*) from "${table}"`).pluck().get())],
    ]);
  return {
    version: tried(`${database} version`, 0, () =>
      Number(db.read.pragma('user_version', { simple: true })),
    ),
    schema: tables.map((table) => table.sql),
    counts: Object.fromEntries(tables.flatMap(({ name }) => count(name))),
  };
}

function recoveriesIn(dataDir: string): Recovery[] {
  const path = join(dataDir, RECOVERIES_FILE);
  if (!existsSync(path)) return [];
  const word = (text: string) => (EVENT.test(text) ? text : '[left out]');
  return parseRecoveries(readFileSync(path, 'utf8')).map((recovery) => ({
    ...recovery,
    reason: word(recovery.reason),
    measure: word(recovery.measure),
  }));
}

function logsIn(folder: string, tried: Tried): Record<string, LogFacts> {
  return Object.fromEntries(
    namesIn(folder)
      .filter((name) => /^[a-z]+\.[\w.-]+\.log$/.test(name))
      .flatMap((name) =>
        tried<[string, LogFacts][]>(name, [], () => [
          [name, logFacts(readFileSync(join(folder, name), 'utf8'))],
        ]),
      ),
  );
}

function logFacts(text: string): LogFacts {
  const written = text.split('\n').filter(Boolean).slice(-LINES_OF_A_FILE);
  const lines = written.flatMap((line) => eventOf(line));
  return { lines, leftOut: written.length - lines.length };
}

/** What the log writes: its own facts, and what stands before them in each line. Nothing else is taken over. */
const TAKEN: ReadonlySet<string> = new Set([...FACT_NAMES, 'level', 'time', 'pid', 'msg']);
/** The name of an event, or of what befell the page: words, no number. */
const EVENT = /^[a-z]+(?:-[a-z]+)*$/;

/** A line as the log writes it: an event with facts of known names that are numbers and codes. */
function eventOf(line: string): LogFacts['lines'] {
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null || Array.isArray(event)) return [];
    const plain = Object.entries(event)
      .filter(isPlain)
      .filter(([name]) => TAKEN.has(name));
    const facts = withoutProse(Object.fromEntries(plain));
    return [EVENT.test(String(facts.msg)) ? facts : { ...facts, msg: '[left out]' }];
  } catch {
    return [];
  }
}

function isPlain(entry: [string, unknown]): entry is [string, string | number | boolean] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1]);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
