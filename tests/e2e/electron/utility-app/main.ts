import { join } from 'node:path';
import { app } from 'electron';
import { spawnUtilityHost } from '../../../../src/main/electron/utility-host.ts';
import { superviseHost } from '../../../../src/main/shell/supervised-host.ts';

/*
 * An Electron program that does nothing but supervise a host in a utility process. The test runtime's Node is too old
 * for the real host's database; how such a process is started, spoken to and ended is the same.
 */
const spawn = (behaviour: string) => () =>
  spawnUtilityHost(join(import.meta.dirname, 'host.js'), {
    dataDir: 'none',
    profileDir: 'none',
    programVersion: behaviour,
  });

function startHost() {
  const host = superviseHost(spawn('echo'), { pingEveryMs: 200, pongWithinMs: 2000 });
  const heard: unknown[] = [];
  host.onFrame((frame) => heard.push(frame));
  host.onUp(() => host.send({ type: 'data', page: 7, data: 'words' }));
  return {
    heard: () => heard,
    pid: () => host.pid(),
    restarts: () => host.restarts(),
    stop: () => host.stop(),
    refusal: () => superviseHost(spawn('refuse')).ready.catch((error: Error) => error.message),
  };
}
export type UtilityTest = ReturnType<typeof startHost>;

// Not awaited here: Electron is not ready before its program is loaded whole.
void app.whenReady().then(() => Object.assign(globalThis, { utilityTest: startHost() }));
