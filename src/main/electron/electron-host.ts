import { type HostChild, spawnNodeHost } from '../shell/host-child.ts';
import type { ShellOptions } from '../shell/shell-options.ts';
import { type SupervisedHost, superviseHost } from '../shell/supervised-host.ts';
import type { ShellPaths } from './shell-paths.ts';
import { spawnUtilityHost } from './utility-host.ts';

/** The database's native part is built on this version of Node-API. */
const NODE_API_NEEDED = 10;

/** A supervised host that can be told to start anew. */
export interface ElectronHost extends SupervisedHost {
  readonly restart: () => void;
}

/** Starts the station host for pages behind ports: in Electron's own Node where that is new enough, else in plain Node. */
export function startElectronHost(
  options: ShellOptions,
  paths: ShellPaths,
  programVersion: string,
): ElectronHost {
  const { dataDir, profileDir, station, startAt, pageDir } = options;
  const hostOptions = { dataDir, profileDir, station, startAt, pageDir, programVersion };
  let child: HostChild | undefined;
  const host = superviseHost(
    () => {
      child = isNodeNewEnough(process.versions.napi)
        ? spawnUtilityHost(paths.hostEntry, hostOptions)
        : spawnNodeHost(process.env.KIOSK_NODE ?? paths.node, paths.plainHostEntry, hostOptions);
      return child;
    },
    {},
    (sentence) => console.error(sentence),
  );
  return { ...host, restart: () => child?.kill() };
}

/** Whether a Node with this version of Node-API can open the database. */
export function isNodeNewEnough(nodeApi: string | undefined): boolean {
  return Number(nodeApi ?? 0) >= NODE_API_NEEDED;
}
