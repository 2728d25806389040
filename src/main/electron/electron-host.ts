import { spawnNodeHost } from '../shell/host-child.ts';
import type { ShellOptions } from '../shell/shell-options.ts';
import { FIRST_AGAIN_MS, type SupervisedHost, superviseHost } from '../shell/supervised-host.ts';
import { isNodeNewEnough } from './node-age.ts';
import { outsideArchive, type ShellPaths } from './shell-paths.ts';
import { spawnUtilityHost } from './utility-host.ts';

/** Starts the station host for pages behind ports: in Electron's own Node where that is new enough, else in plain Node. */
export function startElectronHost(
  options: ShellOptions,
  paths: ShellPaths,
  programVersion: string,
  isService: boolean,
): SupervisedHost {
  const { dataDir, profileDir, station, startAt, pageDir } = options;
  const hostOptions = { dataDir, profileDir, station, startAt, pageDir, programVersion };
  return superviseHost(
    () =>
      isNodeNewEnough(process.versions.napi)
        ? spawnUtilityHost(paths.hostEntry, hostOptions)
        : spawnNodeHost(paths.node, outsideArchive(paths.hostEntry), hostOptions),
    { firstAgainMs: isService ? FIRST_AGAIN_MS : undefined },
    (sentence) => console.error(sentence),
  );
}
