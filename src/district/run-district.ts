import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { isOlderThanItsTraces } from './audit/traces.ts';
import { noteHead } from './audit/trail-heads.ts';
import { beginAllAnew } from './content/begin-anew.ts';
import { publishDue } from './content/drafts.ts';
import { type Compaction, openFeedWriter, type Written } from './content/feed-writer.ts';
import type { District } from './district.ts';
import { cleanFeed } from './feed/clean-feed.ts';
import { publishedTops } from './feed/published-tops.ts';
import { areKeysOpen, hasKeys, makeKeys, openKeys } from './keys/district-keys.ts';
import { rootExpiry } from './keys/next-root.ts';
import { areRootKeysHere, makeFirstRoot, newestRootFile } from './keys/root-keys.ts';
import { cleanStore } from './media/media-store.ts';
import { firstInvitation } from './office/people.ts';
import { forgetOldResults } from './operations/apply-operation.ts';
import { type DistrictOptions, databasePlace, insecurity } from './options.ts';
import { openPreviewProgram } from './preview/preview-program.ts';
import { openMetrics } from './server/metrics.ts';
import { openServer } from './server/open-server.ts';
import { StartFault } from './start-fault.ts';
import { migrate, NewerDatabaseError } from './store/migrate.ts';
import { openPglite } from './store/open-pglite.ts';
import { openPostgres } from './store/open-postgres.ts';
import type { Database } from './store/sql.ts';
import { takeLock } from './take-lock.ts';
import { openWorkBegun } from './work-begun.ts';

/** What a running server gives to whoever started it. */
export interface RunningDistrict {
  readonly url: string;
  /** The link by which the first administrator begins; absent when there is one. */
  readonly invitation: string | undefined;
  readonly district: District;
  /** Ends in order: what was begun is finished, and the database is closed. */
  readonly close: () => Promise<void>;
}

/** Parts that differ between a real server and a test. */
export interface Surroundings {
  readonly now: () => number;
  /** Writes what happened, without personal data. */
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly pages: string | undefined;
  readonly version: string;
  /** When deltas become a base, other than in earnest. */
  readonly compaction?: Compaction;
}

const TICK_MS = 30_000;
/** Several changes in a row are written into the feed at once. */
const GATHER_MS = 300;
const RENEW_MS = 6 * 3_600_000;
/** Its holders have to meet for a new one. */
const ROOT_WARNING_MS = 90 * 86_400_000;

/** Why a database is older than what lies beside it, and what to do about each. */
function olderFault({ databaseUrl }: DistrictOptions, folder: string): StartFault {
  const open = databaseUrl === undefined ? `内置数据库 ${folder}` : databasePlace(databaseUrl);
  return new StartFault(
    `数据库比服务器上次运行时留下的日志记录或者已发布的内容旧。现在打开的是${open}。可能的原因：DATABASE_URL 指到了别的数据库，请改正后再启动；数据库是从备份恢复的，或者内置数据库在断电时丢了最后的数据，核实后请用 --restored 启动一次服务器。`,
  );
}

/** Starts a district server. Throws `StartFault` with one sentence when something outside the program is wrong. */
export async function runDistrict(
  options: DistrictOptions,
  around: Surroundings,
): Promise<RunningDistrict> {
  const folders = foldersOf(options.data);
  const unlock = takeLock(join(options.data, 'district.lock'));
  let database: Database | undefined;
  try {
    prepareKeys(folders, around.now());
    const fault = insecurity(options, {
      areKeysOpen: areKeysOpen(folders.keys),
      areRootKeysHere: areRootKeysHere(folders.rootKeys),
    });
    if (fault !== undefined) throw new StartFault(fault);
    database = await openDatabase(options, folders.database, around);
    return await serve(options, around, database, unlock);
  } catch (error) {
    await database?.close();
    unlock();
    throw error;
  }
}

async function serve(
  options: DistrictOptions,
  around: Surroundings,
  database: Database,
  unlock: () => void,
): Promise<RunningDistrict> {
  const folders = foldersOf(options.data);
  const metrics = openMetrics(database);
  const settings = {
    ...{ name: options.name, feedFolder: folders.feed, trailHeads: folders.trailHeads },
    ...{ mediaFolder: folders.media, profilesFolder: options.profiles },
    publicUrl: options.publicUrl ?? `http://${options.host}:${options.port}`,
  };
  const district: District = {
    ...{ database, keys: openKeys(folders.keys), settings, now: around.now },
    contentChanged: () => feed.soon(),
  };
  const feed = keepFeed(district, around, metrics);
  if (options.restored) await beginAllAnew(database, around.now(), publishedTops(folders.feed));
  else if (await isOlderThanItsTraces(district)) throw olderFault(options, folders.database);
  await noteHead(district, options.restored);
  await feed.write();
  const preview = openPreviewProgram(options.profiles);
  const app = await openServer({
    ...{ district, metrics, pages: around.pages, version: around.version },
    onFault: (fault) => around.log('fault', faultFacts(fault)),
    behindProxy: options.behindProxy,
    metricsToken: options.metricsToken,
    ...{ feed: feed.state, preview },
  });
  const url = await listen(app, options);
  if (options.publicUrl === undefined) settings.publicUrl = url;
  const close = async () => {
    feed.stop();
    preview.close();
    await app.close();
    await feed.idle();
    await database.close();
    unlock();
  };
  return { url, invitation: await firstInvitation(district), district, close };
}

/**
 * Works on the database of a server that is not running. Throws `StartFault` when it is, or when the database cannot be opened.
 */
export async function atDatabase<Result>(
  options: DistrictOptions,
  log: Surroundings['log'],
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const unlock = takeLock(join(options.data, 'district.lock'));
  try {
    const { keys, feed: feedFolder, trailHeads, database: folder } = foldersOf(options.data);
    const database = await openDatabase(options, folder, { log });
    try {
      // What is changed here would hide what the database lacks.
      const isKnown = hasKeys(keys);
      const traced = () => ({
        database,
        keys: openKeys(keys),
        settings: { feedFolder, trailHeads },
      });
      if (isKnown && (await isOlderThanItsTraces(traced()))) throw olderFault(options, folder);
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    unlock();
  }
}

/** What lies where in the data folder. */
export function foldersOf(data: string) {
  return {
    keys: join(data, 'keys'),
    rootKeys: join(data, 'root-keys'),
    feed: join(data, 'feed'),
    media: join(data, 'media'),
    trailHeads: join(data, 'trail-heads.ndjson'),
    database: join(data, 'database'),
  };
}

/** Makes the keys and the first root at the first start. */
function prepareKeys({ keys, rootKeys, feed }: ReturnType<typeof foldersOf>, now: number): void {
  if (hasKeys(keys)) return;
  makeKeys(keys);
  mkdirSync(feed, { recursive: true });
  makeFirstRoot(rootKeys, feed, openKeys(keys).feed, now);
}

async function openDatabase(
  { databaseUrl }: DistrictOptions,
  folder: string,
  { log }: Pick<Surroundings, 'log'>,
): Promise<Database> {
  const database = await (databaseUrl === undefined
    ? openPglite(folder)
    : openPostgres(databaseUrl, (error) => log('database-lost', faultFacts(error))).catch(
        (error: unknown) => {
          throw new StartFault('连不上 DATABASE_URL 指定的数据库，请检查地址、账号和网络。', {
            cause: error,
          });
        },
      ));
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    if (error instanceof NewerDatabaseError)
      throw new StartFault('数据库是由更新的程序版本写的，请升级程序后再启动。', { cause: error });
    throw error;
  }
}

/** Writes the feed when something changed, when something is due, and before anything expires. */
function keepFeed(
  district: District,
  { log, compaction }: Surroundings,
  metrics: ReturnType<typeof openMetrics>,
) {
  const writer = openFeedWriter(district, compaction);
  const { feedFolder } = district.settings;
  let written: Written = { waiting: [], leftOut: [], failed: [], withoutFiles: [] };
  let isWritten = true;
  let cleanAt = Number.NEGATIVE_INFINITY;
  const begun = openWorkBegun();
  let gathering: NodeJS.Timeout | undefined;
  const write = async () => {
    try {
      written = await writer.write();
      for (const { division, error } of written.failed) {
        metrics.publishingFailed();
        log('division-failed', { division, ...faultFacts(error) });
      }
      for (const { division, error } of written.withoutFiles)
        log('division-without-files', { division, ...faultFacts(error) });
      const now = district.now();
      if (now >= cleanAt) {
        cleanFeed(feedFolder, now);
        await cleanStore(district);
        cleanAt = now + RENEW_MS;
      }
      const until = rootExpiry(newestRootFile(feedFolder));
      metrics.published(now, until);
      isWritten = true;
      if (until - now < ROOT_WARNING_MS)
        log('root-expires-soon', { until: new Date(until).toISOString() });
    } catch (error) {
      isWritten = false;
      metrics.publishingFailed();
      log('feed-failed', faultFacts(error));
    }
  };
  const begin = () => {
    gathering = undefined;
    begun.add(write());
  };
  const tick = () => {
    begun.add(
      publishDue(district)
        .then(() => forgetOldResults(district))
        .then(() => noteHead(district))
        .catch((error: unknown) => log('tick-failed', faultFacts(error))),
    );
  };
  const ticking = setInterval(tick, TICK_MS);
  const renewing = setInterval(begin, RENEW_MS);
  return {
    write,
    soon: () => {
      gathering ??= setTimeout(begin, GATHER_MS);
    },
    state: () => ({ ...written, isWritten }),
    stop: () => {
      for (const timer of [ticking, renewing]) clearInterval(timer);
    },
    /** What was asked for is written before the server ends. */
    idle: async () => {
      await begun.done();
      if (gathering === undefined) return;
      clearTimeout(gathering);
      await write();
    },
  };
}

async function listen(app: FastifyInstance, { port, host }: DistrictOptions): Promise<string> {
  try {
    return await app.listen({ port, host });
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new StartFault(`端口 ${port} 已被别的程序占用，请用 --port 换一个。`, { cause: error });
    if (code === 'EACCES')
      throw new StartFault(`没有权限使用端口 ${port}，请用 --port 换一个大于 1024 的端口。`, {
        cause: error,
      });
    throw error;
  }
}

/** A fault by name and place: messages of databases repeat values, and values may be personal. */
function faultFacts(fault: unknown): Readonly<Record<string, unknown>> {
  if (!(fault instanceof Error)) return { name: typeof fault };
  const place = fault.stack?.split('\n').find((line) => line.includes('/src/district/'));
  const { code } = fault as { code?: unknown };
  return { name: fault.name, code, place: place?.trim() };
}
