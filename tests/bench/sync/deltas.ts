import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as later } from 'node:timers/promises';
import { packed } from '#district/feed/packed.ts';
import { type FeedSource, openFeedSource } from '#station/feed/feed-source.ts';
import { middle, rounded, spentHere } from './figures.ts';
import { CHANGES, type FillSource } from './fill-source.ts';
import { openFilling, type Told } from './filling-terminal.ts';
import { indexAll, indexInOrder, indexLittle } from './index-all.ts';

/** Changes in a row, and the middle of them. */
const ROUNDS = 7;

/** From the look until all can be read and found (sync-and-search, "Targets"). */
const GOAL_MS = 150;
const GOAL_BYTES = 40_000;
/** Bytes that are sent, to those of the changes as they would be packed alone. */
const GOAL_RATIO = 1.2;
const GOAL_PEAK_MB = 250;
/** What an idle look may take, without the heads of HTTP. */
const GOAL_IDLE_BYTES = 1_024;

type Line = Record<string, unknown>;

/**
 * What a small change and an idle look cost a terminal that holds and finds all records of a district; `cold` is a look by a process
 * that has just begun, whose folder was filled before.
 */
export async function deltaLines(
  place: string,
  source: FillSource,
  cold: () => Promise<Told>,
): Promise<Line[]> {
  const { heard, taken } = listening(source.proxy.url);
  const sent = (paths: readonly string[]) => bytesSent(source.nginx.url, paths);
  const { cache, pull, close } = openFilling(
    ...([join(place, 'changed'), heard, source.root, indexLittle()] as const),
  );
  try {
    await pull();
    indexInOrder(cache);
    const deltas: Delta[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const packedBytes = packedChanges(source);
      taken();
      source.proxy.taken();
      const time = await timed(async () => {
        const { changed } = await pull();
        if (changed.length !== 1) throw new Error('nothing was taken');
      });
      const wireBytes = source.proxy.taken();
      const bytes = await sent(taken());
      deltas.push({ ...time, indexMs: indexAll(cache), bytes, wireBytes, packedBytes });
    }
    const { peakMB } = await cold();
    await pull();
    source.proxy.taken();
    taken();
    await pull();
    const idle = { wireBytes: source.proxy.taken(), bytes: await sent(taken()) };
    return [deltaLine(source.records.length, deltas, peakMB), idleLine(idle)];
  } finally {
    close();
  }
}

interface Timed {
  /** Until all can be read, and as much is indexed as a station indexes with it. */
  readonly ms: number;
  /** Processor time of that. */
  readonly cpuMs: number;
  /** The longest time in one piece in which nobody else was answered. */
  readonly blockMs: number;
}

interface Delta extends Timed {
  /** What is left to index afterwards, in small steps. */
  readonly indexMs: number;
  readonly bytes: number;
  /** The same with all heads of HTTP, both ways. */
  readonly wireBytes: number;
  /** How long the changes alone would be as one packed file. */
  readonly packedBytes: number;
}

function deltaLine(records: number, deltas: readonly Delta[], peakMB: number): Line {
  const of = (number: (delta: Delta) => number) => middle(deltas.map(number));
  const ms = of((delta) => delta.ms + delta.indexMs);
  // The index names every delta that is kept, and so grows with each.
  const [first] = deltas;
  const bytes = first?.bytes ?? Number.NaN;
  const ratio = bytes / (first?.packedBytes ?? Number.NaN);
  return {
    bench: `${CHANGES} changes, with index`,
    ...{ records, rounds: deltas.length },
    ms: Math.round(ms),
    goalMs: GOAL_MS,
    pullMs: Math.round(of((delta) => delta.ms)),
    pullCpuMs: Math.round(of(({ cpuMs }) => cpuMs)),
    blockMs: Math.round(of(({ blockMs }) => blockMs)),
    bytes,
    goalBytes: GOAL_BYTES,
    ...{ wireBytes: first?.wireBytes, packedChangesBytes: first?.packedBytes },
    lastBytes: deltas.at(-1)?.bytes,
    ratio: rounded(ratio),
    goalRatio: GOAL_RATIO,
    peakMB: Math.round(peakMB),
    goalPeakMB: GOAL_PEAK_MB,
    met: ms <= GOAL_MS && bytes <= GOAL_BYTES && ratio <= GOAL_RATIO && peakMB <= GOAL_PEAK_MB,
  };
}

function idleLine(idle: { readonly bytes: number; readonly wireBytes: number }): Line {
  return {
    bench: 'idle look',
    ...idle,
    goalBytes: GOAL_IDLE_BYTES,
    met: idle.bytes <= GOAL_IDLE_BYTES,
  };
}

/** Publishes changes; gives how long they would be as one packed file. */
function packedChanges({ change }: FillSource): number {
  const rows = change().map((record) => `${JSON.stringify({ op: 'put', record })}\n`);
  return packed(rows.join('')).length;
}

async function timed(work: () => Promise<void>): Promise<Timed> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  const cpu = process.threadCpuUsage();
  await work();
  const ms = performance.now() - began;
  const cpuMs = spentHere(cpu);
  // What ran last is noticed afterwards.
  await later(5);
  delay.disable();
  return { ms, cpuMs, blockMs: delay.max / 1e6 };
}

/** The feed at an address, and what of it was read since it was last asked. */
function listening(url: string): { heard: FeedSource; taken: () => readonly string[] } {
  const web = openFeedSource(url, new AbortController().signal);
  let paths: string[] = [];
  const read: FeedSource['read'] = async (path) => {
    const stream = await web.read(path);
    if (stream !== undefined) paths.push(path);
    return stream;
  };
  const taken = () => {
    const so = paths;
    paths = [];
    return so;
  };
  return { heard: { read }, taken };
}

/** Bytes in which a server sends files to a terminal, which takes texts packed, without the heads of HTTP. */
async function bytesSent(url: string, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) {
    const asked = get(new URL(path, url), { headers: { 'accept-encoding': 'gzip, deflate' } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    for await (const part of answer) bytes += (part as Buffer).length;
  }
  return bytes;
}
