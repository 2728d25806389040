import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StationCard } from '#shared/contract/host-process.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { allOutlets, newestPublication } from './content/content-store.ts';
import { openLibrary } from './content/library.ts';
import { isLoaded, loadPack } from './content/load-pack.ts';
import { reloadPack } from './content/reload-pack.ts';
import { fillLawsInSteps, fillLawsNow } from './laws/law-cache.ts';
import { lawFolder } from './laws/law-segments.ts';
import { openLaws } from './laws/laws.ts';
import { openStationLog, type StationLog } from './log/station-log.ts';
import { startUpkeep } from './maintenance/upkeep.ts';
import { packDigest } from './packs/pack-digest.ts';
import type { PackFault } from './packs/pack-file.ts';
import {
  type ProfileSettings,
  readProfilePack,
  readProfileSettings,
} from './packs/profile-pack.ts';
import { openPapers } from './papers/open-papers.ts';
import { openTickets } from './printing/open-tickets.ts';
import { openQueue } from './queue/open-queue.ts';
import { type StationRouter, stationRouter } from './router.ts';
import { openStaff } from './staff/staff.ts';
import { StartError } from './start-error.ts';
import { openStations } from './stations/stations.ts';
import { openCacheDatabase } from './store/cache-database.ts';
import { isDiskFull } from './store/disk-full.ts';
import { type InstanceLock, lockDataFolder } from './store/instance-lock.ts';
import { closeDatabase } from './store/open-database.ts';
import type { WritableDb } from './store/sql.ts';
import { backUpStation, openStationDatabase } from './store/station-database.ts';
import { type StationEvents, startEvents } from './system/events.ts';

/** How a host is started; plain data but the clock, so that it can be handed to another process. */
export interface HostOptions {
  readonly dataDir: string;
  readonly profileDir: string;
  /** Code of the outlet; the profile's default when absent. */
  readonly station?: string | undefined;
  readonly programVersion: string;
  /** Epoch milliseconds; the computer's clock when absent. */
  readonly now?: (() => number) | undefined;
}

/** A running station host. */
export interface Host {
  readonly router: StationRouter;
  readonly log: StationLog;
  readonly events: StationEvents;
  /** For the shell, to show when it cannot show pages. */
  readonly card: StationCard;
  /** Ends cleanly: a backup, the logs flushed, the databases closed, the folder released. Safe to call twice. */
  readonly close: () => Promise<void>;
}

interface Stores {
  readonly lock: InstanceLock;
  readonly log: StationLog;
  readonly cache: WritableDb;
  readonly station: WritableDb;
  readonly stationPath: string;
}

/**
 * Starts the station host on a data folder. Throws `StartError` with one plain sentence when something outside the
 * program is wrong: the profile, the folder, the disk, another instance.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const now = options.now ?? Date.now;
  try {
    prepareFolder(options.dataDir);
    const stores = await openStores(options.dataDir, now());
    return await assemble(options, stores, now);
  } catch (error) {
    throw isDiskFull(error)
      ? new StartError(
          'disk-full',
          `磁盘满了或不能写(${options.dataDir}),请腾出空间后再启动;已有的数据没有改动。`,
          { cause: error },
        )
      : error;
  }
}

async function assemble(options: HostOptions, stores: Stores, now: () => number): Promise<Host> {
  const close = closing(stores, now);
  try {
    const { profile, divisions, changed } = loadContent(stores.cache, options, now());
    const lawTexts = lawFolder(options.dataDir);
    fillLawsNow(stores.cache, lawTexts, stores.log);
    const station = options.station ?? profile.defaultStation;
    assertStation(stores.cache, profile, station);
    const settings = { db: stores.cache, profile, divisions, station, now };
    const library = openLibrary(settings);
    const stations = openStations(stores.cache, library);
    const laws = openLaws(stores.cache, library);
    const events = startEvents(now, () => newestPublication(stores.cache));
    const papers = openPapers({
      library,
      stations,
      laws,
      db: stores.station,
      printer: profile.printer.document,
      now,
      log: stores.log,
    });
    const staff = openStaff({ db: stores.station, station, now });
    const tickets = openTickets({
      db: stores.station,
      printer: profile.printer,
      station: () => stations.name(),
      now,
      log: stores.log,
      changed: () => events.printingChanged(),
    });
    const queue = openQueue({ db: stores.station, library, stations, now, log: stores.log });
    const router = stationRouter({
      library,
      stations,
      laws,
      papers,
      staff,
      tickets,
      queue,
      events,
      log: stores.log,
      now,
      programVersion: options.programVersion,
    });
    stores.log.event('host-started', {
      station,
      profile: profile.id,
      contentChanged: changed,
    });
    const watch = {
      db: stores.cache,
      profileDir: options.profileDir,
      station,
      settings,
      programVersion: options.programVersion,
      now,
      log: stores.log,
    };
    const upkeep = startUpkeep({
      now,
      log: stores.log,
      backUp: () => backUpStation(stores.station, stores.stationPath, now()),
      reloadContent: async () => {
        const hasNewLaws = await fillLawsInSteps(stores.cache, lawTexts);
        return reloadPack(watch) === 'changed' || hasNewLaws;
      },
      onContentChanged: () => events.contentChanged(),
      closePastDays: () => queue.closePastDays(),
    });
    const { name, phone } = stations.current('zh-CN');
    return {
      router,
      log: stores.log,
      events,
      card: { name, phone },
      close: async () => {
        upkeep.stop();
        queue.stop();
        await tickets.close();
        await close(events);
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
  const log = await openStationLog(join(dataDir, 'logs'));
  opened.defer(() => log.close());
  const stationPath = join(dataDir, 'station.sqlite');
  const station = openStationDatabase(stationPath, now, log);
  opened.defer(() => closeDatabase(station));
  const cache = openCacheDatabase(join(dataDir, 'cache.sqlite'), log);
  // All stands: from here on `closeAll` sees to it.
  opened.move();
  return { lock, log, cache, station, stationPath };
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
  closeDatabase(stores.cache);
  stores.log.event('host-stopped');
  await stores.log.close();
  stores.lock.release();
}

/**
 * Makes sure that the cache holds the deployment's content. Its files are read in full only when they are not those that
 * filled the cache: reading hundreds of records takes seconds, hashing them takes none.
 */
function loadContent(
  cache: WritableDb,
  { profileDir, programVersion }: HostOptions,
  now: number,
): ProfileSettings & { changed: boolean } {
  if (!existsSync(profileDir))
    throw new StartError('broken-profile', `没有这个部署文件夹:${profileDir}。`);
  const { settings, faults } = readProfileSettings(profileDir);
  if (settings === undefined) throw brokenProfile(profileDir, faults);
  const cursor = packDigest(profileDir, programVersion);
  if (isLoaded(cache, settings.profile.id, cursor)) return { ...settings, changed: false };
  const read = readProfilePack(profileDir);
  if (read.pack === undefined) throw brokenProfile(profileDir, read.faults);
  loadPack(cache, read.pack, cursor, now);
  return { ...settings, changed: true };
}

function brokenProfile(profileDir: string, faults: readonly PackFault[]): StartError {
  const [first] = faults;
  const place =
    first === undefined
      ? ''
      : `,第一处是 ${first.file}${first.line === undefined ? '' : `:${first.line}`} ${first.field}(${first.fault})`;
  return new StartError(
    'broken-profile',
    `部署文件夹有 ${faults.length} 处错误${place};用 npm run kiosk -- profile check ${profileDir} 逐条查看。`,
  );
}

function assertStation(cache: WritableDb, profile: Profile, station: string): void {
  if (allOutlets(cache).some((outlet) => outlet.body.code === station)) return;
  throw new StartError(
    'unknown-station',
    `部署"${profile.title}"里没有代码为 ${station} 的网点,请用 --station 写对代码。`,
  );
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (isDiskFull(error)) throw error;
    throw new StartError(
      'no-data-folder',
      `数据文件夹 ${folder} 建不了或不能写,请检查权限,或用 --data 换一个文件夹。`,
      { cause: error },
    );
  }
}
