import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, type ReadableDb, sql } from '#station/store/sql.ts';
import { NOW, notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { folderSource } from '../../station/feed/sample-terminal.ts';
import { Disk, type Fate } from './disk.ts';
import { type FileStep, recordedRun } from './recorded-run.ts';

const PROGRAM = join(import.meta.dirname, 'terminal-process.ts');
const DIVISION = '530102';
const STATES = 12;
const FATES: readonly Fate[] = ['kept', 'dropped', 'mixed', 'mixed'];
/** After every so many states the terminal also goes on with the feed. */
const GOES_ON_EVERY = 20;

/** Ways in which a terminal can be written wrongly, to see that the replay notices. */
type PowerBug = 'not-flushed' | 'cursor-before-rows';

export interface PowerLossFigures {
  readonly states: number;
  readonly steps: number;
  readonly syncs: number;
  /** What must not be, at most ten. */
  readonly faults: readonly string[];
  readonly faulty: number;
}

/**
 * Records what a terminal writes, cuts the power at `states` moments of it and opens what is left: whatever was said to be kept is
 * there, a segment is there whole or not at all, and the next good feed is taken.
 */
export async function powerLoss(
  states: number,
  seed: number,
  bug?: PowerBug,
): Promise<PowerLossFigures> {
  const place = mkdtempSync(join(tmpdir(), 'power-'));
  try {
    const feeds = join(place, 'feeds');
    const expected = makeFeeds(feeds);
    const folder = join(place, 'terminal');
    mkdirSync(folder);
    const steps = await recordedRun(folder, PROGRAM, [
      folder,
      feeds,
      ...(bug === undefined ? [] : [bug]),
    ]);
    const chance = mulberry(seed);
    const moments = Array.from({ length: states }, () =>
      Math.floor(chance() * (steps.length + 1)),
    ).sort((one, two) => one - two);
    const faults = await replay({ place, feeds, folder, steps, moments, expected, chance });
    return {
      ...{ states, steps: steps.length },
      syncs: steps.filter((step) => step.do === 'sync').length,
      ...{ faults: faults.slice(0, 10), faulty: faults.length },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** States of a district's feed, each in a folder; gives the rows at each of their tops. */
function makeFeeds(feeds: string): ReadonlyMap<number, string> {
  const district = sampleDistrict();
  const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
  const log = openDivisionLog(
    DIVISION,
    'epochone',
    names.map((name) => notice(name)),
  );
  const rows = new Map(names.map((name) => [`notice.${name}`, 1]));
  const expected = new Map<number, string>();
  mkdirSync(feeds);
  writeFileSync(join(feeds, 'root.json'), district.root);
  for (let state = 1; state <= STATES; state += 1) {
    for (const at of [state, state + 5]) {
      log.put(notice(`n${at}`, state + 1));
      rows.set(`notice.n${at}`, state + 1);
    }
    log.remove(`notice.n${29 - state}`, DIVISION);
    rows.delete(`notice.n${29 - state}`);
    log.cut();
    if (state === STATES / 2) log.compact(2);
    expected.set(log.feed().index.top, textOf([...rows]));
    district.publish([log.feed()]);
    cpSync(district.folder, join(feeds, String(state)), { recursive: true });
  }
  district.remove();
  return expected;
}

const textOf = (rows: readonly (readonly [string, number])[]) =>
  rows
    .map(([id, version]) => `${id}@${version}`)
    .sort(inOrder)
    .join(' ');

interface Replay {
  readonly place: string;
  readonly feeds: string;
  readonly folder: string;
  readonly steps: readonly FileStep[];
  /** Ascending. */
  readonly moments: readonly number[];
  readonly expected: ReadonlyMap<number, string>;
  readonly chance: () => number;
}

async function replay(run: Replay): Promise<string[]> {
  const { steps, moments, folder, chance } = run;
  const disk = new Disk(folder);
  const said: string[] = [];
  const faults: string[] = [];
  let taken = 0;
  for (const [number, moment] of moments.entries()) {
    for (const step of steps.slice(taken, moment)) {
      disk.take(step);
      if (step.do === 'say') said.push(step.line);
    }
    taken = moment;
    const target = join(run.place, 'cut');
    mkdirSync(target);
    const fate = FATES[number % FATES.length] ?? 'mixed';
    disk.cut(target, fate, chance);
    try {
      await check(run, target, said, number % GOES_ON_EVERY === 0);
    } catch (error) {
      faults.push(`${fate} after step ${moment}: ${error instanceof Error ? error.message : ''}`);
    }
    rmSync(target, { recursive: true });
  }
  return faults;
}

async function check(
  { feeds, expected }: Replay,
  folder: string,
  said: readonly string[],
  goesOn: boolean,
): Promise<void> {
  const station = openDatabase(join(folder, 'station.sqlite'), 'station');
  const cache = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  try {
    checkStation(station, said);
    checkCache(cache, expected, said);
    for (const name of readdirSync(folder).filter((one) => /^station-\d+\.sqlite$/.test(one)))
      openDatabase(join(folder, name), 'station').write.close();
    if (!goesOn) return;
    await pullFeed({
      ...{ source: folderSource(join(feeds, String(STATES))), stationDb: station, cache },
      ...{
        root: readFileSync(join(feeds, 'root.json')),
        folder: join(folder, 'feed'),
        station: '530102001',
      },
      ...{ now: () => NOW, beforeCommit: () => {} },
    });
    if (appliedDivision(cache, DIVISION)?.sequence !== Math.max(...expected.keys()))
      throw new Error('the feed is not taken any more');
  } finally {
    station.write.close();
    cache.write.close();
  }
}

const textOfIds = (ids: ReadonlySet<string>) => [...ids].sort(inOrder).join(' ');
const inOrder = (one: string, two: string) => (one < two ? -1 : 1);

/** What was said to be kept is there, and no operation is there by half. */
function checkStation(db: ReadableDb, said: readonly string[]): void {
  const ids = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  const outbox = ids(all(db, sql`select id from outbox`));
  const versions = ids(all(db, sql`select operation as id from edit_version`));
  const answers = ids(all(db, sql`select id from outbox_answer`));
  const states = ids(all(db, sql`select operation as id from edit_state`));
  const [audit] = all<{ count: number }>(db, sql`select count(*) as count from audit`);
  for (const line of said) {
    const [what, id = ''] = line.split(' ');
    if (what === 'operation' && !outbox.has(id)) throw new Error(`${line} is lost`);
    if (what === 'answer' && !answers.has(id)) throw new Error(`${line} is lost`);
  }
  const isHalf =
    textOfIds(outbox) !== textOfIds(versions) ||
    textOfIds(answers) !== textOfIds(states) ||
    audit?.count !== outbox.size;
  if (isHalf) throw new Error('an operation is there by half');
}

/** The cache may have lost its last moments, but its rows are those of its cursor, and no more than was applied. */
function checkCache(
  db: ReadableDb,
  expected: ReadonlyMap<number, string>,
  said: readonly string[],
): void {
  const cursor = appliedDivision(db, DIVISION)?.sequence;
  const rows = recordsOfDivision(db, DIVISION).map(({ id, version }) => [id, version] as const);
  const wanted = cursor === undefined ? '' : expected.get(cursor);
  if (textOf(rows) !== wanted) throw new Error(`the rows are not those of ${cursor ?? 'nothing'}`);
  const begun = said.filter((line) => line.startsWith('state')).length + 1;
  const tops = [...expected.keys()];
  if (cursor !== undefined && tops.indexOf(cursor) >= begun)
    throw new Error('the cursor is ahead of what was read');
}

/** Mulberry32: the same seed is the same power cuts. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
