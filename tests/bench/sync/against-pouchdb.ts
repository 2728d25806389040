import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import PouchDB from 'pouchdb';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { middle, rounded, spentHere } from './figures.ts';
import { CHANGES, type FillSource, makeSource, WARM_UP } from './fill-source.ts';
import { feedBy, openFilling, type Way } from './filling-terminal.ts';

/** All contestants fill an empty folder in turns, so many times. */
const FILLS = 3;
/** All take the same changes in turns, so many times. */
const DELTAS = 7;

/** PouchDB with so many documents a batch, from a server that has them in memory or in a PouchDB of its own. */
const POUCHES = ['memory1000', 'memory100', 'pouch1000', 'pouch100'] as const;
/** Before these the terminal's two ways. */
const CONTESTANTS = ['file', 'segments', ...POUCHES] as const;
type Contestant = (typeof CONTESTANTS)[number];

/** A copy of the records in a folder. */
interface Replica {
  /** Takes what it does not have yet, which is so many records. */
  readonly take: (records: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Taken {
  readonly ms: number;
  /** Processor time of the thread; LevelDB's own threads come on top of PouchDB's. */
  readonly cpuMs: number;
}

interface Round extends Readonly<Record<Contestant, Taken>> {
  /** What the first PouchDB had on the wire. */
  readonly pouchBytes: number;
}

type Line = Record<string, unknown>;

/**
 * A terminal without its search index against PouchDB that replicates the same records: an empty folder, then a small change. Both ask a
 * server on loopback and write to the disk.
 */
export async function* benchAgainstPouch(counts: readonly number[]): AsyncGenerator<Line> {
  await benchCount(WARM_UP);
  for (const count of counts) yield* await benchCount(count);
}

async function benchCount(count: number): Promise<Line[]> {
  const place = mkdtempSync(join(tmpdir(), 'pouch-'));
  const source = await makeSource(count);
  const couches: Couches = {
    memory: await openCouch(source.records),
    pouch: await openCouch(source.records, join(place, 'served')),
  };
  const open = () => openAll(mkdtempSync(join(place, 'round-')), source, couches);
  let replicas = open();
  try {
    const fills = [await takeAll(replicas, couches, count)];
    while (fills.length < FILLS) {
      await closeAll(replicas);
      replicas = open();
      fills.push(await takeAll(replicas, couches, count));
    }
    const deltas: Round[] = [];
    while (deltas.length < DELTAS) {
      const changed = source.change();
      await couches.memory.store(changed);
      await couches.pouch.store(changed);
      deltas.push(await takeAll(replicas, couches, CHANGES));
    }
    return [fillLine(count, fills), deltaLine(count, deltas)];
  } finally {
    await closeAll(replicas);
    await couches.memory.stop();
    await couches.pouch.stop();
    await source.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Couch {
  readonly url: string;
  /** Stores records; gives the bytes on the wire since it was last asked. */
  readonly store: (records: readonly ContentRecord[]) => Promise<number>;
  readonly stop: () => Promise<unknown>;
}

type Couches = Readonly<Record<'memory' | 'pouch', Couch>>;

/** Serves the records from memory, or from a PouchDB in a folder. */
async function openCouch(records: readonly ContentRecord[], folder?: string): Promise<Couch> {
  const worker = new Worker(join(import.meta.dirname, 'couch-server.ts'), {
    workerData: { records, folder },
  });
  const answer = async () => (await once(worker, 'message'))[0] as number;
  const port = await answer();
  return {
    url: `http://127.0.0.1:${port}/db`,
    store: (changed) => {
      worker.postMessage(changed);
      return answer();
    },
    stop: () => worker.terminate(),
  };
}

type Replicas = Readonly<Record<Contestant, Replica>>;

function openAll(place: string, source: FillSource, { memory, pouch }: Couches): Replicas {
  return {
    file: openTerminal(join(place, 'file'), source, 'file'),
    segments: openTerminal(join(place, 'segments'), source, 'segments'),
    memory1000: openPouch(join(place, 'memory1000'), memory.url, 1_000),
    memory100: openPouch(join(place, 'memory100'), memory.url, 100),
    pouch1000: openPouch(join(place, 'pouch1000'), pouch.url, 1_000),
    pouch100: openPouch(join(place, 'pouch100'), pouch.url, 100),
  };
}

async function closeAll(replicas: Replicas): Promise<void> {
  for (const contestant of CONTESTANTS) await replicas[contestant].close();
}

async function takeAll(replicas: Replicas, { memory }: Couches, records: number): Promise<Round> {
  const timed = async (contestant: Contestant): Promise<Taken> => {
    const cpu = process.threadCpuUsage();
    const began = performance.now();
    await replicas[contestant].take(records);
    return { ms: performance.now() - began, cpuMs: spentHere(cpu) };
  };
  const file = await timed('file');
  const segments = await timed('segments');
  await memory.store([]);
  const memory1000 = await timed('memory1000');
  const pouchBytes = await memory.store([]);
  const memory100 = await timed('memory100');
  const pouch1000 = await timed('pouch1000');
  const pouch100 = await timed('pouch100');
  return { file, segments, memory1000, memory100, pouch1000, pouch100, pouchBytes };
}

function openTerminal(folder: string, { nginx, root }: FillSource, way: Way): Replica {
  const { pull, close } = openFilling(folder, feedBy(nginx.url, way), root);
  return {
    take: async () => {
      const { changed, setAside } = await pull();
      if (changed.length !== 1) throw new Error('nothing was taken');
      if (way === 'file' && setAside.length > 0) throw new Error('not filled by the file');
    },
    close: async () => close(),
  };
}

function openPouch(folder: string, url: string, batch: number): Replica {
  const local = new PouchDB(folder);
  return {
    take: async (records) => {
      const { docs_written: written } = await local.replicate.from(url, {
        batch_size: batch,
        batches_limit: 10,
      });
      if (written !== records) throw new Error(`PouchDB wrote ${written} of ${records}`);
    },
    close: () => local.close(),
  };
}

const GOAL = 5;

function fillLine(count: number, rounds: readonly Round[]): Line {
  const figures = figuresOf(rounds);
  return {
    bench: 'first fill against PouchDB replication (LevelDB), without index',
    ...{ records: count, ...figures, goalRatio: GOAL },
    metFromPouch: figures.ratioFromPouch >= GOAL,
    met: figures.ratio >= GOAL,
  };
}

function deltaLine(count: number, rounds: readonly Round[]): Line {
  return {
    bench: `${CHANGES} changes against PouchDB replication (LevelDB), without index`,
    ...{ records: count, ...figuresOf(rounds) },
  };
}

/**
 * Ratios of each round, in the middle, of the terminal's usual way to the faster batches: from a PouchDB that is served, and, which
 * counts, from whatever server is fastest, though none in use is as fast as the one in memory.
 */
function figuresOf(rounds: readonly Round[]) {
  const of = (number: (round: Round) => number) => middle(rounds.map(number));
  const fastestMs = (round: Round) => Math.min(...POUCHES.map((name) => round[name].ms));
  const fromPouchMs = ({ pouch1000, pouch100 }: Round) => Math.min(pouch1000.ms, pouch100.ms);
  return {
    rounds: rounds.length,
    ...Object.fromEntries(
      CONTESTANTS.map((name) => [`${name}Ms`, Math.round(of((round) => round[name].ms))]),
    ),
    pouchWireKB: Math.round(of(({ pouchBytes }) => pouchBytes) / 1e3),
    ratioOfThreadCpu: rounded(of(({ memory1000, file }) => memory1000.cpuMs / file.cpuMs)),
    ratioOfSegments: rounded(of((round) => fastestMs(round) / round.segments.ms)),
    ratiosFromPouch: rounds.map((round) => rounded(fromPouchMs(round) / round.file.ms)),
    ratioFromPouch: rounded(of((round) => fromPouchMs(round) / round.file.ms)),
    ratios: rounds.map((round) => rounded(fastestMs(round) / round.file.ms)),
    ratio: rounded(of((round) => fastestMs(round) / round.file.ms)),
  };
}
