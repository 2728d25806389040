import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#district/store/sql.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { visibleRecords } from '#station/content/content-store.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { FeedUnreachable, openFeedSource } from '#station/feed/feed-source.ts';
import { chanceFrom } from '../../bench/sync/sample-records.ts';
import { connectPostgres, startPostgres } from '../../district/databases.ts';
import { sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { changesBy, OUTLETS } from './district-of-outlets.ts';
import { type Change, type FleetServer, keepServer, type ServerEnd } from './fleet-server.ts';
import { type Outlet, type SqlAnswer, sqlAnswer } from './sql-answer.ts';

const DAY = '2026-11-23' as LocalDate;
/** Changes under way at a time, as from several people of an office. */
const AT_A_TIME = 6;
/** A server gathers changes and writes its feed within so long. */
const WRITTEN_WITHIN_MS = 600;
/** So many looks at most bring everything. */
const MOST_LOOKS = 600;
const BETWEEN_LOOKS_MS = 100;

export interface FleetSize {
  readonly terminals: number;
  readonly changes: number;
  readonly batches: number;
}

/** What came of it. */
export interface FleetFigures extends FleetSize {
  readonly looks: number;
  /** Looks that met no server, because it was ending or gone. */
  readonly brokenLooks: number;
  readonly endedInOrder: number;
  readonly killed: number;
  /** Bases that a terminal took because it had been away for longer than deltas are kept. */
  readonly bases: number;
  readonly rowsCompared: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/**
 * Terminals with real databases against a real server on PostgreSQL, over HTTP. Changes come in batches, while the server is ended in
 * order or killed and started again, in the middle of changes and of looks; some terminals stay away for some batches. After each batch
 * what a terminal holds, what it shows and its digests are compared with what SQL says of its outlet.
 */
export async function fleet(size: FleetSize, seed: number): Promise<FleetFigures> {
  const place = mkdtempSync(join(tmpdir(), 'fleet-'));
  const postgres = await startPostgres();
  const database = await connectPostgres(postgres.url);
  const server = await keepServer(join(place, 'district'), postgres.url);
  const root = readFileSync(join(place, 'district/feed/metadata/1.root.json'));
  const members = Array.from({ length: size.terminals }, (_, at) => bornMember(at, root, server));
  try {
    const run: Run = {
      ...{ size, database, server, members, chance: chanceFrom(seed) },
      ...{ tally: { looks: 0, brokenLooks: 0, endedInOrder: 0, killed: 0, rowsCompared: 0 } },
      ...{ faults: [], back: Promise.resolve() },
    };
    for (let batch = 0; batch < size.batches && run.faults.length === 0; batch += 1)
      await liveBatch(run, batch);
    await server.stop();
    return {
      ...{ ...size, ...run.tally },
      bases: members.reduce((sum, { bases }) => sum + bases(), 0),
      faults: [...run.faults, ...server.faults].slice(0, 20),
    };
  } finally {
    for (const { terminal } of members) terminal.remove();
    await database.close();
    await postgres.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Run {
  /** Settled when a server that was ended is there again. */
  back: Promise<void>;
  readonly size: FleetSize;
  readonly database: Database;
  readonly server: FleetServer;
  readonly members: readonly Member[];
  readonly chance: () => number;
  readonly tally: Record<
    'looks' | 'brokenLooks' | 'endedInOrder' | 'killed' | 'rowsCompared',
    number
  >;
  readonly faults: string[];
}

interface Member {
  readonly name: string;
  readonly outlet: Outlet;
  readonly terminal: ReturnType<typeof sampleTerminal>;
  readonly bases: () => number;
}

function bornMember(at: number, root: Buffer, { url }: FleetServer): Member {
  const outlet = OUTLETS[at % OUTLETS.length] as Outlet;
  const source = openFeedSource(`${url}/feed`, new AbortController().signal);
  let bases = 0;
  const terminal = sampleTerminal(root, {
    read: (path) => {
      const division = /content\/(\d+)\/.*\.base-/.exec(path)?.[1];
      // A division that it has nothing of yet is how every terminal begins.
      if (division !== undefined && appliedDivision(terminal.cache, division) !== undefined)
        bases += 1;
      return source.read(path);
    },
  });
  return { name: `terminal ${at}`, outlet, terminal, bases: () => bases };
}

async function liveBatch(run: Run, batch: number): Promise<void> {
  const { size, chance } = run;
  await changeAll(run, changesBy(chance, Math.round(size.changes / size.batches)));
  // One in five stays away, another fifth in each stretch of batches; at the end all are there.
  const isLast = batch === size.batches - 1;
  const stretch = Math.floor(batch / Math.min(8, Math.ceil(size.batches / 3)));
  const here = run.members.filter((_, at) => isLast || (at + stretch) % 5 !== 0);
  const answers = new Map<Outlet, SqlAnswer>();
  for (const outlet of OUTLETS) answers.set(outlet, await sqlAnswer(run.database, outlet, DAY));
  await lookAll(run, here, answers);
  for (const member of here) compare(run, member, answers, batch);
}

/** How the server ends in a stretch of work, if it does, and after which share of it. */
function chosenEnd({ chance }: Run): {
  readonly how: ServerEnd | undefined;
  readonly after: number;
} {
  const what = chance();
  const how = what < 0.25 ? 'by force' : what < 0.4 ? 'in order' : undefined;
  return { how, after: chance() };
}

function restart(run: Run, how: ServerEnd): void {
  run.tally[how === 'in order' ? 'endedInOrder' : 'killed'] += 1;
  run.back = run.server.restart(how);
}

/** The office makes its changes; those of which nobody knows whether they were committed it makes again. */
async function changeAll(run: Run, changes: readonly Change[]): Promise<void> {
  const { how, after } = chosenEnd(run);
  const endAt = Math.floor(after * changes.length);
  const left = [...changes];
  let sent = 0;
  const person = async () => {
    for (let change = left.shift(); change !== undefined; change = left.shift()) {
      await run.back;
      if (sent === endAt && how !== undefined) restart(run, how);
      sent += 1;
      if (!(await run.server.carryOut(change))) left.push(change);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, person));
  await run.back;
}

/**
 * The first terminal of each outlet looks until it has what SQL says. From then on the feed is written: one look that meets the server is
 * enough for each other.
 */
async function lookAll(
  run: Run,
  here: readonly Member[],
  answers: ReadonlyMap<Outlet, SqlAnswer>,
): Promise<void> {
  const firsts = OUTLETS.flatMap((outlet) => here.find((member) => member.outlet === outlet) ?? []);
  const { how: first, after: wait } = chosenEnd(run);
  const ending =
    first === undefined
      ? undefined
      : pause(wait * WRITTEN_WITHIN_MS).then(() => restart(run, first));
  for (const member of firsts)
    await lookUntil(run, member, () => {
      const answer = answers.get(member.outlet);
      return answer !== undefined && sameLines(heldBy(member), answer.held);
    });
  await ending;
  await run.back;
  const others = here.filter((member) => !firsts.includes(member));
  const { how, after } = chosenEnd(run);
  const endAt = Math.floor(after * others.length);
  const lane = async () => {
    for (let member = others.shift(); member !== undefined; member = others.shift()) {
      if (others.length === endAt && how !== undefined) restart(run, how);
      await lookUntil(run, member, () => true);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  await run.back;
}

/** Looks until a look meets the server and leaves what is wanted. */
async function lookUntil(run: Run, member: Member, isWanted: () => boolean): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const wasMet = await look(run, member);
    if (wasMet && isWanted()) return;
    // A server takes as long to start as it takes.
    if (!wasMet) await run.back;
    await pause(BETWEEN_LOOKS_MS);
  }
  run.faults.push(`${member.name} does not come to what SQL says`);
}

/** False when no server was met. */
async function look({ tally, faults }: Run, { name, outlet, terminal }: Member): Promise<boolean> {
  tally.looks += 1;
  try {
    const { refused } = await terminal.pull({ station: outlet.station, now: Date.now });
    for (const { division, refusal } of refused)
      faults.push(`${name} refused ${division}: ${refusal.reason}`);
    return true;
  } catch (error) {
    if (!(error instanceof FeedUnreachable)) throw error;
    tally.brokenLooks += 1;
    return false;
  }
}

function compare(
  { faults, tally }: Run,
  member: Member,
  answers: ReadonlyMap<Outlet, SqlAnswer>,
  batch: number,
): void {
  const { name, outlet, terminal } = member;
  const answer = answers.get(outlet);
  if (answer === undefined) throw new Error('no answer was asked for');
  tally.rowsCompared += answer.held.length;
  const wrong = (what: string) => faults.push(`batch ${batch}, ${name}: ${what}`);
  if (!sameLines(heldBy(member), answer.held)) wrong('holds other rows than SQL says');
  const shown = visibleRecords(terminal.cache, 'notice', { station: outlet.station, today: DAY });
  const lines = shown.map(({ id, scope, version }) => `${id} ${scope} ${version}`).sort();
  if (!sameLines(lines, answer.shown)) wrong('shows other records than SQL says');
  for (const [division, digest] of answer.digests)
    if (appliedDivision(terminal.cache, division)?.digest !== digest)
      wrong(`has another digest of ${division}`);
}

function heldBy({ terminal }: Member): string[] {
  const rows = terminal.cache.read
    .prepare(
      `select concat_ws(' ', id, scope, version, envelope ->> '$.body.title', envelope ->> '$.validUntil') as line
       from source_record`,
    )
    .all() as { line: string }[];
  return rows.map(({ line }) => line).sort();
}

const sameLines = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((line, at) => line === other[at]);
