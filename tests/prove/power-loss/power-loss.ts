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

/** What a terminal's day has once, and what is therefore cut more often than the rest of it. */
const SCENES = ['migration', 'stick'] as const;
type Scene = (typeof SCENES)[number];
/** Of all states one in so many lies in each scene. */
const A_SCENE_IN = 12;

export interface PowerLossFigures {
  readonly states: number;
  readonly steps: number;
  readonly syncs: number;
  /** How many of the states lie in a scene of the day. */
  readonly scenes: Readonly<Record<Scene, number>>;
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
    const moments = momentsOf(steps, states, chance);
    const within = (scene: Scene) => {
      const [from, to] = spanOf(steps, scene);
      return moments.filter((moment) => from < moment && moment <= to).length;
    };
    const faults = await replay({ place, feeds, folder, steps, moments, expected, chance });
    return {
      ...{ states, steps: steps.length },
      syncs: steps.filter((step) => step.do === 'sync').length,
      scenes: { migration: within('migration'), stick: within('stick') },
      ...{ faults: faults.slice(0, 10), faulty: faults.length },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Ascending; after how many steps the power goes. */
function momentsOf(steps: readonly FileStep[], states: number, chance: () => number): number[] {
  const inScene = Math.ceil(states / A_SCENE_IN);
  const drawn = (count: number, [from, to]: readonly [number, number]) =>
    Array.from({ length: count }, () => from + 1 + Math.floor(chance() * (to - from)));
  return [
    ...SCENES.flatMap((scene) => drawn(inScene, spanOf(steps, scene))),
    ...drawn(states - SCENES.length * inScene, [-1, steps.length]),
  ].sort((one, two) => one - two);
}

/** Between which steps a scene is played. */
function spanOf(steps: readonly FileStep[], scene: Scene): readonly [number, number] {
  const at = (line: string) => steps.findIndex((step) => step.do === 'say' && step.line === line);
  const [from, to] = [at(`begin ${scene}`), at(`end ${scene}`)];
  if (from < 0 || to < from) throw new Error(`the recorded day has no ${scene}`);
  return [from, to];
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
