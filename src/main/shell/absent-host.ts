import { HostStartError, type SupervisedHost } from './supervised-host.ts';

/**
 * Stands in for the host of a terminal that cannot even begin (a mistyped setting, a port that is taken), so that its screen
 * can still say why: it is never up, and tells `sentence` to whoever asks why not.
 */
export function absentHost(sentence: string): SupervisedHost {
  const never = () => () => {};
  return {
    ready: new Promise(() => {}),
    send: () => {},
    onFrame: never,
    isUp: () => false,
    onUp: never,
    onDown: never,
    onNoStart: (listener) => {
      const telling = setImmediate(() => listener(new HostStartError('internal', sentence)));
      return () => clearImmediate(telling);
    },
    onPages: never,
    onFault: never,
    isAtRest: () => false,
    restarts: () => 0,
    restart: () => {},
    renew: () => {},
    pid: () => undefined,
    stop: async () => {},
  };
}
