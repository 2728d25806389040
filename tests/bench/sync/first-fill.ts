import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { zstdDecompressSync } from 'node:zlib';
import PouchDB from 'pouchdb';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { packed } from '#district/feed/publish.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { type FeedSource, openFeedSource } from '#station/feed/feed-source.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { catchUp, indexContext } from '#station/search/search-index.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { shippedPack } from '../../real-content.ts';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { type NginxServer, nginxOn } from './nginx.ts';
import { chanceFrom, sampleRecord } from './sample-records.ts';

const CHANGES = 100;
const PARTS_OF_INDEX = 500;

type Line = Record<string, unknown>;

/** A district with so many records of 1 KB, served by nginx, beside the same records as one plain packed file. */
interface Source {
  readonly folder: string;
  readonly root: Buffer;
  readonly records: readonly ContentRecord[];
  readonly nginx: NginxServer;
  readonly proxy: CountingProxy;
  /** Publishes changes of 100 records; gives them as they would be packed by themselves, in bytes. */
  readonly change: () => number;
}

/** So many records are filled in before anything is measured. */
const WARM_UP = 1_000;

/** The fills of terminals of several sizes, each with what follows from it. */
export async function* benchFirstFills(counts: readonly number[]): AsyncGenerator<Line> {
  await benchFirstFill(WARM_UP, false);
  for (const count of counts) yield* await benchFirstFill(count, true);
}

/**
 * The first fill of a terminal against the floor: the same records, packed, from the same server into one transaction, with the same
 * search index; then what a small change and an idle look cost, and PouchDB with the same records.
 */
async function benchFirstFill(count: number, withPouch: boolean): Promise<Line[]> {
  const place = mkdtempSync(join(tmpdir(), 'fill-'));
  const source = await makeSource(count);
  try {
    const floor = await plainFill(place, source);
    const { terminal, ...ours } = await terminalFill(place, source);
    const lines = [fillLine(count, floor, ours), ...(await deltaLines(count, source, terminal))];
    terminal.close();
    if (withPouch) lines.push(await pouchLine(count, place, source.records, ours.readableMs));
    return lines;
  } finally {
    source.proxy.stop();
    await source.nginx.stop();
    rmSync(source.folder, { recursive: true, force: true });
    rmSync(place, { recursive: true, force: true });
  }
}

async function makeSource(count: number): Promise<Source> {
  const chance = chanceFrom(20_261_123);
  const records = Array.from({ length: count }, (_, at) => sampleRecord(at, 1, chance));
  const district = sampleDistrict();
  const log = openDivisionLog('530102', 'epochone', records);
  district.publish([log.feed()]);
  const plain = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  writeFileSync(join(district.folder, 'plain.ndjson.zst'), packed(plain));
  const nginx = await nginxOn(district.folder);
  return {
    ...{ folder: district.folder, root: district.root, records, nginx },
    proxy: await countingProxy(nginx.url),
    change: () => {
      const changed = Array.from({ length: CHANGES }, (_, at) =>
        sampleRecord(Math.floor((at * count) / CHANGES), 2, chance),
      );
      for (const record of changed) log.put(record);
      log.cut();
      district.publish([log.feed()]);
      const rows = changed.map((record) => `${JSON.stringify({ op: 'put', record })}\n`);
      return packed(rows.join('')).length;
    },
  };
}

interface Fill {
  /** Until every record can be read. */
  readonly readableMs: number;
  readonly indexMs: number;
  /** Processor time of both, which others on this machine do not lengthen. */
  readonly cpuMs: number;
  readonly wireBytes: number;
}

async function plainFill(place: string, { proxy }: Source): Promise<Fill> {
  const db = openDatabase(join(place, 'plain.sqlite'), 'cache');
  proxy.taken();
  const cpu = process.cpuUsage();
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
  const indexMs = indexAll(db);
  const cpuMs = spent(cpu);
  closeDatabase(db);
  return { readableMs, indexMs, cpuMs, wireBytes: proxy.taken() };
}

async function terminalFill(place: string, { proxy, root }: Source) {
  const folder = join(place, 'terminal');
  mkdirSync(folder);
  const cache = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  const stationDb = openDatabase(join(folder, 'station.sqlite'), 'station');
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
  const pull = () =>
    pullFeed({
      ...{ source, root, stationDb, cache },
      ...{ folder: join(folder, 'feed'), station: '530102001', now: () => NOW },
      beforeCommit: () => {},
    });
  proxy.taken();
  const cpu = process.cpuUsage();
  const began = performance.now();
  await pull();
  const readableMs = performance.now() - began;
  const wireBytes = proxy.taken();
  const indexMs = indexAll(cache);
  const cpuMs = spent(cpu);
  const close = () => {
    closeDatabase(cache);
    closeDatabase(stationDb);
  };
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

const rounded = (number: number) => Math.round(100 * number) / 100;

/** What an idle look may take, without the heads of HTTP. */
const IDLE_BYTES = 1_024;

async function deltaLines(
  count: number,
  { change, proxy, folder }: Source,
  { pull, cache, takenFiles }: Awaited<ReturnType<typeof terminalFill>>['terminal'],
): Promise<Line[]> {
  await pull();
  proxy.taken();
  takenFiles();
  await pull();
  const idle = { wireBytes: proxy.taken(), fileBytes: takenFiles() };
  const changes = change();
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

async function pouchLine(
  count: number,
  place: string,
  records: readonly ContentRecord[],
  readableMs: number,
): Promise<Line> {
  const documents = records.map((record) => ({
    ...record,
    _id: record.id,
    _rev: `1-${createHash('md5').update(record.id).digest('hex')}`,
  }));
  const worker = new Worker(join(import.meta.dirname, 'couch-server.ts'), {
    workerData: documents,
  });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const proxy = await countingProxy(`http://127.0.0.1:${port}/`);
  const local = new PouchDB(join(place, 'pouch'));
  const began = performance.now();
  const { docs_written: written } = await local.replicate.from(`${proxy.url}db`, {
    batch_size: 1_000,
    batches_limit: 10,
  });
  const pouchMs = performance.now() - began;
  const wireBytes = proxy.taken();
  await local.close();
  proxy.stop();
  await worker.terminate();
  if (written !== count) throw new Error(`PouchDB wrote ${written} of ${count}`);
  const ratio = pouchMs / readableMs;
  return {
    bench: 'first fill against PouchDB replication (LevelDB, 1,000 a batch), without index',
    records: count,
    readableMs: Math.round(readableMs),
    pouchMs: Math.round(pouchMs),
    pouchWireMB: rounded(wireBytes / 1e6),
    ratio: rounded(ratio),
    goalRatio: 5,
    met: ratio >= 5,
  };
}
