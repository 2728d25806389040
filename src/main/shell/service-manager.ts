import { spawn } from 'node:child_process';

/** A terminal without a usable page for so long beats no more: systemd then starts the whole program anew. */
const HOPELESS_MS = 600_000;
const MICROSECONDS = 1000;

/** What systemd hears of this program, where it runs as a service of it. */
export interface ServiceManager {
  /** Whether it runs as a service at all: then nobody reads what it prints, and it is started again whenever it ends. */
  readonly isService: boolean;
  /** The program has begun: from now on it beats. That it goes on trying is no news. */
  readonly ready: () => void;
  /** Somebody could use the page just now. */
  readonly usable: () => void;
  readonly stop: () => void;
}

/** Sends lines to systemd. Node cannot write to a datagram socket; systemd's own program can (decision 034). */
function systemdNotify(socket: string, lines: readonly string[]): void {
  spawn('systemd-notify', lines, {
    stdio: 'ignore',
    env: { PATH: process.env.PATH, NOTIFY_SOCKET: socket },
  }).on('error', () => {});
}

/**
 * Tells systemd that the program runs, each third of the time that its watchdog gives, as long as its thread moves and a
 * page could be used within the last ten minutes. Does nothing where no systemd listens. Nobody below this program is
 * told where systemd listens.
 */
export function openServiceManager(
  environment: Record<string, string | undefined> = process.env,
  send: (socket: string, lines: readonly string[]) => void = systemdNotify,
  clock: () => number = () => performance.now(),
): ServiceManager {
  const socket = environment.NOTIFY_SOCKET;
  const watchdogMs = Number(environment.WATCHDOG_USEC ?? 0) / MICROSECONDS;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete environment[name];
  if (socket === undefined)
    return { isService: false, ready: () => {}, usable: () => {}, stop: () => {} };
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;
  let lastUsable = clock();
  // Before version 246 systemd loses what a program said that has ended meanwhile, and waits for a word that was never heard.
  const beat = () => {
    if (clock() - lastUsable < HOPELESS_MS) send(socket, ['READY=1', 'WATCHDOG=1']);
  };
  return {
    isService: true,
    ready: () => {
      if (isReady) return;
      isReady = true;
      lastUsable = clock();
      send(socket, ['READY=1']);
      if (watchdogMs > 0) timer = setInterval(beat, watchdogMs / 3);
    },
    usable: () => {
      lastUsable = clock();
    },
    stop: () => {
      clearInterval(timer);
      send(socket, ['STOPPING=1']);
    },
  };
}
