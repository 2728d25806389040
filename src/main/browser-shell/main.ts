import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppPaths, appPaths, recoveryFolder } from '../shell/app-paths.ts';
import { spawnNodeHost } from '../shell/host-child.ts';
import { type Listener, openListener } from '../shell/listener.ts';
import { startNightRenewal } from '../shell/night-renewal.ts';
import { programVersion } from '../shell/program-version.ts';
import { openRecoveries, type Recoveries, recordHost } from '../shell/recoveries.ts';
import { openServiceManager, type ServiceManager } from '../shell/service-manager.ts';
import { type ShellOptions, shellOptions } from '../shell/shell-options.ts';
import { startFault } from '../shell/start-fault.ts';
import { FIRST_AGAIN_MS, type SupervisedHost, superviseHost } from '../shell/supervised-host.ts';
import { openScreen, type Screen } from './screen.ts';
import { standBy } from './stand-by.ts';

const HOST_LOOK_MS = 30_000;

/**
 * The browser shell: the station host with its web server, and the system's Chromium in kiosk mode on it. It supervises
 * both, and starts them together: a page that is asked for before the host is up waits in the listener's queue.
 * Standard output has one line; all else goes to standard error.
 */
async function main(manager: ServiceManager): Promise<void> {
  const paths = appPaths(PROGRAM);
  const options = shellOptions(process.argv.slice(2), paths, 'browser');
  const listener = await openListener(options.port);
  const host = startHost(options, paths, listener, manager.isService);
  started = host;
  const address = `http://127.0.0.1:${listener.port}/visitor/`;
  const recoveries = openRecoveries(options.dataDir);
  recordHost(host, recoveries);
  const screen =
    options.shell === 'browser'
      ? openScreen({
          ...{ host, address, recoveries },
          profileDir: join(options.dataDir, 'browser'),
          recoveryDir,
          onUsable: manager.usable,
        })
      : undefined;
  // Without a screen to look at, the host is all there is to be used.
  if (screen?.isWatched !== true)
    setInterval(() => host.isUp() && manager.usable(), HOST_LOOK_MS).unref();
  host.onNoStart(({ message }) => {
    screen?.standBy(message);
    manager.ready();
  });
  endOnSignals(host, screen, manager, recoveries);
  // A browser that is there already may be another terminal's, until the host has the data folder for itself.
  if (screen?.isFree()) screen.show();
  try {
    const { url } = await host.ready;
    screen?.show();
    recoveries.begin();
    startNightRenewal({
      isAtRest: host.isAtRest,
      untouchedMs: () => screen?.untouchedMs(),
      renew: () => {
        host.renew();
        screen?.renew();
      },
    });
    manager.ready();
    console.log(screen?.sentence ?? JSON.stringify({ url }));
  } catch (error) {
    await screen?.close();
    throw error;
  }
}

function endOnSignals(
  host: SupervisedHost,
  screen: Screen | undefined,
  manager: ServiceManager,
  recoveries: Recoveries,
): void {
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    manager.stop();
    await screen?.close();
    await host.stop();
    recoveries.end();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => void end());
}

function startHost(
  options: ShellOptions,
  paths: AppPaths,
  listener: Listener,
  isService: boolean,
): SupervisedHost {
  const { dataDir, profileDir, station, startAt, pageDir } = options;
  return superviseHost(
    () =>
      spawnNodeHost(
        process.execPath,
        paths.hostEntry,
        {
          ...{ dataDir, profileDir, station, startAt, pageDir, programVersion: programVersion() },
          port: listener.port,
        },
        listener.handOver(),
      ),
    { firstAgainMs: isService ? FIRST_AGAIN_MS : undefined },
    (sentence) => console.error(sentence),
  );
}

const PROGRAM = fileURLToPath(import.meta.url);
const recoveryDir = recoveryFolder(PROGRAM);

// Whoever read the line and closed the pipe must not end the terminal.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

let started: SupervisedHost | undefined;
// Before anything is started: nobody below this program is told where systemd listens.
const service = openServiceManager();
try {
  await main(service);
} catch (error) {
  const fault = startFault(error);
  process.exitCode = fault?.status ?? 0;
  // A host that runs would keep this process alive, without a screen and without a word. Who is stopping ends by itself.
  if (fault !== undefined) {
    await started?.stop();
    // Nobody reads what a service prints: its screen says it.
    if (service.isService && (await standBy(recoveryDir, service, fault.sentence)) === 'ended')
      process.exitCode = 0;
    process.exit();
  }
}
