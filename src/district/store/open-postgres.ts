import pg from 'pg';
import type { Database, Db, Sql } from './sql.ts';

const CONNECTIONS = 8;
/** A statement that takes longer is a fault; the office must not wait for ever. */
const STATEMENT_MS = 60_000;

type Queries = Pick<pg.ClientBase, 'query'>;

/** Connects to a PostgreSQL server by its address. `onLost` hears of idle connections that broke; they are replaced. */
export async function openPostgres(url: string, onLost: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    statement_timeout: STATEMENT_MS,
    types: { getTypeParser },
  });
  pool.on('error', onLost);
  // Says at once when the server cannot be reached.
  (await pool.connect()).release();
  const transaction = <Result>(work: (db: Db) => Promise<Result>) =>
    inTransaction(pool, (client) => work(queries(client)));
  return {
    ...queries(pool as unknown as Queries),
    transaction,
    script: (text, after) =>
      inTransaction(pool, async (client) => {
        await client.query(text);
        await client.query(after.text, [...after.values]);
      }),
    close: () => pool.end(),
  };
}

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    await giveBack(client);
    throw error;
  }
}

/** A connection on which not even a rollback works is thrown away. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}

function queries(client: Queries): Db {
  return {
    query: async ({ text, values }: Sql) => {
      const { rows, rowCount } = await client.query<Record<string, unknown>>(text, [...values]);
      return { rows, count: rowCount ?? 0 };
    },
  };
}

/** As the driver reads types, but int8 as a number: times and sequence numbers, all far below 2^53. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  const known: unknown = pg.types.getTypeParser(type, format);
  return type === pg.types.builtins.INT8 ? Number : known;
}
