import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openFeedWriter } from '#district/content/feed-writer.ts';
import { publishRecord } from '#district/content/published.ts';
import { newestRootFile } from '#district/keys/root-keys.ts';
import { migrate } from '#district/store/migrate.ts';
import { all, type Database, type Db, first, run, sql } from '#district/store/sql.ts';
import { folderSource, sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { connectPostgres, startPostgres } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import { sampleServer } from '../sample-server.ts';

// PGlite has one connection, on which no transaction can be overtaken.
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let database: Database;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await connectPostgres(postgres.url);
  await migrate(database);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const by = { actor: 'office', at: 1, note: '测试' };

/** A transaction that has done its work and does not commit before it is let go. */
async function openTransaction(work: (db: Db) => Promise<unknown>) {
  const [done, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ended = database.transaction(async (db) => {
    await work(db);
    done.resolve();
    await letGo.promise;
  });
  await Promise.race([done.promise, ended]);
  return {
    commit: () => {
      letGo.resolve();
      return ended;
    },
  };
}

test('a change that is numbered first and commits last reaches terminals', async () => {
  const server = await sampleServer(database);
  const { feedFolder } = server.district.settings;
  const writer = openFeedWriter(server.district);
  await database.transaction((db) => publishRecord(db, notice('first'), by));
  await writer.write();
  const terminal = sampleTerminal(newestRootFile(feedFolder), folderSource(feedFolder));
  try {
    const late = await openTransaction((db) => publishRecord(db, notice('late'), by));
    const quick = database.transaction((db) => publishRecord(db, notice('quick'), by));
    const written = writer.write();
    // Both have come as far as they come before the late one ends.
    await vi.waitFor(async () => {
      const waiting = sql`select count(*)::int as count from pg_locks where not granted`;
      expect((await first<{ count: number }>(database, waiting))?.count).toBe(2);
    });
    await late.commit();
    await Promise.all([quick, written]);
    await terminal.pull();
    await writer.write();
    await terminal.pull();
    expect(terminal.notices()).toEqual(['first@1', 'late@1', 'quick@1']);
  } finally {
    terminal.remove();
    await server.close();
  }
});

test('numbers from a sequence would pass it over: this database shows the fault', async () => {
  await run(database, sql`create table numbered (seq bigserial, name text not null)`);
  const insert = (name: string) => (db: Db) =>
    run(db, sql`insert into numbered (name) values (${name})`);
  const read = (after: number) =>
    all<{ seq: number; name: string }>(
      database,
      sql`select seq, name from numbered where seq > ${after} order by seq`,
    );
  const late = await openTransaction(insert('late'));
  await database.transaction(insert('quick'));
  const seen = await read(0);
  await late.commit();
  expect(seen.map(({ name }) => name)).toEqual(['quick']);
  expect(await read(seen.at(-1)?.seq ?? 0)).toEqual([]);
});
