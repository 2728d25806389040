import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const CUPSD = ['/usr/sbin/cupsd', '/usr/bin/cupsd'].find((path) => existsSync(path));

/** Whether a private print system can be started: cupsd, its clients and its socket backend are installed. */

/** A real CUPS of our own: a folder of its own, a loopback port, and nothing of the computer's printers. */
export interface PrivateCups {
  /** What `CUPS_SERVER` has to be for its clients. */
  readonly server: string;
  /** Adds a queue that hands papers on unchanged to a port of this computer. */
  readonly addQueue: (name: string, printerPort: number) => void;
  readonly command: (program: string, ...args: string[]) => string;
  readonly stop: () => Promise<void>;
}

export async function startPrivateCups(): Promise<PrivateCups> {
  const folder = mkdtempSync(join(tmpdir(), 'cups-'));
  // Started by root, it runs backends as another user, who has to get in.
  chmodSync(folder, 0o755);
  const port = await freePort();
  writeConfiguration(folder, port);
  const daemon = spawn(
    CUPSD ?? 'cupsd',
    ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')],
    { stdio: 'ignore' },
  );
  const server = `127.0.0.1:${port}`;
  const command = (program: string, ...args: string[]) =>
    spawnSync(program, args, {
      env: { ...process.env, CUPS_SERVER: server, LC_ALL: 'C' },
    }).stdout.toString();
  // Programs that draw pictures start it, too: nothing of the test runner is used here.
  for (let tries = 0; !command('lpstat', '-r').includes('is running'); tries += 1) {
    if (tries === 200) throw new Error('the print system did not start');
    await pause(100);
  }
  return {
    server,
    addQueue: (name, printerPort) => {
      const device = `socket://127.0.0.1:${printerPort}/?contimeout=1`;
      command('lpadmin', '-p', name, '-v', device, '-E', '-m', 'raw');
    },
    command,
    stop: async () => {
      const ended = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, port: number): void {
  for (const name of ['root', 'cache', 'state', 'spool', 'tmp']) mkdirSync(join(folder, name));
  const open = 'Order allow,deny\nAllow all';
  writeFileSync(
    join(folder, 'cupsd.conf'),
    `Listen 127.0.0.1:${port}
DefaultAuthType None
PreserveJobHistory Yes
<Location />
${open}
</Location>
<Location /admin>
${open}
</Location>
<Policy default>
<Limit All>
${open}
</Limit>
</Policy>
`,
  );
  writeFileSync(
    join(folder, 'cups-files.conf'),
    `ServerRoot ${join(folder, 'root')}
CacheDir ${join(folder, 'cache')}
StateDir ${join(folder, 'state')}
RequestRoot ${join(folder, 'spool')}
TempDir ${join(folder, 'tmp')}
AccessLog ${join(folder, 'access.log')}
ErrorLog ${join(folder, 'error.log')}
PageLog ${join(folder, 'page.log')}
`,
  );
}

/** A printer's network port that keeps what it gets; or one that takes a little and then drops the line. */
export interface PrinterDouble {
  readonly port: number;
  /** Papers that came whole: everything until the print system closed the line. */
  readonly papers: Buffer[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export async function startPrinterDouble(behaviour: 'takes' | 'drops'): Promise<PrinterDouble> {
  const papers: Buffer[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    if (behaviour === 'drops') {
      socket.once('data', () => socket.resetAndDestroy());
      return;
    }
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => papers.push(Buffer.concat(chunks)));
  });
  const port = await listen(server);
  return {
    port,
    papers,
    connections: () => connections,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port of this computer that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
