import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { StationCard } from '#shared/contract/host-process.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { bootContent } from './content/boot-content.ts';
import { type CacheCare, careForCache } from './content/cache-care.ts';
import { assureOutlet, hasRottenOutlet, ownOutlet } from './content/own-outlet.ts';
import { type PackWatch, reloadPack } from './content/reload-pack.ts';
import { startProof } from './content/start-proof.ts';
import { readEnrolled } from './district/enrolled.ts';
import { openSync } from './district/open-sync.ts';
import { openStationFeed } from './feed/station-feed.ts';
import type { Lan } from './lan/lan.ts';
import { type ServedLan, serveLan } from './lan/serve-lan.ts';
import { fillLawsInSteps, fillLawsNow } from './laws/law-cache.ts';
import { lawFolder } from './laws/law-segments.ts';
import { openStationLog, type StationLog } from './log/station-log.ts';
import { removeUnfinished } from './maintenance/remove-unfinished.ts';
import { tidyDatabase } from './maintenance/tidy-databases.ts';
import { startUpkeep } from './maintenance/upkeep.ts';
import {
  type MediaFiles,
  mediaFolders,
  openMediaFiles,
  ownMediaFolder,
} from './media/media-files.ts';
import { finishMoveAtStart } from './moving/journal.ts';
import { assertNotMoved } from './moving/moved-mark.ts';
import { openServices } from './open-services.ts';
import { packDigest } from './packs/pack-digest.ts';
import { startSelfCheck } from './program-files/self-check.ts';
import { doesNobodyWait, isHallAtRest } from './queue/at-rest.ts';
import { type StationRouter, stationRouter } from './router.ts';
import { startIndexing } from './search/indexing.ts';
import { assureIndexRules, catchUpIfLittle, indexContext } from './search/search-index.ts';
import { StartError } from './start-error.ts';
import { closeCache, isDoubtful, openCacheDatabase } from './store/cache-database.ts';
import { changesFromElsewhere } from './store/changes-from-elsewhere.ts';
import { isDiskFull } from './store/disk-full.ts';
import { type InstanceLock, lockDataFolder } from './store/instance-lock.ts';
import { makeFolder } from './store/make-folder.ts';
import { closeDatabase } from './store/open-database.ts';
import { writeSetting } from './store/settings.ts';
import type { WritableDb } from './store/sql.ts';
import { backUpStation, lastBackupAt, openStationDatabase } from './store/station-database.ts';
import type { StationEvents } from './system/events.ts';

/** How a host is started; plain data but the clock, so that it can be handed to another process. */
export interface HostOptions {
  readonly dataDir: string;
  readonly profileDir: string;
  /** Code of the outlet; the profile's default when absent. */
  readonly station?: string | undefined;
  readonly programVersion: string;
  /** Epoch milliseconds; the computer's clock when absent. */
  readonly now?: (() => number) | undefined;
  /** By which log-ins grow old, milliseconds; the computer's own uptime when absent. */
  readonly uptime?: (() => number) | undefined;
}

/** A running station host. */
export interface Host {
  readonly router: StationRouter;
  /** Films and pamphlets, for transports that serve files. */
  readonly media: MediaFiles;
  readonly log: StationLog;
  readonly events: StationEvents;
  readonly lan: Lan;
  /** Serves office PCs and hall displays from a folder of pages, as long as a technician's settings say so. */
  readonly serveLan: (pageDir: string) => Promise<void>;
  /** Whether nobody waits and no window is open. */
  readonly isAtRest: () => boolean;
  /** For the shell, to show when it cannot show pages. */
  readonly card: StationCard;
  /** One sentence for the technician when it runs, but not as it was asked to. */
  readonly warning: string | undefined;
  /** Resolves when pages can be shown again only by a start: the cache is damaged. */
  readonly mustEnd: Promise<void>;
  /** Ends cleanly: a backup, the logs flushed, the databases closed, the folder released. Safe to call twice. */
  readonly close: () => Promise<void>;
}

interface Stores {
  readonly lock: InstanceLock;
  readonly log: StationLog;
  readonly cache: WritableDb;
  readonly station: WritableDb;
  readonly stationPath: string;
  readonly care: CacheCare;
}

const cacheFile = (dataDir: string) => join(dataDir, 'cache.sqlite');

/**
 * Starts the station host on a data folder. Throws `StartError` with one plain sentence when something outside the
 * program is wrong: the profile, the folder, the disk, another instance.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const now = options.now ?? Date.now;
  try {
    prepareFolder(options.dataDir);
    return await openHost(options, now).catch((error: unknown) => {
      // The cache turned out damaged on the way: once more, with a close look at it.
      if (!isDoubtful(cacheFile(options.dataDir))) throw error;
      return openHost(options, now);
    });
  } catch (error) {
    throw isDiskFull(error)
      ? new StartError(
          'disk-full',
          `磁盘满了或不能写（${options.dataDir}），请腾出空间后再启动；已有的数据没有改动。`,
          { cause: error },
        )
      : error;
  }
}

async function openHost(options: HostOptions, now: () => number): Promise<Host> {
  return assemble(options, await openStores(options.dataDir, now()), now);
}

async function assemble(options: HostOptions, stores: Stores, now: () => number): Promise<Host> {
  const close = closing(stores, now);
  try {
    const { cache, log, care } = stores;
    const { profileDir, programVersion } = options;
    const content = bootContent(
      ...([cache, profileDir, programVersion, now(), options.station] as const),
      readEnrolled(stores.station) !== undefined,
    );
    const lawTexts = lawFolder(options.dataDir);
    fillLawsNow(cache, lawTexts, log);
    const station = options.station ?? content.profile.defaultStation;
    if (hasRottenOutlet(cache)) assureOutlet(cache, profileDir, station);
    const outlet = assertStation(cache, content.profile, station);
    const { profile, divisions } = content;
    const settings = { db: cache, profile, divisions, station, now };
    const watch: PackWatch = { db: cache, profileDir, station, settings, programVersion, now, log };
    if (content.fault !== undefined) watch.faulty = packDigest(profileDir, programVersion);
    assureIndexRules(cache);
    const beforeCommit = () => catchUpIfLittle(cache, indexContext(settings));
    const media = openMediaFiles(mediaFolders(options.dataDir, profileDir));
    const feed = openStationFeed({
      profile,
      profileDir,
      folder: join(options.dataDir, 'feed'),
      stationDb: stores.station,
      cache,
      station,
      now,
      log,
      beforeCommit,
      media: { folder: ownMediaFolder(options.dataDir), files: media },
    });
    const services = openServices(settings, {
      dataDir: options.dataDir,
      media,
      stationDb: stores.station,
      cache,
      log,
      programVersion,
      uptime: options.uptime,
      beforeCommit,
      onOwnContent: () => {
        indexing.wake();
        sync.wake();
      },
      districtTrouble: () => sync.trouble(),
      feedFilled: () => feed.filled(),
      feedCheckedAt: () => feed.checkedAt(),
      onEnrolled: () => {
        feed.enrolled();
        sync.wake();
        services.events.contentChanged();
      },
      isContentStale: () => watch.faulty !== undefined || feed.isStale(),
      callFailed: care.callFailed,
    });
    const sync = openSync({
      ...{ db: stores.station, cache, dataDir: options.dataDir, station, now, log },
      uptime: options.uptime,
      health: {
        programVersion,
        feedCheckedAt: () => feed.checkedAt(),
        feedRefused: () => feed.refused(),
        report: hourly(now, services.health.doctor),
      },
      answered: () => {
        services.editing.lay();
        services.events.contentChanged();
        feed.wake();
      },
    });
    // For commands of technicians, which know the data folder only.
    writeSetting(stores.station, 'station', station, now());
    services.editing.lay();
    log.event('host-started', { station, profile: profile.id, contentChanged: content.changed });
    if (content.fault !== undefined) log.event('started-on-last-good-content');
    const indexing = startIndexing(cache, settings, (error) =>
      log.event('indexing-failed', { error: error instanceof Error ? error.name : 'unknown' }),
    );
    const onContentChanged = () => {
      services.editing.lay();
      indexing.wake();
      services.events.contentChanged();
    };
    feed.start(onContentChanged);
    sync.start();
    care.begin(() => {
      reloadPack(watch);
      assureOutlet(cache, profileDir, station, outlet);
      onContentChanged();
      feed.wake();
    });
    const selfCheck = startSelfCheck(log);
    const proof = startProof(cache, (error) =>
      log.event('proof-failed', { error: error instanceof Error ? error.name : 'unknown' }),
    );
    // A command may bring content, or what the district says of edits; which of them stand is laid anew for either.
    const fromElsewhere = [cache, stores.station].map(changesFromElsewhere);
    const upkeep = startUpkeep({
      now,
      log,
      backUp: () => backUpStation(stores.station, stores.stationPath, now()),
      lastBackupAt: () => lastBackupAt(stores.stationPath),
      doesNobodyWait: () => doesNobodyWait(services.queue.hall.view()),
      tidy: [stores.station, cache].map((db) => () => tidyDatabase(db)),
      reloadContent: async () => {
        const hasNewLaws = await fillLawsInSteps(cache, lawTexts);
        const isReloaded = reloadPack(watch) !== 'same';
        const wasImported = fromElsewhere.map((hasChanged) => hasChanged()).includes(true);
        return isReloaded || hasNewLaws || wasImported;
      },
      onContentChanged,
      turnQueueDay: () => services.queue.turnDay(),
      closeLeftWindows: () => services.queue.sweepLeftWindows(services.staff.loggedIn),
      inspect: () => services.health.inspect(),
    });
    const { name, phone } = services.stations.current('zh-CN');
    const router = stationRouter(services);
    const { lan } = services;
    let served: ServedLan | undefined;
    return {
      router,
      media: services.media,
      log,
      events: services.events,
      lan,
      serveLan: async (pageDir) => {
        const { dataDir } = options;
        const { hubFor } = services.queue;
        const db = stores.station;
        served = await serveLan({ lan, router, hubFor, pageDir, db, dataDir, now, log });
      },
      isAtRest: () => isHallAtRest(services.queue.hall.view()),
      card: { name, phone },
      warning: content.fault,
      mustEnd: care.mustEnd,
      close: async () => {
        await services.machine.close();
        await upkeep.stop();
        await selfCheck.stop();
        care.stop();
        await proof.stop();
        await sync.stop();
        await feed.stop();
        indexing.stop();
        services.queue.stop();
        await served?.close();
        await services.tickets.close();
        await close(services.events);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openStores(dataDir: string, now: number): Promise<Stores> {
  await using opened = new AsyncDisposableStack();
  const lock = lockDataFolder(dataDir);
  opened.defer(() => lock.release());
  await finishMoveAtStart(dataDir);
  removeUnfinished(dataDir, now);
  assertNotMoved(dataDir);
  const log = await openStationLog(join(dataDir, 'logs'));
  opened.defer(() => log.close());
  const stationPath = join(dataDir, 'station.sqlite');
  const station = openStationDatabase(stationPath, now, log);
  opened.defer(() => closeDatabase(station));
  const cachePath = cacheFile(dataDir);
  const cache = openCacheDatabase(cachePath, log);
  const care = careForCache(cache, cachePath, log);
  // All stands: from here on `closeAll` sees to it.
  opened.move();
  return { lock, log, cache, station, stationPath, care };
}

function closing(stores: Stores, now: () => number): (events?: StationEvents) => Promise<void> {
  let closed: Promise<void> | undefined;
  return (events) => {
    closed ??= closeAll(stores, now(), events);
    return closed;
  };
}

/** A backup that fails (a full disk) must not keep the databases from being closed in order. */
async function closeAll(
  stores: Stores,
  now: number,
  events: StationEvents | undefined,
): Promise<void> {
  events?.stop();
  await backUpStation(stores.station, stores.stationPath, now).catch((error: unknown) => {
    stores.log.event('backup-failed', { error: error instanceof Error ? error.name : 'unknown' });
  });
  closeDatabase(stores.station);
  closeCache(stores.cache);
  stores.log.event('host-stopped');
  await stores.log.close();
  stores.lock.release();
}

/** A self-test asks printers and starts programs: often enough for the district is once an hour. */
function hourly<Report>(now: () => number, make: () => Promise<Report>): () => Promise<Report> {
  let made: { readonly at: number; readonly report: Promise<Report> } | undefined;
  return () => {
    if (made === undefined || Math.abs(now() - made.at) > 3_600_000)
      made = { at: now(), report: make() };
    return made.report;
  };
}

/** The own outlet as it is at the start. */
function assertStation(cache: WritableDb, profile: Profile, station: string): ContentRecord {
  const outlet = ownOutlet(cache, station);
  if (outlet !== undefined) return outlet;
  throw new StartError(
    'unknown-station',
    `部署"${profile.title}"里没有代码为 ${station} 的网点，请用 --station 写对代码。`,
  );
}

function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (isDiskFull(error)) throw error;
    throw new StartError(
      'no-data-folder',
      `数据文件夹 ${folder} 建不了或不能写，请检查权限，或用 --data 换一个文件夹。`,
      { cause: error },
    );
  }
}
