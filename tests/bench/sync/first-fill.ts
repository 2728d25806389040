import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import { packed } from '#district/feed/publish.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { type FeedSource, openFeedSource } from '#station/feed/feed-source.ts';
import { catchUp, indexContext } from '#station/search/search-index.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { shippedPack } from '../../real-content.ts';
import { middle, rounded, spentHere } from './figures.ts';
import { CHANGES, type FillSource, makeSource, WARM_UP } from './fill-source.ts';
import { feedBy, openFilling, type Way } from './filling-terminal.ts';

const PARTS_OF_INDEX = 500;

type Line = Record<string, unknown>;

/** The fills of terminals of several sizes, each with what follows from it. */
export async function* benchFirstFills(counts: readonly number[]): AsyncGenerator<Line> {
  await benchFirstFill(WARM_UP);
  for (const count of counts) yield* await benchFirstFill(count);
  yield* benchReadyFills(counts);
}

/** Floor, ready-made file and segments in turns, so many times. */
const ROUNDS = 3;

/** First fills by the ready-made file and by segments, without index, against the floor. */
export async function* benchReadyFills(counts: readonly number[]): AsyncGenerator<Line> {
  for (const [at, count] of [WARM_UP, ...counts].entries()) {
    const line = await benchReadyFill(count);
    if (at > 0) yield line;
  }
}

async function benchReadyFill(count: number): Promise<Line> {
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
    return readyLine(count, rounds, told, source.districtMs);
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

interface Told {
  readonly coldMs: number;
  readonly beforeMB: number;
  readonly peakMB: number;
}

/** A fill in a process of its own, which begins cold. */
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
 * search index; then what a small change and an idle look cost.
 */
async function benchFirstFill(count: number): Promise<Line[]> {
  const place = mkdtempSync(join(tmpdir(), 'fill-'));
  const source = await makeSource(count);
  try {
    const floor = await plainFill(place, source, true);
    const { terminal, ...ours } = await terminalFill(place, source);
    const lines = [fillLine(count, floor, ours), ...(await deltaLines(count, source, terminal))];
    terminal.close();
    return lines;
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

async function terminalFill(place: string, { proxy, root }: FillSource) {
  let fileBytes = 0;
  const web = openFeedSource(proxy.url, new AbortController().signal);
  const source: FeedSource = {
    read: async (path) => {
      const stream = await web.read(path);
      return (
        stream &&
        counted(stream, (bytes) => {
          fileBytes += bytes;
        })
      );
    },
  };
  const { cache, pull, close } = openFilling(join(place, 'terminal'), source, root);
  proxy.taken();
  const cpu = process.cpuUsage();
  const began = performance.now();
  await pull();
  const readableMs = performance.now() - began;
  const wireBytes = proxy.taken();
  const indexMs = indexAll(cache);
  const cpuMs = spent(cpu);
  /** Bytes of the files that were read since it was last asked. */
  const takenFiles = () => {
    const so = fileBytes;
    fileBytes = 0;
    return so;
  };
  return { readableMs, indexMs, cpuMs, wireBytes, terminal: { pull, cache, close, takenFiles } };
}

async function* counted(
  stream: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const part of stream) {
    count(part.length);
    yield part;
  }
}

function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function indexAll(db: WritableDb): number {
  const { profile, divisions } = shippedPack('wuhua');
  const context = indexContext({ profile, divisions });
  const began = performance.now();
  while (!catchUp(db, context, PARTS_OF_INDEX));
  return performance.now() - began;
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

/** What an idle look may take, without the heads of HTTP. */
const IDLE_BYTES = 1_024;

async function deltaLines(
  count: number,
  { change, proxy, folder }: FillSource,
  { pull, cache, takenFiles }: Awaited<ReturnType<typeof terminalFill>>['terminal'],
): Promise<Line[]> {
  await pull();
  proxy.taken();
  takenFiles();
  await pull();
  const idle = { wireBytes: proxy.taken(), fileBytes: takenFiles() };
  const rows = change().map((record) => `${JSON.stringify({ op: 'put', record })}\n`);
  const changes = packed(rows.join('')).length;
  proxy.taken();
  const began = performance.now();
  const { changed } = await pull();
  const pullMs = performance.now() - began;
  const bytes = takenFiles();
  if (changed.length !== 1) throw new Error(`nothing was taken from ${folder}`);
  const indexMs = indexAll(cache);
  return [
    {
      bench: `${CHANGES} changes`,
      records: count,
      ...{ pullMs: Math.round(pullMs), indexMs: Math.round(indexMs), fileBytes: bytes },
      wireBytes: proxy.taken(),
      packedChangesBytes: changes,
      ratio: rounded(bytes / changes),
      goalRatio: 1.2,
      met: bytes / changes <= 1.2,
    },
    {
      bench: 'idle look',
      ...{ ...idle, goalBytes: IDLE_BYTES },
      met: idle.fileBytes <= IDLE_BYTES,
    },
  ];
}
