import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PageFrame } from '#shared/contract/host-process.ts';
import { spawnNodeHost } from '../../src/main/shell/host-child.ts';
import {
  type HostStartError,
  type SupervisedHost,
  type SupervisionTimes,
  superviseHost,
} from '../../src/main/shell/supervised-host.ts';

const FAKE_HOST = join(import.meta.dirname, 'fake-host.ts');
const WAIT = { timeout: 30_000, interval: 20 };

let folder: string;
let host: SupervisedHost | undefined;
const reported: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervised-'));
  reported.length = 0;
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function supervise(behaviour: string, times: Partial<SupervisionTimes> = {}): SupervisedHost {
  host = superviseHost(
    (port) =>
      spawnNodeHost(process.execPath, FAKE_HOST, {
        dataDir: folder,
        profileDir: '.',
        programVersion: behaviour,
        port: port ?? 0,
      }),
    { firstPauseMs: 10, ...times },
    (sentence) => reported.push(sentence),
  );
  return host;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function pidOfReady(supervised: SupervisedHost): Promise<number> {
  await supervised.ready;
  return supervised.pid() ?? expect.unreachable('a ready host has a pid');
}

describe('a supervised host', { timeout: 60_000 }, () => {
  test('tells when it is up, where, and how many pages it has', async () => {
    const supervised = supervise('sound');
    const pages: number[] = [];
    supervised.onPages((count) => pages.push(count));
    expect(await supervised.ready).toEqual({ url: 'http://127.0.0.1:4567' });
    await vi.waitFor(() => expect(pages).toEqual([2]), WAIT);
  });

  test('passes page frames both ways and nothing else', async () => {
    const supervised = supervise('sound');
    const frames: PageFrame[] = [];
    supervised.onFrame((frame) => frames.push(frame));
    await supervised.ready;
    supervised.send({ type: 'data', page: 7, data: 'words' });
    await vi.waitFor(
      () => expect(frames).toEqual([{ type: 'data', page: 7, data: 'words' }]),
      WAIT,
    );
  });

  test('comes back at the same port after it was killed', async () => {
    const supervised = supervise('sound');
    const events: string[] = [];
    supervised.onUp((info) => events.push(`up ${info.url}`));
    supervised.onDown(() => events.push('down'));
    process.kill(await pidOfReady(supervised), 'SIGKILL');
    await vi.waitFor(
      () =>
        expect(events).toEqual(['up http://127.0.0.1:4567', 'down', 'up http://127.0.0.1:4567']),
      WAIT,
    );
    expect(JSON.parse(readFileSync(join(folder, 'start-2.json'), 'utf8'))).toMatchObject({
      port: 4567,
    });
    expect(supervised.restarts()).toBe(1);
  });

  test('is killed and brought back when it hangs', async () => {
    const supervised = supervise('sound', { pingEveryMs: 20, pongWithinMs: 500 });
    const pid = await pidOfReady(supervised);
    process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect(supervised.restarts()).toBeGreaterThan(0), WAIT);
    expect(isAlive(pid)).toBe(false);
  });

  test('tells what befell it: that it ended, or answered no more', async () => {
    const supervised = supervise('sound', { pingEveryMs: 20, pongWithinMs: 500 });
    const told: string[] = [];
    supervised.onFault((reason) => told.push(reason));
    process.kill(await pidOfReady(supervised), 'SIGKILL');
    await vi.waitFor(() => expect(told).toEqual(['gone']), WAIT);
    await vi.waitFor(() => expect(supervised.isUp()).toBe(true), WAIT);
    process.kill(supervised.pid() ?? expect.unreachable('none'), 'SIGSTOP');
    await vi.waitFor(() => expect(told).toEqual(['gone', 'hung']), WAIT);
  });

  test.each(['sound', 'deaf-to-stop'])(
    'that is %s is renewed without a fault',
    async (behaviour) => {
      const supervised = supervise(behaviour, { stopWithinMs: 50 });
      const told: string[] = [];
      supervised.onFault((reason) => told.push(reason));
      const pid = await pidOfReady(supervised);
      supervised.renew();
      await vi.waitFor(() => {
        expect(supervised.isUp()).toBe(true);
        expect(supervised.pid()).not.toBe(pid);
      }, WAIT);
      expect(told).toEqual([]);
    },
  );

  test('is not tried again when it could not start for a reason outside the program', async () => {
    const supervised = supervise('refused');
    await expect(supervised.ready).rejects.toMatchObject({
      name: 'HostStartError',
      kind: 'disk-full',
      message: '磁盘满了。',
    });
    expect(supervised.restarts()).toBe(0);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test.each([
    ['refused', '磁盘满了。'],
    ['silent-crash', '多次启动失败'],
    ['never-ready', '多次启动失败'],
  ])('of a service that is %s is tried again and again, and it is told', async (kind, words) => {
    const supervised = supervise(kind, { firstAgainMs: 10, startWithinMs: 5000, firstTries: 2 });
    const told: string[] = [];
    supervised.onNoStart(({ message }) => told.push(message));
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(1), WAIT);
    expect(told[1]).toContain(words);
    expect(await Promise.race([supervised.ready, Promise.resolve('waiting')])).toBe('waiting');
  });

  test('is tried again and the sentence reported when it once ran and cannot start now', async () => {
    const supervised = supervise('sound, then refused, then sound');
    const told: HostStartError[] = [];
    supervised.onNoStart((failure) => told.push(failure));
    process.kill(await pidOfReady(supervised), 'SIGKILL');
    await vi.waitFor(() => expect(existsSync(join(folder, 'start-3.json'))).toBe(true), WAIT);
    expect(reported).toEqual(['磁盘满了。']);
    expect(told).toEqual([]);
  });

  test.each([
    ['refused', 'disk-full', '磁盘满了。'],
    ['silent-crash', 'internal', '后台程序启动不了'],
    ['never-ready', 'internal', '后台程序启动不了'],
  ])('that once ran and now is %s is told, and tried on', async (kind, reason, words) => {
    const supervised = supervise(`sound, then ${kind}`, { startWithinMs: 5000 });
    const told: HostStartError[] = [];
    supervised.onNoStart((failure) => told.push(failure));
    process.kill(await pidOfReady(supervised), 'SIGKILL');
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(1), WAIT);
    expect(told[0]?.kind).toBe(reason);
    expect(told[0]?.message).toContain(words);
  });

  test('whose reason is known is told of by nothing vaguer when it is not back in time', async () => {
    const supervised = supervise('sound, then refused', { backWithinMs: 600 });
    const told: string[] = [];
    supervised.onNoStart(({ kind }) => told.push(kind));
    process.kill(await pidOfReady(supervised), 'SIGKILL');
    // The pauses grow, so that these tries take longer than the patience.
    const known = () => told.slice(told.indexOf('disk-full'));
    await vi.waitFor(() => expect(known().length).toBeGreaterThan(7), WAIT);
    expect(new Set(known())).toEqual(new Set(['disk-full']));
  });

  test('that once ran and is not back in time is told of', async () => {
    const supervised = supervise('sound, then never-ready', { backWithinMs: 50 });
    const told: HostStartError[] = [];
    supervised.onNoStart((failure) => told.push(failure));
    const pid = await pidOfReady(supervised);
    expect(told).toEqual([]);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(told).toHaveLength(1), WAIT);
    expect(told[0]?.message).toContain('后台程序启动不了');
  });

  test('that falls again and again soon after it was up is left alone for a while, and it is told', async () => {
    const supervised = supervise('falls', { fallsBeforeRest: 3, restMs: 3_600_000 });
    const told: string[] = [];
    supervised.onNoStart(({ message }) => told.push(message));
    await vi.waitFor(() => expect(told).toHaveLength(1), WAIT);
    expect(told[0]).toMatch(/不久就出错退出/);
    expect(reported).toEqual(told);
    expect([supervised.isUp(), readdirSync(folder).length]).toEqual([false, 3]);
  });

  test('that rested is tried again, and rests again at its next fall', async () => {
    const supervised = supervise('falls', { fallsBeforeRest: 3, restMs: 10 });
    const told: number[] = [];
    supervised.onNoStart(() => told.push(readdirSync(folder).length));
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(1), WAIT);
    expect(told.slice(0, 2)).toEqual([3, 4]);
  });

  test('that falls after a quiet while never rests', async () => {
    const supervised = supervise('falls', { fallsBeforeRest: 3, quietMs: 0, restMs: 3_600_000 });
    await vi.waitFor(() => expect(supervised.restarts()).toBeGreaterThan(4), WAIT);
  });

  test('counts as failed when it dies without a word again and again', async () => {
    const supervised = supervise('silent-crash');
    await expect(supervised.ready).rejects.toMatchObject({ kind: 'internal' });
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('counts as failed when it never gets ready', async () => {
    const supervised = supervise('never-ready', { startWithinMs: 100, firstTries: 2 });
    await expect(supervised.ready).rejects.toMatchObject({ kind: 'internal' });
  });

  test('counts as failed when its program is not there', async () => {
    host = superviseHost(
      () =>
        spawnNodeHost(join(folder, 'no-such-node'), FAKE_HOST, {
          dataDir: folder,
          profileDir: '.',
          programVersion: 'sound',
        }),
      { firstPauseMs: 10 },
    );
    await expect(host.ready).rejects.toMatchObject({ kind: 'internal' });
  });

  test('ends on stop and does not come back', async () => {
    const supervised = supervise('sound');
    const pid = await pidOfReady(supervised);
    await supervised.stop();
    expect(isAlive(pid)).toBe(false);
    expect(supervised.restarts()).toBe(0);
  });

  test('is killed on stop when it does not end by itself', async () => {
    const supervised = supervise('deaf-to-stop', { stopWithinMs: 50 });
    const pid = await pidOfReady(supervised);
    await supervised.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
