import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { openPostgres } from '#district/store/open-postgres.ts';
import type { Database } from '#district/store/sql.ts';

const DEBIAN = '/usr/lib/postgresql';
/** Debian keeps each version in a folder of its own. */
const BIN = join(DEBIAN, readdirSync(DEBIAN).sort().at(-1) ?? '', 'bin');
/** PostgreSQL does not run as root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** A PostgreSQL server of its own on loopback, in a temporary folder. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  const [program, args] = asOrdinaryUser(join(BIN, 'initdb'), [
    ...['-D', data, '-U', 'kiosk', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
  ]);
  execFileSync(program, args, { stdio: 'pipe' });
  const port = await freePort();
  const [server, serverArgs] = asOrdinaryUser(join(BIN, 'postgres'), [
    ...['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
    ...['-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
  ]);
  const child = spawn(server, serverArgs, { stdio: 'ignore' });
  const url = `postgres://kiosk@127.0.0.1:${port}/postgres`;
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function asOrdinaryUser(program: string, args: readonly string[]): [string, string[]] {
  if (!isRoot) return [program, [...args]];
  const user = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
  return ['setpriv', [...user, program, ...args]];
}

/** A port on loopback that nobody uses right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

/** Connects as soon as the server takes connections. */
export async function connectPostgres(url: string): Promise<Database> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await openPostgres(url, () => {});
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** How a suite gets at its database. */
export interface Opened {
  readonly database: Database;
}

const ENGINES = {
  PGlite: async () => {
    const database = await openPglite();
    return { database, stop: () => database.close() };
  },
  PostgreSQL: async () => {
    const server = await startPostgres();
    const database = await connectPostgres(server.url);
    return {
      database,
      stop: async () => {
        await database.close();
        await server.stop();
      },
    };
  },
} as const;

/** The same tests on both databases, migrated; each file has one of each, so tests take names of their own. */
export function onBothDatabases(tests: (opened: Opened) => void): void {
  for (const [name, start] of Object.entries(ENGINES))
    describe(name, () => {
      let running: Awaited<ReturnType<typeof start>>;
      const opened: Opened = {
        get database() {
          return running.database;
        },
      };
      beforeAll(async () => {
        running = await start();
        await migrate(running.database);
      });
      afterAll(() => running.stop());
      tests(opened);
    });
}
