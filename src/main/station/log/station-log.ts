import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import openRoll from 'pino-roll';

/** A value that can be in the log: numbers, and texts that look like codes. Anything else is left out. */
const CODE = /^[\w./:#-]{0,120}$/;

/** A file of the program: names of packages have an @, those of native parts a +. */
const FILE = /^[\w./@+-]{0,200}$/;

/** Mobile and identity numbers look like codes and are not let through either. */
const PERSONAL = /(?<!\d)(?:1\d{10}|\d{17}[\dXx])(?!\d)/;

/** The names that a fact may have; none of them is one under which anybody would write of a person. */
export const FACT_NAMES = [
  ...(['addresses', 'at', 'by', 'contentChanged', 'count', 'day', 'detail'] as const),
  ...(['division', 'divisions', 'error', 'fault', 'faults', 'file', 'from', 'job'] as const),
  ...(['kept', 'kind', 'method', 'operations', 'ordinal', 'port', 'profile'] as const),
  ...([
    'reason',
    'record',
    'records',
    'removed',
    'requests',
    'reserve',
    'restarts',
    'rung',
  ] as const),
  ...(['segments', 'state', 'station', 'tickets', 'to', 'trouble', 'type', 'window'] as const),
] as const;
export type Facts = Readonly<
  Partial<Record<(typeof FACT_NAMES)[number], string | number | boolean>>
>;

/**
 * The station's log. It takes an event name and facts that are numbers or codes; free text does not pass, so that no
 * name, number or matter of a visitor can get in (T7).
 */
export interface StationLog {
  readonly event: (name: string, facts?: Facts) => void;
  readonly close: () => Promise<void>;
}

/** Files of one name, the one that is written now among them. */
const FILES_KEPT = 14;

/**
 * Opens the log below a folder: a file a day, at most 5 MB each and 14 of them. `name` is the file's name: one file has
 * one writing process.
 */
export async function openStationLog(folder: string, name = 'station'): Promise<StationLog> {
  removeOldFiles(folder, name);
  const stream = await openRoll({
    file: join(folder, name),
    extension: '.log',
    size: '5m',
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    limit: { count: FILES_KEPT },
    mkdir: true,
  });
  // A log that cannot be written (a full disk) must not end the host.
  stream.on('error', () => {});
  const logger = pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    stream,
  );
  return {
    event: (name, facts = {}) => logger.info(withoutProse(facts), name),
    close: () =>
      new Promise((resolve) => {
        stream.once('close', () => resolve());
        stream.once('error', () => stream.destroy());
        stream.end();
      }),
  };
}

/** pino-roll counts only the files that it made itself since the program started, and that is every night. */
function removeOldFiles(folder: string, name: string): void {
  const isOurs = new RegExp(String.raw`^${name}\.(?:\d{4}-\d\d-\d\d\.)?\d+\.log$`);
  try {
    const files = readdirSync(folder)
      .filter((file) => isOurs.test(file))
      .map((file) => ({ path: join(folder, file), at: statSync(join(folder, file)).mtimeMs }))
      .sort((one, other) => other.at - one.at);
    for (const { path } of files.slice(FILES_KEPT - 1)) rmSync(path, { force: true });
  } catch {
    // no folder yet, or a disk that lets nothing go: neither is a reason not to write
  }
}

/** A log that keeps nothing, for tests and one-shot commands. */
export const silentLog: StationLog = { event: () => {}, close: async () => {} };

/** Replaces every text that is not a code by a mark, so that prose cannot slip in by mistake. */
export function withoutProse(
  facts: Readonly<Record<string, string | number | boolean>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && !isCode(name, value) ? '[left out]' : value,
    ]),
  );
}

function isCode(name: string, value: string): boolean {
  return (name === 'file' ? FILE : CODE).test(value) && !PERSONAL.test(value);
}
