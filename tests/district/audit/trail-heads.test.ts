import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTrail, writeAct } from '#district/audit/audit-trail.ts';
import { isOlderThanItsTraces } from '#district/audit/traces.ts';
import { notedHeads, noteHead } from '#district/audit/trail-heads.ts';
import { run, sql } from '#district/store/sql.ts';
import { onBothDatabases } from '../databases.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

const HOUR = 3_600_000;

onBothDatabases((opened) => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
  });
  afterEach(() => server.close());

  const act = (detail: string) =>
    opened.database.transaction((db) =>
      writeAct(db, { at: 1, actor: 'test', action: 'tested', subject: 'x', detail }),
    );
  /** What somebody does who may write the database: takes rows away and writes others that hang together. */
  const forge = async (from: number, ...details: readonly string[]) => {
    await run(opened.database, sql`delete from audit where seq >= ${from}`);
    for (const detail of details) await act(detail);
  };
  const check = () => checkTrail(opened.database, notedHeads(server.district));
  beforeEach(async () => {
    await act('one');
    await noteHead(server.district);
    server.clock.now += HOUR;
    await act('two');
    await act('three');
    await noteHead(server.district);
  });

  test('a trail that nobody changed fits what was noted, also when it went on since', async () => {
    await act('four');
    expect(await check()).toMatchObject({ rows: 4 });
    expect(await check()).not.toHaveProperty('brokenAt');
  });

  test('rows that were written anew with hashes that fit are found from the last hash that was noted before', async () => {
    await forge(2, 'another two', 'three', 'four');
    expect(await checkTrail(opened.database, [])).not.toHaveProperty('brokenAt');
    expect(await check()).toMatchObject({ brokenAt: 2 });
  });

  test('rows that were cut off at the end are missed', async () => {
    await forge(3);
    expect(await check()).toMatchObject({ rows: 2, brokenAt: 3 });
  });

  test('a database that lacks rows which were noted is older than its traces, until a restore is told', async () => {
    expect(await isOlderThanItsTraces(server.district)).toBe(false);
    await forge(3);
    expect(await isOlderThanItsTraces(server.district)).toBe(true);
    await noteHead(server.district, true);
    expect(await isOlderThanItsTraces(server.district)).toBe(false);
  });

  test('what somebody else wrote beside the database is no trace of it', async () => {
    const { trailHeads } = server.district.settings;
    const [line = ''] = readFileSync(trailHeads, 'utf8').split('\n');
    const forged = { ...(JSON.parse(line) as object), seq: 99 };
    writeFileSync(trailHeads, `${readFileSync(trailHeads, 'utf8')}${JSON.stringify(forged)}\n`);
    expect(await isOlderThanItsTraces(server.district)).toBe(false);
  });

  test('a note that was changed without the server’s key fits nothing', async () => {
    await forge(2, 'another two', 'three');
    const { head } = await checkTrail(opened.database, []);
    const { trailHeads } = server.district.settings;
    const lines = readFileSync(trailHeads, 'utf8').trim().split('\n');
    const forged = lines.map((line) => JSON.parse(line) as { seq: number; hash: string });
    const last = forged.at(-1);
    if (last !== undefined) last.hash = head;
    writeFileSync(trailHeads, forged.map((one) => JSON.stringify(one)).join('\n'));
    expect(await check()).toMatchObject({ brokenAt: 2 });
  });

  test('hashes are noted once an hour, and a restored database is measured by what it can have', async () => {
    await act('four');
    await noteHead(server.district);
    expect(notedHeads(server.district).map(({ seq }) => seq)).toEqual([1, 3]);
    await forge(2);
    await noteHead(server.district, true);
    expect(notedHeads(server.district).map(({ seq }) => seq)).toEqual([1]);
    await act('after the restore');
    expect(await check()).not.toHaveProperty('brokenAt');
  });
});
