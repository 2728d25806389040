import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { deltaLines } from './deltas.ts';
import { middle, rounded, spentHere } from './figures.ts';
import { type FillSource, makeSource, WARM_UP } from './fill-source.ts';
import { feedBy, openFilling, type Told, type Way } from './filling-terminal.ts';
import { indexAll } from './index-all.ts';

type Line = Record<string, unknown>;

/** The fills of terminals of several sizes, each with what follows from it. */
export async function* benchFirstFills(counts: readonly number[]): AsyncGenerator<Line> {
  await benchFirstFill(WARM_UP);
  for (const count of counts) yield await benchFirstFill(count);
  yield* benchReadyFills(counts);
}

/** Floor, ready-made file and segments in turns, so many times. */
const ROUNDS = 3;

/** First fills by the ready-made file and by segments, without index, against the floor; then small changes. */
export async function* benchReadyFills(counts: readonly number[]): AsyncGenerator<Line> {
  for (const [at, count] of [WARM_UP, ...counts].entries()) {
    const lines = await benchReadyFill(count);
    if (at > 0) yield* lines;
  }
}

async function benchReadyFill(count: number): Promise<Line[]> {
  const place = mkdtempSync(join(tmpdir(), 'fill-'));
  const source = await makeSource(count);
  try {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = await plainFill(place, source, false);
      const file = await fillOnce(place, source, 'file');
      rounds.push({ floor, file, segments: await fillOnce(place, source, 'segments') });
    }
    const told = {
      file: await toldOf(place, source, 'file'),
      segments: await toldOf(place, source, 'segments'),
    };
    return [
      readyLine(count, rounds, told, source.districtMs),
      ...(await deltaLines(place, source, () => toldOf(place, source, 'file'))),
    ];
  } finally {
    await source.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

async function fillOnce(place: string, { proxy, root }: FillSource, way: Way): Promise<Fill> {
  const folder = join(place, 'once');
  const terminal = openFilling(folder, feedBy(proxy.url, way), root);
  proxy.taken();
  const cpu = process.threadCpuUsage();
  const began = performance.now();
  const { setAside } = await terminal.pull();
  const readableMs = performance.now() - began;
  const fill = { readableMs, indexMs: 0, cpuMs: spentHere(cpu), wireBytes: proxy.taken() };
  terminal.close();
  rmSync(folder, { recursive: true });
  if (setAside.length > 0 !== (way === 'segments')) throw new Error(`not filled by ${way}`);
  return fill;
}

/** A look in a process of its own, which begins cold: the first one of its folder fills. */
async function toldOf(place: string, { nginx, folder }: FillSource, way: Way): Promise<Told> {
  const program = join(import.meta.dirname, 'filling-terminal.ts');
  const root = join(folder, 'metadata', '1.root.json');
  const args = [program, join(place, `cold-${way}`), nginx.url, root, way];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Told;
}

function readyLine(
  count: number,
  rounds: readonly { floor: Fill; file: Fill; segments: Fill }[],
  told: { readonly file: Told; readonly segments: Told },
  districtMs: FillSource['districtMs'],
): Line {
  const of = (number: (round: (typeof rounds)[number]) => number) => middle(rounds.map(number));
  const ratio = of(({ file, floor }) => file.readableMs / floor.readableMs);
  return {
    bench: 'first fill by the ready-made file against one plain packed file in one transaction',
    records: count,
    rounds: rounds.length,
    plainMs: Math.round(of(({ floor }) => floor.readableMs)),
    fileMs: Math.round(of(({ file }) => file.readableMs)),
    segmentsMs: Math.round(of(({ segments }) => segments.readableMs)),
    segmentsRatio: rounded(of(({ segments, floor }) => segments.readableMs / floor.readableMs)),
    plainWireMB: rounded(of(({ floor }) => floor.wireBytes) / 1e6),
    fileWireMB: rounded(of(({ file }) => file.wireBytes) / 1e6),
    segmentsWireMB: rounded(of(({ segments }) => segments.wireBytes) / 1e6),
    filePeakMB: Math.round(told.file.peakMB),
    segmentsPeakMB: Math.round(told.segments.peakMB),
    beforeMB: Math.round(told.file.beforeMB),
    coldFileMs: Math.round(told.file.coldMs),
    coldSegmentsMs: Math.round(told.segments.coldMs),
    districtFileMs: Math.round(districtMs.file),
    districtSegmentsMs: Math.round(districtMs.segments),
    ratioOfThreadCpu: rounded(of(({ file, floor }) => file.cpuMs / floor.cpuMs)),
    segmentsRatioOfThreadCpu: rounded(of(({ segments, floor }) => segments.cpuMs / floor.cpuMs)),
    ratio: rounded(ratio),
    goalRatio: 0.8,
    goalPeakMB: 250,
    met: ratio <= 0.8 && told.file.peakMB <= 250,
  };
}

/**
 * The first fill of a terminal against the floor: the same records, packed, from the same server into one transaction, with the same
 * search index.
 */
async function benchFirstFill(count: number): Promise<Line> {
  const place = mkdtempSync(join(tmpdir(), 'fill-'));
  const source = await makeSource(count);
  try {
    const floor = await plainFill(place, source, true);
    return fillLine(count, floor, await terminalFill(place, source));
  } finally {
    await source.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Fill {
  /** Until every record can be read. */
  readonly readableMs: number;
  readonly indexMs: number;
  /** Processor time of both, which others on this machine do not lengthen. */
  readonly cpuMs: number;
  readonly wireBytes: number;
}

async function plainFill(place: string, { proxy }: FillSource, withIndex: boolean): Promise<Fill> {
  const path = join(place, 'plain.sqlite');
  const db = openDatabase(path, 'cache');
  proxy.taken();
  const cpu = process.cpuUsage();
  const threadCpu = process.threadCpuUsage();
  const began = performance.now();
  const insert = db.write.prepare(
    `insert into record values (@id, @scope, @kind, @version, @effectiveFrom, @validUntil, @publishedAt, @envelope)`,
  );
  const answer = await fetch(new URL('plain.ndjson.zst', proxy.url));
  const text = zstdDecompressSync(Buffer.from(await answer.arrayBuffer())).toString('utf8');
  db.write.exec('begin immediate');
  for (const line of text.split('\n').filter(Boolean)) {
    const { id, scope, kind, version, effectiveFrom, validUntil, publishedAt } = JSON.parse(
      line,
    ) as ContentRecord;
    const row = { id, scope, kind, version, effectiveFrom, publishedAt, envelope: line };
    insert.run({ ...row, validUntil: validUntil ?? null });
  }
  db.write.exec('commit');
  const readableMs = performance.now() - began;
  const readableCpuMs = spentHere(threadCpu);
  const indexMs = withIndex ? indexAll(db) : 0;
  const cpuMs = withIndex ? spent(cpu) : readableCpuMs;
  closeDatabase(db);
  rmSync(path);
  return { readableMs, indexMs, cpuMs, wireBytes: proxy.taken() };
}

async function terminalFill(place: string, { proxy, root }: FillSource): Promise<Fill> {
  const { cache, pull, close } = openFilling(
    join(place, 'terminal'),
    feedBy(proxy.url, 'file'),
    root,
  );
  proxy.taken();
  const cpu = process.cpuUsage();
  const began = performance.now();
  await pull();
  const readableMs = performance.now() - began;
  const wireBytes = proxy.taken();
  const indexMs = indexAll(cache);
  const cpuMs = spent(cpu);
  close();
  return { readableMs, indexMs, cpuMs, wireBytes };
}

function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function fillLine(count: number, floor: Fill, ours: Fill): Line {
  const ratioByClock = (floor.readableMs + floor.indexMs) / (ours.readableMs + ours.indexMs);
  const ratio = floor.cpuMs / ours.cpuMs;
  return {
    bench: 'first fill against one plain packed file in one transaction, same search index',
    records: count,
    readableMs: Math.round(ours.readableMs),
    indexMs: Math.round(ours.indexMs),
    plainReadableMs: Math.round(floor.readableMs),
    plainIndexMs: Math.round(floor.indexMs),
    wireMB: rounded(ours.wireBytes / 1e6),
    plainWireMB: rounded(floor.wireBytes / 1e6),
    ratioOfTimesWithoutIndex: rounded(ours.readableMs / floor.readableMs),
    readableBeforeIndex: true,
    ratioByClock: rounded(ratioByClock),
    ratio: rounded(ratio),
    goalRatio: 0.7,
    met: ratio >= 0.7,
  };
}
