import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeBundle } from '#district/operations/take-bundle.ts';
import { migrate } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { all, type Database, sql } from '#district/store/sql.ts';
import { makeCode, makeProvisioning } from '#district/terminals/enrolment.ts';
import { allTerminals, revokeTerminal } from '#district/terminals/terminals.ts';
import { bundleSchema, signedFileSchema } from '#shared/operations/bundle.ts';
import { type EnrolByCode, enrolByCode } from '#station/district/enrol.ts';
import { readEnrolled } from '#station/district/enrolled.ts';
import { districtFolder } from '#station/district/open-sync.ts';
import { outboxState } from '#station/district/outbox.ts';
import { terminalKey } from '#station/district/terminal-key.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { FakeTerminal, type SampleServer, sampleServer } from '../district/sample-server.ts';
import { runKiosk } from './run-kiosk.ts';

const OUTLET = '530102001';
const ELSEWHERE = '530102002';

let database: Database;
let server: SampleServer;
let folder: string;
let stick: string;
beforeAll(async () => {
  database = await openPglite();
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  server = await sampleServer(database);
  // Codes are good by the clock of this computer, by which the commands go.
  server.clock.now = Date.now();
  folder = mkdtempSync(join(tmpdir(), 'enrol-'));
  stick = join(folder, 'stick');
  mkdirSync(stick);
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

/** A terminal that was started once. */
function terminal(name: string, outlet = OUTLET): string {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  withData(dataDir, (db) => writeSetting(db, 'station', outlet, 1));
  return dataDir;
}

function withData<Result>(dataDir: string, work: (db: WritableDb) => Result): Result {
  const db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  try {
    return work(db);
  } finally {
    closeDatabase(db);
  }
}

const placeOf = (dataDir: string) => withData(dataDir, readEnrolled);
const terminals = () => allTerminals(database);

async function kiosk(dataDir: string, ...args: readonly string[]) {
  return await runKiosk(...args, '--data', dataDir, '--json');
}

/** Reads the office's file in. */
async function prepare(dataDir: string, outlet = OUTLET) {
  const file = join(stick, 'provisioning.json');
  writeFileSync(file, JSON.stringify(await makeProvisioning(server.district, outlet, 'office')));
  return await kiosk(dataDir, 'enrol', '--file', file);
}

/** The office takes every bundle on the stick, and its browser names the receipts as it likes. */
async function office(): Promise<void> {
  const bundles = readdirSync(stick).filter((name) => name.endsWith('.bundle'));
  for (const [place, name] of bundles.entries()) {
    const bundle = bundleSchema.parse(JSON.parse(readFileSync(join(stick, name), 'utf8')));
    const receipts = await takeBundle(server.district, bundle, {
      ...{ actor: 'office', address: '127.0.0.1' },
      sees: () => true,
    });
    writeFileSync(join(stick, `receipts-new (${place}).json`), JSON.stringify(receipts));
  }
}

describe('by a stick', () => {
  test('two new terminals share a stick, and each becomes itself', async () => {
    const both = [terminal('east'), terminal('west')];
    for (const dataDir of both) {
      expect((await prepare(dataDir)).status).toBe(0);
      expect((await kiosk(dataDir, 'export', stick)).status).toBe(0);
    }
    await office();
    for (const dataDir of both) expect((await kiosk(dataDir, 'import', stick)).status).toBe(0);
    const known = new Map((await terminals()).map(({ id, publicKey }) => [id, publicKey]));
    expect(known.size).toBe(2);
    for (const dataDir of both) {
      const key = terminalKey(districtFolder(dataDir)).publicKey;
      expect(known.get(placeOf(dataDir)?.terminal ?? '')).toBe(key);
    }
  }, 120_000);

  test('a file for another outlet is refused where it is read in, and changes nothing', async () => {
    const dataDir = terminal('east');
    const refused = await prepare(dataDir, ELSEWHERE);
    expect(refused.status).not.toBe(0);
    expect(refused.errors).toContain(ELSEWHERE);
    expect((await kiosk(dataDir, 'export', stick)).errors).toContain('还没有登记到区县');
  }, 60_000);

  test('receipts of another new terminal are not taken', async () => {
    const [east, west] = [terminal('east'), terminal('west')];
    for (const dataDir of [east, west]) await prepare(dataDir);
    await kiosk(east, 'export', stick);
    await office();
    const file = join(stick, 'receipts-new (0).json');
    const stranger = await kiosk(west, 'import', file);
    expect(stranger.errors).toContain('不是给这台终端的');
    expect(placeOf(west)).toBeUndefined();
    expect((await kiosk(east, 'import', file)).status).toBe(0);
  }, 120_000);

  describe('a terminal that was taken out of service', () => {
    const RECEIPTS = 'receipts-new (0).json';
    const written = (dataDir: string) =>
      withData(dataDir, (db) => {
        const order = { id: randomUUID(), type: 'queue-day', payload: {}, at: Date.now() };
        commitOperation(db, { ...order, actor: 'station', subject: 'x' }, () => {});
      });
    const waiting = (dataDir: string) => withData(dataDir, (db) => outboxState(db).waiting);
    const known = async () => await all(database, sql`select id from operation`);
    /** Out to the office and back; gives the command's answer and the receipts. */
    const round = async (dataDir: string) => {
      await kiosk(dataDir, 'export', stick);
      await office();
      const taken = await kiosk(dataDir, 'import', stick);
      const receipts = readFileSync(join(stick, RECEIPTS), 'utf8');
      for (const name of readdirSync(stick)) rmSync(join(stick, name));
      return { taken, receipts };
    };
    const enrolled = async () => {
      const dataDir = terminal('east');
      await prepare(dataDir);
      expect((await round(dataDir)).taken.errors).toBe('');
      return { dataDir, id: placeOf(dataDir)?.terminal ?? '' };
    };
    const ended = async () => {
      const { dataDir, id } = await enrolled();
      await revokeTerminal(server.district, id, 'office');
      written(dataDir);
      return { dataDir, id, ...(await round(dataDir)) };
    };

    test('hears of it by the stick and keeps what the district did not take', async () => {
      const { dataDir, id, taken } = await ended();
      expect(JSON.parse(taken.out)).toMatchObject({ revoked: true, taken: 0, waiting: 1 });
      const place = placeOf(dataDir);
      expect([place?.terminal, typeof place?.revokedAt]).toEqual([id, 'number']);
      expect(waiting(dataDir)).toBe(1);
      expect(await known()).toEqual([]);
    }, 120_000);

    test('hears of it whatever a browser called the files, and of all that the receipts before it gave', async () => {
      const { dataDir, id } = await enrolled();
      const handedIn = async () => {
        await kiosk(dataDir, 'export', stick);
        await office();
        const receipts = readFileSync(join(stick, RECEIPTS), 'utf8');
        for (const name of readdirSync(stick)) rmSync(join(stick, name));
        return receipts;
      };
      written(dataDir);
      const plain = await handedIn();
      await revokeTerminal(server.district, id, 'office');
      const revoked = await handedIn();
      // A second download of one name: "(1)" comes before the dot.
      writeFileSync(join(stick, 'receipts-t (1).json'), revoked);
      writeFileSync(join(stick, 'receipts-t.json'), plain);
      const { out } = await kiosk(dataDir, 'import', stick);
      expect(JSON.parse(out)).toMatchObject({ revoked: true, taken: 1, waiting: 0 });
      expect(placeOf(dataDir)?.revokedAt).toBeDefined();
    }, 120_000);

    test('is told the same by receipts that come twice', async () => {
      const { dataDir, receipts } = await ended();
      const { revokedAt } = placeOf(dataDir) ?? {};
      writeFileSync(join(stick, RECEIPTS), receipts);
      expect((await kiosk(dataDir, 'import', stick)).status).toBe(0);
      expect(placeOf(dataDir)?.revokedAt).toBe(revokedAt);
    }, 120_000);

    test('comes back by another file, and receipts of before do not end the new enrolment', async () => {
      const { dataDir, id, receipts } = await ended();
      await prepare(dataDir);
      // Also while the new enrolment is on its way.
      writeFileSync(join(stick, RECEIPTS), receipts);
      await kiosk(dataDir, 'import', join(stick, RECEIPTS));
      expect((await round(dataDir)).taken.errors).toBe('');
      const place = placeOf(dataDir);
      expect(place?.terminal).not.toBe(id);
      expect(place?.revokedAt).toBeUndefined();
      writeFileSync(join(stick, RECEIPTS), receipts);
      const replayed = await kiosk(dataDir, 'import', join(stick, RECEIPTS));
      expect(replayed.errors).toContain('不是给这台终端的');
      expect(placeOf(dataDir)).toEqual(place);
      // What waited reaches the district under the new name.
      await round(dataDir);
      expect(waiting(dataDir)).toBe(0);
      expect(await known()).toHaveLength(1);
    }, 120_000);

    test('is not what somebody can make of a terminal with a file that the district did not sign', async () => {
      const { dataDir } = await enrolled();
      await kiosk(dataDir, 'export', stick);
      await office();
      const file = signedFileSchema.parse(JSON.parse(readFileSync(join(stick, RECEIPTS), 'utf8')));
      const payload = JSON.stringify({ ...(JSON.parse(file.payload) as object), revoked: true });
      writeFileSync(join(stick, RECEIPTS), JSON.stringify({ ...file, payload }));
      const refused = await kiosk(dataDir, 'import', join(stick, RECEIPTS));
      expect(refused.errors).toContain('被改动过');
      expect(placeOf(dataDir)?.revokedAt).toBeUndefined();
    }, 120_000);
  });
});

describe('by a code', () => {
  const typed = async (db: WritableDb, name: string, outlet = OUTLET) => {
    const { code } = await makeCode(server.district, outlet, 'typed', 'office');
    await server.app.listen({ port: 0, host: '127.0.0.1' }).catch(() => '');
    const address = server.app.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const order: EnrolByCode = {
      ...{ db, folder: join(folder, name), station: OUTLET, server: `http://127.0.0.1:${port}` },
      ...{ code, name: '大厅', actor: 'technician', now: Date.now },
    };
    return { code, enrol: () => enrolByCode(order) };
  };
  const memory = () => openDatabase(':memory:', 'station');

  test('for another outlet is refused before it is spent, and the right one works afterwards', async () => {
    const db = memory();
    const wrong = await typed(db, 'east', ELSEWHERE);
    expect(await wrong.enrol()).toBe('other-outlet');
    expect(await terminals()).toEqual([]);
    expect(
      await all(database, sql`select 1 from enrolment_code where terminal is not null`),
    ).toEqual([]);
    const right = await typed(db, 'east');
    expect(await right.enrol()).toMatchObject({ outlet: OUTLET });
    closeDatabase(db);
  });

  test('works again under another key when the station has lost that it was enrolled', async () => {
    const first = memory();
    expect(await (await typed(first, 'east')).enrol()).toMatchObject({ outlet: OUTLET });
    const lost = memory();
    const again = await (await typed(lost, 'east')).enrol();
    expect(again).toMatchObject({ publicKey: terminalKey(join(folder, 'east')).publicKey });
    expect(await terminals()).toHaveLength(2);
    for (const db of [first, lost]) closeDatabase(db);
  });

  test('a program of old, which names no outlet, is answered as it knows', async () => {
    const old = new FakeTerminal(server);
    const { code } = await makeCode(server.district, OUTLET, 'typed', 'office');
    const answer = (await old.enrol(code)).json<object>();
    expect(Object.keys(answer).sort()).toEqual(['chain', 'district', 'now', 'outlet', 'terminal']);
    const next = await makeCode(server.district, OUTLET, 'typed', 'office');
    expect((await old.enrol(next.code)).json()).toMatchObject({ error: { code: 'code' } });
  });
});
