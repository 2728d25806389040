import Database from 'better-sqlite3';
import { EMPTY_DIGEST } from '#shared/feed/rows-digest.ts';
import { isDiskFull } from './disk-full.ts';
import { run, type Sql, sql, transaction, type WritableDb } from './sql.ts';

/** What cannot be had again without a network, in the order in which it is copied, and the column of each that holds JSON. */
const TABLES = [
  { name: 'deployment', columns: ['folder', 'settings'], json: 'settings' },
  { name: 'feed_division', columns: ['division', 'epoch', 'sequence', 'digest', 'applied_at'] },
  { name: 'local_record', columns: ['id', 'scope', 'version', 'beneath'], json: 'beneath' },
  {
    name: 'record',
    columns: [
      ...['id', 'scope', 'kind', 'version', 'effective_from'],
      ...['valid_until', 'published_at', 'envelope'],
    ],
    json: 'envelope',
  },
] as const;

type Table = (typeof TABLES)[number];
type Row = Readonly<Record<string, string | number | null>>;

/**
 * Copies what can still be read of a damaged cache into an empty one: records, how far the feed was applied, the settings of the
 * deployment. The digest of a division is then that of the rows that came over, so that the feed brings what is missing. What the file
 * does not give is left out; throws only when nothing can be written.
 */
export function salvageCache(damaged: string, into: WritableDb): void {
  transaction(into, () => {
    // From both ends: a page that cannot be read stops each of them, but nothing before it.
    for (const table of TABLES)
      for (const order of ['asc', 'desc'] as const) copyTable(damaged, into, table, order);
    run(into, sql`update feed_division set digest = ${EMPTY_DIGEST}`);
  });
}

function copyTable(damaged: string, into: WritableDb, table: Table, order: 'asc' | 'desc'): void {
  const { name, columns } = table;
  const marks = columns.map(() => '?').join(', ');
  const text = `insert or ignore into ${name} (${columns.join(', ')}) values (${marks})`;
  unlessDamaged(() => {
    const from = new Database(damaged, { fileMustExist: true });
    try {
      const rows = from.prepare<[], Row>(
        `select ${columns.join(', ')} from ${name} order by rowid ${order}`,
      );
      for (const row of rows.iterate())
        if (isReadable(row, table))
          copyRow(into, { text, values: columns.map((c) => row[c] ?? null) });
    } finally {
      from.close();
    }
  });
}

function copyRow(into: WritableDb, row: Sql): void {
  unlessDamaged(() => run(into, row));
}

/** Whatever a damaged file makes SQLite say: only a disk that takes nothing ends the copying. */
function unlessDamaged(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (isDiskFull(error) || !(error instanceof Database.SqliteError)) throw error;
  }
}

function isReadable(row: Row, table: Table): boolean {
  const text = 'json' in table ? row[table.json] : null;
  if (typeof text !== 'string') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
