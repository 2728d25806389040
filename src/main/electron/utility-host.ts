import { utilityProcess } from 'electron';
import type { HostProcessOptions } from '#shared/contract/host-process.ts';
import type { HostChild } from '../shell/host-child.ts';

/** Starts a host in Electron's own Node, as a utility process. Only after Electron is ready. */
export function spawnUtilityHost(entry: string, options: HostProcessOptions): HostChild {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'station-host',
    stdio: 'inherit',
    env: { ...process.env, KIOSK_HOST_OPTIONS: JSON.stringify(options) },
  });
  let running = true;
  child.once('exit', () => {
    running = false;
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (running) child.postMessage(message);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    kill: () => {
      // UtilityProcess.kill() asks politely; a host that hangs does not listen.
      if (running && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
