import { PGlite } from '@electric-sql/pglite';
import type { Database, Db, Sql } from './sql.ts';

/** PostgreSQL's int8: times and sequence numbers, all far below 2^53. */
const INT8 = 20;

type Queries = Pick<PGlite, 'query'>;

/** Opens the embedded database in a folder; without one it lives in memory, for tests. */
export async function openPglite(folder?: string): Promise<Database> {
  const client = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    parsers: { [INT8]: Number },
  });
  return {
    ...queries(client),
    transaction: (work) => client.transaction((inner) => work(queries(inner as Queries))),
    script: async (text, after) => {
      await client.transaction(async (inner) => {
        await inner.exec(text);
        await inner.query(after.text, [...after.values]);
      });
    },
    close: () => client.close(),
  };
}

function queries(client: Queries): Db {
  return {
    query: async ({ text, values }: Sql) => {
      const { rows, affectedRows } = await client.query(text, [...values]);
      return { rows, count: affectedRows ?? 0 };
    },
  };
}
