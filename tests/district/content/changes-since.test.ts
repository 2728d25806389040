import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesSince } from '#district/content/changes-since.ts';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { changeServerEpoch } from '#district/content/server-epoch.ts';
import { migrate } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { all, first, sql } from '#district/store/sql.ts';
import type { ContentChange } from '#shared/contract/services.ts';
import { onBothDatabases } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import { program } from '../office/sample-services.ts';
import { emptyDatabase, type SampleServer, sampleServer } from '../sample-server.ts';

const HERE = '530102';
const AT = { actor: 'test', at: 1, note: '测试' };

interface Page {
  readonly changes: ContentChange[];
  readonly next: string;
  readonly more: boolean;
}

const nameOf = ({ id, scope }: { id: string; scope: string }) => `${id} ${scope}`;

onBothDatabases((opened) => {
  const publish = (name: string, scope = HERE, text = '每天上午九点开门，请先取号。') => {
    const record = notice(name, 1, scope);
    const body = { ...record.body, text };
    return opened.database.transaction((db) => publishRecord(db, { ...record, body }, AT));
  };
  const withdraw = (name: string, scope = HERE) =>
    opened.database.transaction((db) => withdrawRecord(db, { id: `notice.${name}`, scope }, AT));
  const read = (since: string | undefined, limit: number, more = {}): Promise<Page> =>
    changesSince(opened.database, { since, limit, divisions: [HERE], ...more });

  /** Everything up to now, page by page. */
  const rest = async (since: string | undefined, limit = 100, more = {}) => {
    const changes: ContentChange[] = [];
    let page = await read(since, limit, more);
    for (;;) {
      changes.push(...page.changes);
      if (!page.more) return { changes, next: page.next };
      page = await read(page.next, limit, more);
    }
  };

  const steps = fc.array(
    fc.oneof(
      fc.record({
        does: fc.constantFrom('publish', 'withdraw'),
        names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
      }),
      fc.record({ does: fc.constant('read'), limit: fc.integer({ min: 1, max: 3 }) }),
    ),
    { maxLength: 14 },
  );

  test('whoever follows the place meets every state once and in order, also while several publish, and ends with what is published', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        await emptyDatabase(opened.database);
        let since: string | undefined;
        let place = 0;
        const seen: ContentChange[] = [];
        const take = ({ changes, next }: Pick<Page, 'changes' | 'next'>) => {
          const now = Number(next.split('-')[1]);
          expect(now).toBeGreaterThanOrEqual(place);
          if (changes.length > 0) expect(now).toBeGreaterThan(place);
          [since, place] = [next, now];
          seen.push(...changes);
        };
        for (const step of run) {
          if ('limit' in step) take(await read(since, step.limit));
          else {
            // Several editors at the same time, and a reader among them.
            const act = step.does === 'publish' ? publish : withdraw;
            const all = step.names.map((name) => act(name));
            take(await read(since, 2));
            await Promise.all(all);
          }
        }
        take(await rest(since, 2));
        const versions = seen.map((change) => `${nameOf(change)} ${change.version}`);
        expect(new Set(versions).size).toBe(versions.length);
        const held = new Map<string, number>();
        for (const change of seen) {
          const before = held.get(nameOf(change)) ?? 0;
          expect(change.version).toBeGreaterThan(before);
          held.set(nameOf(change), change.version);
        }
        const kept = await all<{ id: string; scope: string; version: number; state: string }>(
          opened.database,
          sql`select id, scope, version, state from content`,
        );
        expect(held).toEqual(new Map(kept.map((row) => [nameOf(row), row.version])));
        const last = new Map(seen.map((change) => [nameOf(change), change.state]));
        expect(last).toEqual(new Map(kept.map((row) => [nameOf(row), row.state])));
      }),
      { numRuns: 40, seed: 7349 },
    );
  });

  test('one change at a time is told one at a time: nothing is passed over', async () => {
    await emptyDatabase(opened.database);
    let { next } = await rest(undefined);
    const acts = [() => publish('a'), () => publish('b'), () => publish('a'), () => withdraw('a')];
    const told = [];
    for (const act of acts) {
      const version = await act();
      const page = await read(next, 10);
      told.push(page.changes.map((change) => [change.id, change.version === version]));
      next = page.next;
    }
    expect(told).toEqual(['a', 'b', 'a', 'a'].map((name) => [[`notice.${name}`, true]]));
    expect((await read(next, 10)).changes).toEqual([]);
  });

  test('a withdrawn record is told by its name, and nothing of what stood in it', async () => {
    await emptyDatabase(opened.database);
    await publish('gone', HERE, '这一段已经不该再让人看到了');
    await withdraw('gone');
    const { changes } = await rest(undefined);
    expect(changes).toEqual([
      { state: 'withdrawn', id: 'notice.gone', kind: 'notice', scope: HERE, version: 2 },
    ]);
    expect(JSON.stringify(changes)).not.toContain('不该');
  });

  test('only one’s own divisions are told, and of these what was asked for; the place goes on past the rest', async () => {
    await emptyDatabase(opened.database);
    for (const scope of [
      '53',
      HERE,
      '530102001',
      '530102001-J01',
      '530102001-J011',
      '620104',
      '00',
    ])
      await publish('everywhere', scope);
    const scopes = async (more = {}) =>
      (await rest(undefined, 2, more)).changes.map(({ scope }) => scope);
    expect(await scopes()).toEqual([HERE, '530102001', '530102001-J01', '530102001-J011']);
    expect(await scopes({ scope: '530102001' })).toEqual([
      '530102001',
      '530102001-J01',
      '530102001-J011',
    ]);
    expect(await scopes({ scope: '530102001-J01' })).toEqual(['530102001-J01']);
    expect(await scopes({ kind: 'person' })).toEqual([]);
    const { next } = await read(undefined, 10, { kind: 'person' });
    const top = await first<{ top: number }>(
      opened.database,
      sql`select max(change) as top from content`,
    );
    expect(next.split('-')[1]).toBe(String(top?.top));
  });

  test('a page ends before it gets too long, and the next goes on there', async () => {
    await emptyDatabase(opened.database);
    const names = Array.from({ length: 9 }, (_, at) => `n${at}`);
    for (const name of names) await publish(name);
    await opened.database.query(
      sql`update content set record = jsonb_set(record, '{source}', to_jsonb(repeat('长', 900000)))`,
    );
    const page = await read(undefined, 9);
    expect(page.more).toBe(true);
    expect(page.changes.length).toBeLessThan(4);
    const { changes } = await rest(undefined, 9);
    expect(changes.map(({ id }) => id)).toEqual(names.map((name) => `notice.${name}`));
  });

  test('what the program finds unsound is left out, and comes once it is mended', async () => {
    await emptyDatabase(opened.database);
    await publish('a');
    await publish('b');
    const broken = sql`update content set record = jsonb_set(record, '{body}', '{}') where id = 'notice.a'`;
    await opened.database.query(broken);
    const { changes, next } = await rest(undefined);
    expect(changes.map(({ id }) => id)).toEqual(['notice.b']);
    await publish('a');
    expect((await rest(next)).changes.map(({ id }) => id)).toEqual(['notice.a']);
  });

  test('the cost of a look follows the changes: 3,000 records that did not change are not read', async () => {
    await emptyDatabase(opened.database);
    await publish('a');
    await opened.database.query(sql`insert into content (id, scope, kind, division, state, version, record, changed_at)
      select 'notice.n' || number, ${HERE}, 'notice', ${HERE}, 'published', 1, record, 1
      from content, generate_series(1, 3000) as number where id = 'notice.a'`);
    await opened.database.query(sql`analyze content`);
    const top = await first<{ top: number }>(
      opened.database,
      sql`select max(change) as top from content`,
    );
    const plan = await all(
      opened.database,
      sql`explain select id from content where change > ${(top?.top ?? 0) - 5} and change <= ${top?.top ?? 0}
          and starts_with(scope, ${HERE}) order by change limit 101`,
    );
    expect(JSON.stringify(plan)).toContain('content_change');
  });

  test('a place of another life of the database is told as such, and one that is none is refused', async () => {
    const server: SampleServer = await sampleServer(opened.database);
    const reader = await program(server, ['content']);
    await publish('a');
    const { next } = (await reader.get('/content')).json<Page>();
    expect((await reader.get(`/content?since=${next}`)).json()).toMatchObject({ changes: [] });
    await changeServerEpoch(opened.database);
    expect((await reader.get(`/content?since=${next}`)).statusCode).toBe(409);
    for (const query of ['since=1', 'since=', 'limit=0', 'limit=201', 'scope=x', 'kind=x', 'key=1'])
      expect([query, (await reader.get(`/content?${query}`)).statusCode]).toEqual([query, 400]);
    expect((await reader.get('/content?scope=620104')).statusCode).toBe(404);
    expect((await reader.get('/content?scope=53')).statusCode).toBe(404);
    expect(server.faults).toEqual([]);
    await server.close();
  });
});

test('what was published before there were numbers has some, each one its own', async () => {
  const database = await openPglite();
  try {
    await migrate(database, 8);
    await database.query(sql`insert into content (id, scope, kind, division, state, version, record, changed_at)
      select 'notice.n' || number, ${HERE}, 'notice', ${HERE}, 'withdrawn', 1, '{}'::jsonb, 1 from generate_series(1, 7) as number`);
    await migrate(database);
    const { changes } = await changesSince(database, { limit: 100, divisions: [HERE] });
    expect(changes).toHaveLength(7);
  } finally {
    await database.close();
  }
});
