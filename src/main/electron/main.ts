import { join } from 'node:path';
import { app, Menu } from 'electron';
import { openStationLog, type StationLog, silentLog } from '#station/log/station-log.ts';
import { mediaFolders } from '#station/media/media-files.ts';
import { makeFolder } from '#station/store/make-folder.ts';
import { absentHost } from '../shell/absent-host.ts';
import { hasDisplay } from '../shell/has-display.ts';
import { startNightRenewal } from '../shell/night-renewal.ts';
import { programVersion } from '../shell/program-version.ts';
import { NO_RECORD, openRecoveries, type Recoveries } from '../shell/recoveries.ts';
import { openServiceManager, type ServiceManager } from '../shell/service-manager.ts';
import { type ShellOptions, shellOptions, UsageError } from '../shell/shell-options.ts';
import { type StartFault, startFault } from '../shell/start-fault.ts';
import { FIRST_AGAIN_MS, type SupervisedHost } from '../shell/supervised-host.ts';
import { runAdmin } from './admin.ts';
import { startElectronHost } from './electron-host.ts';
import { lockDownPages } from './lock-down.ts';
import { adminWords, ownArguments } from './own-arguments.ts';
import { registerPageScheme } from './page-scheme.ts';
import { shellPaths } from './shell-paths.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const MAIN_DIR = import.meta.dirname;
const PATHS = shellPaths(MAIN_DIR, app.isPackaged ? process.resourcesPath : undefined);

/** Chromium's own ways to leave the page by a gesture or to talk to the network on its own. */
const SWITCHES = [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['disable-background-networking'],
  ['disable-domain-reliability'],
  ['no-pings'],
] as const;

/** What comes before Electron is ready; Electron insists on the order. */
function prepare(): ShellOptions {
  registerPageScheme();
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  Menu.setApplicationMenu(null);
  lockDownPages();
  const options = shellOptions(
    ownArguments(process.argv, process.defaultApp === true),
    PATHS,
    'electron',
  );
  if (!hasDisplay())
    throw new UsageError(
      '没有找到显示屏（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），请在图形桌面里启动，或用 --shell none 只提供页面。',
    );
  takeDataFolder(options.dataDir);
  return options;
}

/** Electron's own files go below the data folder; its lock on them makes this the only terminal on that folder. */
function takeDataFolder(dataDir: string): void {
  const folder = join(dataDir, 'electron');
  try {
    makeFolder(folder);
  } catch (error) {
    throw new UsageError(
      `数据文件夹 ${dataDir} 建不了或不能写，请检查权限，或用 --data 换一个文件夹。`,
      { cause: error },
    );
  }
  app.setPath('userData', folder);
  if (!app.requestSingleInstanceLock())
    throw new UsageError(
      `另一个终端程序正在使用数据文件夹 ${dataDir}，请先关掉它，或用 --data 换一个文件夹。`,
    );
}

async function run(options: ShellOptions, manager: ServiceManager): Promise<void> {
  // A disk that takes no log must not keep the recovery page away.
  const log = await openStationLog(join(options.dataDir, 'logs'), 'shell').catch(() => silentLog);
  keepRunning(log);
  // Electron falls over when it is asked for a utility process any earlier.
  await app.whenReady();
  const host = startElectronHost(options, PATHS, programVersion(), manager.isService);
  const { recoveryDir, preload } = PATHS;
  const recoveries = openRecoveries(options.dataDir);
  const parts = {
    ...{ host, log, recoveries, pageDir: options.pageDir, recoveryDir, preload },
    onUsable: manager.usable,
    mediaFolders: mediaFolders(options.dataDir, options.profileDir),
  };
  let terminal: Terminal;
  try {
    terminal = openTerminal(parts);
  } catch (error) {
    await host.stop();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopInOrder(terminal, host, log, manager, recoveries);
    return stopped;
  };
  onQuit(stop);
  host.onNoStart(manager.ready);
  await host.ready.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  recoveries.begin();
  startNightRenewal({
    isAtRest: host.isAtRest,
    untouchedMs: () => terminal.untouchedMs(),
    renew: () => {
      host.renew();
      terminal.renew();
    },
  });
  manager.ready();
}

/**
 * For a service that cannot even begin, where nobody reads what is printed: shows the recovery page with a sentence for the
 * staff, and ends after a minute, because only a new start reads the settings anew.
 */
async function standBy({ sentence, status }: StartFault, manager: ServiceManager): Promise<void> {
  keepRunning(silentLog);
  await app.whenReady();
  const { recoveryDir, preload } = PATHS;
  const terminal = openTerminal({
    ...{ host: absentHost(sentence), log: silentLog, recoveries: NO_RECORD },
    ...{ pageDir: undefined, recoveryDir, preload, mediaFolders: [], onUsable: manager.usable },
  });
  const stop = async () => {
    manager.stop();
    terminal.stop();
  };
  onQuit(stop);
  manager.ready();
  setTimeout(() => void stop().then(() => app.exit(status)), FIRST_AGAIN_MS);
}

async function stopInOrder(
  terminal: Terminal,
  host: SupervisedHost,
  log: StationLog,
  manager: ServiceManager,
  recoveries: Recoveries,
): Promise<void> {
  manager.stop();
  terminal.stop();
  await host.stop();
  recoveries.end();
  await log.close();
}

/**
 * Electron's own answer to an error that nobody caught is a dialog with the program's innards, and a program that waits
 * for someone to press OK.
 */
function keepRunning(log: StationLog): void {
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(kind, (error: unknown) => {
      console.error(error);
      log.event('shell-fault', { kind, error: error instanceof Error ? error.name : 'unknown' });
    });
}

/** Closes host and log in order before the program ends, whether by a signal or by the system's shutting down. */
function onQuit(stop: () => Promise<void>): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void stop().finally(() => app.exit(0));
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => app.quit());
}

function startTerminal(): void {
  // Whoever reads the output and closes the pipe must not end the terminal.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // Before anything is started: nobody below this program is told where systemd listens.
  const manager = openServiceManager();
  try {
    run(prepare(), manager).catch((error: unknown) => fail(error, manager));
  } catch (error) {
    fail(error, manager);
  }
}

/** Says what is wrong and ends; where nobody reads what is said, the screen says it first. */
function fail(error: unknown, manager: ServiceManager): void {
  const fault = startFault(error);
  if (fault === undefined) return;
  if (manager.isService && hasDisplay())
    standBy(fault, manager).catch((worse: unknown) => app.exit(startFault(worse)?.status));
  else app.exit(fault.status);
}

// Decided by the command line alone, before there is anything that a visitor could touch.
const admin = adminWords(process.argv, process.defaultApp === true);
if (admin === undefined) startTerminal();
else await runAdmin(admin, PATHS);
