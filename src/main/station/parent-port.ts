import { Server } from 'node:net';
import type { HostReport, PageFrame } from '#shared/contract/host-process.ts';
import { type EarlyListener, keepEarly } from './transport/early-visitors.ts';

/** The channel to the shell that started this process, whatever kind of child it is. */
interface ParentPort {
  readonly send: (message: HostReport | PageFrame) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** The listener that the shell opened for the host; never resolves when it hands none over. */
  readonly listener: Promise<EarlyListener>;
  /** The shell is gone without a word. */
  readonly onGone: (listener: () => void) => void;
  /** Ends the process, after what was sent. */
  readonly close: () => void;
}

/** What Electron gives a utility process; typed here because the host knows no Electron. */
interface UtilityParentPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { data: unknown }) => void) => void;
}

function utilityPort(port: UtilityParentPort): ParentPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    listener: new Promise(() => {}),
    onGone: () => {},
    close: () => process.exit(),
  };
}

function childPort(): ParentPort {
  const hadParent = process.connected;
  const handed = Promise.withResolvers<EarlyListener>();
  const waiting: unknown[] = [];
  let listen = (message: unknown): void => void waiting.push(message);
  process.on('message', (message, handle) => {
    if (handle instanceof Server) handed.resolve(keepEarly(handle));
    else listen(message);
  });
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => {
      listen = listener;
      for (const message of waiting.splice(0)) listener(message);
    },
    listener: handed.promise,
    onGone: (listener) => {
      // The shell may have died while this process was still starting.
      if (hadParent && !process.connected) listener();
      else process.once('disconnect', listener);
    },
    close: () => {
      // A listener that was handed over keeps the process alive, and only `main` would have closed it.
      process.once('disconnect', () => process.exit());
      if (process.connected) process.disconnect();
      else process.exit();
    },
  };
}

/** Electron ends a utility process together with its app, so only a Node child has to watch for its parent. */
export const parentPort: ParentPort = (() => {
  const port = (process as { parentPort?: UtilityParentPort }).parentPort;
  return port === undefined ? childPort() : utilityPort(port);
})();
