import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTerminal } from './check-terminal.ts';
import { Disk, type Fate } from './disk.ts';
import { makeFeeds, STATES } from './feed-states.ts';
import { type FileStep, recordedRun } from './recorded-run.ts';

const PROGRAM = join(import.meta.dirname, 'terminal-process.ts');
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
      String(STATES),
      ...(bug === undefined ? [] : [bug]),
    ]);
    const refused = steps.find((step) => step.do === 'say' && step.line.startsWith('refused'));
    if (refused !== undefined) throw new Error('the recorded terminal could not do its day');
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
      await checkTerminal({ ...run, folder: target, said }, number % GOES_ON_EVERY === 0);
    } catch (error) {
      faults.push(`${fate} after step ${moment}: ${error instanceof Error ? error.message : ''}`);
    }
    rmSync(target, { recursive: true });
  }
  return faults;
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
