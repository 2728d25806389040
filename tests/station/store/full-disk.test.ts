import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { terminalContext } from '#station/access/caller.ts';
import { startHost } from '#station/host.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { isDiskFull } from '#station/store/disk-full.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { temporaryHost } from '../temporary-host.ts';

const MEGABYTE = 1024 * 1024;
let disk: string;

/** A real small disk in memory, on which a terminal with the shipped content just has room; mounting takes root or sudo without a password. */
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
  asRoot('mount', '-t', 'tmpfs', '-o', `size=16m,mode=0777`, 'tmpfs', disk);
});
afterEach(() => {
  asRoot('umount', disk);
  rmSync(disk, { recursive: true });
});

function asRoot(...command: [string, ...string[]]): void {
  const [program, ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  execFileSync(program ?? '', args, { stdio: 'pipe' });
}

const filler = () => join(disk, 'filler');

/** Takes all room but `spare` bytes. */
function fill(spare = 0): void {
  for (let size = MEGABYTE; size >= 1024; size /= 2) {
    try {
      for (;;) writeFileSync(filler(), Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  }
  if (spare > 0) execFileSync('truncate', ['-s', `-${spare}`, filler()]);
}

function makeRoom(): void {
  rmSync(filler());
}

const operation = (at: number) => ({
  id: `operation-${at}`,
  type: 'test',
  payload: { text: 'x'.repeat(500) },
  actor: 'test',
  subject: 'test',
  at,
});

test('what was acknowledged before the disk was full is there afterwards, and nothing half', () => {
  const path = join(disk, 'station.sqlite');
  const db = openDatabase(path, 'station');
  fill(300 * 1024);
  const acknowledged: string[] = [];
  const writeUntilFull = () => {
    for (let at = 0; at < 100_000; at += 1) {
      commitOperation(db, operation(at), () => undefined);
      acknowledged.push(`operation-${at}`);
    }
  };
  let reason: unknown;
  try {
    writeUntilFull();
  } catch (error) {
    reason = error;
  }
  expect(isDiskFull(reason)).toBe(true);
  makeRoom();
  commitOperation(db, operation(999_999), () => undefined);
  closeDatabase(db);
  const again = openDatabase(path, 'station');
  const ids = all<{ id: string }>(again, sql`select id from outbox order by created_at`);
  const audits = all<{ at: number }>(again, sql`select at from audit`);
  closeDatabase(again);
  expect(ids.map(({ id }) => id)).toEqual([...acknowledged, 'operation-999999']);
  expect(audits).toHaveLength(ids.length);
});

describe('a host', () => {
  test('whose database is damaged while the disk is full changes nothing, and restores the backup when there is room', async () => {
    const temporary = temporaryHost();
    const options = { ...temporary.options, dataDir: join(disk, 'data') };
    await (await startHost(options)).close();
    const files = () => readdirSync(options.dataDir).filter((name) => name.startsWith('station'));
    writeFileSync(join(options.dataDir, 'station.sqlite'), 'damaged '.repeat(200));
    const before = files();
    fill();
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(startHost(options)).rejects.toMatchObject({ kind: 'disk-full' });
    expect(files()).toEqual(before);
    makeRoom();
    const host = await startHost(options);
    expect(files()).toContainEqual(expect.stringMatching(/^station\.sqlite\.damaged-\d+$/));
    await host.close();
    temporary.remove();
  });

  test('is refused in one sentence on a full disk, and starts when there is room', async () => {
    const temporary = temporaryHost();
    const options = { ...temporary.options, dataDir: join(disk, 'data') };
    fill();
    await expect(startHost(options)).rejects.toMatchObject({
      kind: 'disk-full',
      message: expect.stringMatching(/^磁盘满了[^\n]+。$/) as string,
    });
    makeRoom();
    await (await startHost(options)).close();
    temporary.remove();
  });

  test('that runs goes on answering when the disk is full, and closes in order', async () => {
    const temporary = temporaryHost();
    const host = await startHost({ ...temporary.options, dataDir: disk });
    fill();
    const client = createRouterClient(host.router, { context: terminalContext() });
    for (let at = 0; at < 200; at += 1) host.log.event('noise', { at });
    expect(await client.guides.list({ language: 'zh-CN' })).not.toHaveLength(0);
    await host.close();
    makeRoom();
    await (await startHost({ ...temporary.options, dataDir: disk })).close();
    temporary.remove();
  });
});
