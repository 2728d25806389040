import type { Server, Socket } from 'node:net';

/** A listener that is open already, and who connected before anybody answered there. */
export interface EarlyListener {
  readonly listener: Server;
  /** Hands out who waits; called once, when there is an answer. */
  readonly take: () => Socket[];
}

/** Node accepts connections as soon as it has a listener: who comes before the host can answer is kept, not forgotten. */
export function keepEarly(listener: Server): EarlyListener {
  const early: Socket[] = [];
  const keep = (socket: Socket) => {
    // Gone again before the answer is nobody's fault.
    socket.on('error', () => {});
    early.push(socket);
  };
  listener.on('connection', keep);
  return {
    listener,
    take: () => {
      listener.off('connection', keep);
      return early.splice(0);
    },
  };
}
