import { expect, test } from 'vitest';
import { migrate, NewerDatabaseError } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { all, first, lock, run, sql } from '#district/store/sql.ts';
import { onBothDatabases } from '../databases.ts';

onBothDatabases((opened) => {
  test('values come back as they went in', async () => {
    const value = { text: '五华区', list: [1, { a: null }], yes: true };
    await run(
      opened.database,
      sql`insert into setting (name, value) values ('kept', ${JSON.stringify(value)}::jsonb)`,
    );
    const row = await first(
      opened.database,
      sql`select value, 1795000000000::bigint as at from setting where name = any(${['kept']})`,
    );
    expect(row).toEqual({ value, at: 1_795_000_000_000 });
  });

  test('a transaction that fails leaves nothing behind', async () => {
    const insert = sql`insert into setting (name, value) values ('lost', '1'::jsonb)`;
    const failing = opened.database.transaction(async (db) => {
      await run(db, insert);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await all(opened.database, sql`select 1 from setting where name = 'lost'`)).toEqual([]);
  });

  test('what is locked is done one after the other', async () => {
    const add = () =>
      opened.database.transaction(async (db) => {
        await lock(db, 'audit');
        const row = await first<{ n: number }>(db, sql`select count(*)::int as n from failure`);
        const name = `try-${row?.n}`;
        await run(db, sql`insert into failure (subject, count, last_at) values (${name}, 0, 0)`);
      });
    await Promise.all(Array.from({ length: 12 }, add));
    expect(await all(opened.database, sql`select 1 from failure`)).toHaveLength(12);
  });

  test('migrating once more changes nothing, and a newer database is left alone', async () => {
    await migrate(opened.database);
    await run(opened.database, sql`insert into schema_version (version) values (999)`);
    await expect(migrate(opened.database)).rejects.toThrow(NewerDatabaseError);
    await run(opened.database, sql`delete from schema_version where version = 999`);
  });
});

test('facts that an older program kept know the terminal that sent them', async () => {
  const database = await openPglite();
  await migrate(database, 2);
  for (const row of [
    sql`insert into terminal (id, outlet, name, public_key, state, enrolled_at) values ('t1', '530102001', '示例', 'key', 'active', 0)`,
    sql`insert into operation (id, terminal, type, digest, received_at, result) values ('o1', 't1', 'queue-day', '', 0, '{}'::jsonb)`,
    sql`insert into fact (operation, outlet, type, made_at, body) values ('o1', '530102001', 'queue-day', '', '{}'::jsonb), ('o2', '530102001', 'health', '', '{}'::jsonb)`,
  ])
    await run(database, row);
  await migrate(database);
  expect(await all(database, sql`select operation, terminal from fact order by operation`)).toEqual(
    [
      { operation: 'o1', terminal: 't1' },
      { operation: 'o2', terminal: null },
    ],
  );
  await database.close();
});

test('drafts that an older program kept were written by their author', async () => {
  const database = await openPglite();
  await migrate(database, 3);
  for (const row of [
    sql`insert into person (id, account, name, roles, divisions, active, created_at) values ('p1', 'one', '示例', '{editor}', '{530102}', true, 0)`,
    sql`insert into draft (id, record_id, scope, kind, base_version, state, revision, author, note, changed_at) values ('d1', 'notice.one', '530102', 'notice', 0, 'in-review', 1, 'p1', '', 0)`,
  ])
    await run(database, row);
  await migrate(database);
  expect(await all(database, sql`select writers from draft`)).toEqual([{ writers: ['p1'] }]);
  await database.close();
});
