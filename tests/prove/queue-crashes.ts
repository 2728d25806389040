import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ticketIn } from '#station/queue/queue-events.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { DAY, MONDAY_NINE } from '../station/queue/queue-station.ts';
import { openTerminal } from '../station/queue/terminals.ts';
import { openCrashQueue } from './open-crash-queue.ts';
import { type PrintedFigures, printedIn, printingTo } from './printed-tickets.ts';

const PROCESS = join(import.meta.dirname, 'queue-station-process.ts');
/** Lives of the process in one simulated day, forty minutes apart: the last is in the evening, so that the day honestly ends. */
const LIVES_A_DAY = 15;
/** Ids of one life, far more than it can use. */
const IDS_A_LIFE = 100_000;

/** What came of it. */
export interface CrashFigures extends PrintedFigures {
  readonly kills: number;
  readonly tickets: number;
  readonly days: number;
  readonly calls: number;
  /** Numbers that two visitors hold. */
  readonly repeated: number;
  /** Numbers that a visitor saw and the station does not know. */
  readonly lost: number;
  /** Calls of a visitor who was at another window. */
  readonly calledTwice: number;
}

/**
 * Kills (`SIGKILL`) a process with three terminals, six windows and a printer `kills` times, each after it has shown about `numbers`
 * more; afterwards every number that was shown is looked for.
 */
export async function queueCrashes(
  kills: number,
  numbers: number,
  seed: number,
): Promise<CrashFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'queue-crashes-'));
  try {
    const shown: string[] = [];
    for (let life = 0; life < kills; life += 1)
      shown.push(...(await liveAndDie(folder, life, numbers, seed)));
    return await figures(folder, shown, kills);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The numbers that were shown until the process was killed; the last line may be torn and is then nobody's. */
function liveAndDie(
  folder: string,
  life: number,
  numbers: number,
  seed: number,
): Promise<string[]> {
  const day = Math.floor(life / LIVES_A_DAY);
  const start = MONDAY_NINE + day * DAY + (life % LIVES_A_DAY) * 40 * 60_000;
  const args = [folder, start, life * IDS_A_LIFE, seed * 1000 + life].map(String);
  const child = spawn(process.execPath, [PROCESS, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const until = 1 + ((life * 7919 + seed) % (2 * numbers));
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      // Some die while they start, some after many numbers; the moment within an operation is chance.
      if (output.split('\n').length > until) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === null)
        resolve(
          output
            .split('\n')
            .slice(0, -1)
            .filter((row) => row !== 'ready'),
        );
      else reject(new Error(`the process ended by itself with ${code}`));
    });
  });
}

async function figures(
  folder: string,
  shown: readonly string[],
  kills: number,
): Promise<CrashFigures> {
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  const at = { now: MONDAY_NINE + Math.floor((kills - 1) / LIVES_A_DAY) * DAY };
  // Opened and closed as by a terminal that starts again and ends in order.
  await printingTo(folder, db, () => at.now).close();
  const queue = openCrashQueue(folder, db, at);
  for (const ordinal of [1, 2]) {
    const terminal = openTerminal(ordinal, () => at.now, folder);
    await terminal.exchange(queue.hubFor({ id: `t${ordinal}`, ordinal }));
    terminal.remove();
  }
  const numbers = shown.map((row) => row.split(' ').slice(0, 2).join(' '));
  const lost = shown.filter((row) => {
    const [day, number, id = ''] = row.split(' ');
    const ticket = ticketIn(db, id);
    return ticket?.day !== day || ticket?.number !== number;
  });
  const result = {
    kills,
    tickets: shown.length,
    days: new Set(shown.map((row) => row.slice(0, 10))).size,
    repeated: numbers.length - new Set(numbers).size,
    lost: lost.length,
    ...callsIn(db),
    ...printedIn(db),
  };
  queue.stop();
  db.write.close();
  return result;
}

/** Reads the log by itself: a visitor who is called must not be at a window. */
function callsIn(db: Parameters<typeof all>[0]): { calls: number; calledTwice: number } {
  const atWindow = new Set<string>();
  let calls = 0;
  let calledTwice = 0;
  const events = all<{ ticket: string; type: string }>(
    db,
    sql`select ticket, json_extract(body, '$.type') as type from queue_event where ticket is not null order by seq`,
  );
  for (const { ticket, type } of events) {
    if (type === 'called' || type === 'resumed') {
      calls += 1;
      if (atWindow.has(ticket)) calledTwice += 1;
      atWindow.add(ticket);
    } else if (type !== 'recalled') atWindow.delete(ticket);
  }
  return { calls, calledTwice };
}
