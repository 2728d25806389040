import { type Db, first, run, sql } from '../store/sql.ts';
import { newEpoch } from './published.ts';

const NAME = 'server-epoch';

/**
 * The life of this server's database: another one after it was restored from a backup or made anew. Terminals that see it change send
 * again what they kept, whether or not anything is published for them.
 */
export async function serverEpoch(db: Db): Promise<string> {
  const known = await first<{ value: string }>(
    db,
    sql`select value from setting where name = ${NAME}`,
  );
  if (known !== undefined) return known.value;
  await run(
    db,
    sql`insert into setting (name, value) values (${NAME}, ${JSON.stringify(newEpoch())}::jsonb)
        on conflict (name) do nothing`,
  );
  return serverEpoch(db);
}

/** Begins another life. */
export async function changeServerEpoch(db: Db): Promise<void> {
  await run(db, sql`delete from setting where name = ${NAME}`);
  await serverEpoch(db);
}
