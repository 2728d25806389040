import { spawn } from 'node:child_process';
import type { Server } from 'node:net';
import type { HostOrder, HostProcessOptions, PageFrame } from '#shared/contract/host-process.ts';

/** One running host process, whatever kind of child it is. */
export interface HostChild {
  readonly pid: number | undefined;
  /** Silently does nothing once the child is gone; `onExit` tells of that. */
  readonly send: (message: HostOrder | PageFrame) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, also when the process could not be started at all (`null`). */
  readonly onExit: (listener: (code: number | null) => void) => void;
  /** Ends it at once, even when it hangs. */
  readonly kill: () => void;
}

/**
 * The host is small and answers within a millisecond or two; it need not take memory to be faster still. Measured on a
 * first start, after a crawl of all content, with what the host itself adds (`lean-process.ts`): 113 instead of 271 MB.
 */
const SMALL = { flags: ['--max-semi-space-size=1'], environment: { MALLOC_ARENA_MAX: '2' } };

/**
 * Starts a host in a Node process of its own. Its output goes to standard error, because a shell's standard output has
 * one line that programs read. A `listener` is handed over to it: from then on only the host accepts connections.
 */
export function spawnNodeHost(
  nodePath: string,
  entry: string,
  options: HostProcessOptions,
  listener?: Server,
): HostChild {
  const child = spawn(nodePath, [...SMALL.flags, entry], {
    stdio: ['ignore', 2, 2, 'ipc'],
    env: {
      ...process.env,
      ...SMALL.environment,
      KIOSK_HOST_OPTIONS: JSON.stringify({ ...options, listenerHanded: listener !== undefined }),
    },
    windowsHide: true,
  });
  // Sending to a child that is just ending fails here; its exit is what counts.
  child.on('error', () => {});
  if (listener !== undefined) child.send({ type: 'listener' }, listener, () => listener.close());
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      if (child.pid === undefined) child.once('error', () => listener(null));
      else child.once('exit', (code) => listener(code));
    },
    kill: () => child.kill('SIGKILL'),
  };
}
