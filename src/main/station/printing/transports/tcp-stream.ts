import { once } from 'node:events';
import { connect } from 'node:net';
import type { OpenStream } from './printer-stream.ts';
import { within } from './within.ts';

/** A network printer's raw port, 9100 on nearly all. One connection a job: no line stands half open for hours. */
export function tcpStream(host: string, port: number): OpenStream {
  return async (withinMs) => {
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    const broken = new Promise<void>((resolve) => {
      socket.on('error', () => resolve());
      socket.once('close', () => resolve());
    });
    const ended = new Promise<boolean>((resolve) => {
      socket.once('end', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    const opened = once(socket, 'connect').then(() => true);
    if (!(await within(withinMs, opened, false))) {
      socket.destroy();
      return undefined;
    }
    // Without a reader the end of the other side is never noticed.
    socket.resume();
    return {
      send: (bytes, ms) =>
        within(
          ms,
          new Promise<boolean>((resolve) => {
            socket.write(bytes, (error) => resolve(error === undefined || error === null));
          }),
          false,
        ),
      listen: (heard) => {
        socket.on('data', heard);
      },
      broken: Promise.race([broken, ended.then(() => {})]),
      close: async (ms) => {
        if (!socket.destroyed) socket.end();
        const inOrder = await within(ms, ended, false);
        socket.destroy();
        return inOrder;
      },
    };
  };
}
