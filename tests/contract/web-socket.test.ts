import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { spawnNodeHost } from '../../src/main/shell/host-child.ts';
import { superviseHost } from '../../src/main/shell/supervised-host.ts';
import { socketTransport } from '../../src/renderer/station-client/socket-transport.ts';
import { connectStation } from '../../src/renderer/station-client/station-client.ts';
import { temporaryHost } from '../station/temporary-host.ts';
import { stationCaller } from './station-caller.ts';
import { type ContractSubject, contractSuite } from './station-contract.suite.ts';

const ENTRY = join(import.meta.dirname, '../../src/main/station/main.ts');

/** The host as a supervised process with its web server, as the browser shell runs it. */
async function openOverWebSocket(): Promise<ContractSubject> {
  const temporary = temporaryHost();
  const supervised = superviseHost(
    (port) =>
      spawnNodeHost(process.execPath, ENTRY, {
        ...temporary.options,
        pageDir: import.meta.dirname,
        port: port ?? 0,
      }),
    // A host that hangs on purpose is not to be killed for it.
    { pongWithinMs: 600_000 },
  );
  const { url = '' } = await supervised.ready;
  const address = `${url.replace('http', 'ws')}/rpc`;
  const connection = connectStation(socketTransport(address));
  const signal = async (name: NodeJS.Signals) => {
    const pid = supervised.pid();
    if (pid !== undefined) process.kill(pid, name);
  };
  return {
    ...stationCaller(connection),
    sendGarbage: (frames) => sendRaw(address, frames),
    hangHost: () => signal('SIGSTOP'),
    resumeHost: () => signal('SIGCONT'),
    killHost: () => signal('SIGKILL'),
    close: async () => {
      connection.close();
      await supervised.stop();
      temporary.remove();
    },
  };
}

async function sendRaw(address: string, frames: readonly string[]): Promise<void> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  for (const frame of frames) {
    socket.send(frame);
    socket.send(Buffer.from(frame));
  }
  socket.close();
  await once(socket, 'close');
}

contractSuite('WebSocket', openOverWebSocket);
