import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { appliedDivision } from '#station/content/feed-divisions.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, type ReadableDb, sql } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { folderSource } from '../../station/feed/sample-terminal.ts';
import { DIVISION, inOrder, STATES, textOf } from './feed-states.ts';

/** What a terminal was given, and what it said of it. */
export interface ToldTerminal {
  readonly feeds: string;
  /** The rows at each top of the feed. */
  readonly expected: ReadonlyMap<number, string>;
  readonly folder: string;
  readonly said: readonly string[];
}

/** Opens what a terminal has left and throws with what must not be; `goesOn` sees whether it takes the next good feed, too. */
export async function checkTerminal(
  { feeds, expected, folder, said }: ToldTerminal,
  goesOn: boolean,
): Promise<void> {
  const station = openDatabase(join(folder, 'station.sqlite'), 'station');
  const cache = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  try {
    checkStation(station, said);
    checkCache(cache, expected, said);
    for (const name of readdirSync(folder).filter((one) => /^station-\d+\.sqlite$/.test(one)))
      openDatabase(join(folder, name), 'station').write.close();
    if (!goesOn) return;
    await pullFeed({
      ...{ source: folderSource(join(feeds, String(STATES))), stationDb: station, cache },
      ...{
        root: readFileSync(join(feeds, 'root.json')),
        folder: join(folder, 'feed'),
        station: '530102001',
      },
      ...{ now: () => NOW, beforeCommit: () => {} },
    });
    if (appliedDivision(cache, DIVISION)?.sequence !== Math.max(...expected.keys()))
      throw new Error('the feed is not taken any more');
  } finally {
    station.write.close();
    cache.write.close();
  }
}

const textOfIds = (ids: ReadonlySet<string>) => [...ids].sort(inOrder).join(' ');

/** What was said to be kept is there, and no operation is there by half. */
function checkStation(db: ReadableDb, said: readonly string[]): void {
  const ids = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  const outbox = ids(all(db, sql`select id from outbox`));
  const versions = ids(all(db, sql`select operation as id from edit_version`));
  const answers = ids(all(db, sql`select id from outbox_answer`));
  const states = ids(all(db, sql`select operation as id from edit_state`));
  const [audit] = all<{ count: number }>(
    db,
    sql`select count(*) as count from audit where action = 'content-edit'`,
  );
  for (const line of said) {
    const [what, id = ''] = line.split(' ');
    if (what === 'operation' && !outbox.has(id)) throw new Error(`${line} is lost`);
    if (what === 'answer' && !answers.has(id)) throw new Error(`${line} is lost`);
  }
  const isHalf =
    textOfIds(outbox) !== textOfIds(versions) ||
    textOfIds(answers) !== textOfIds(states) ||
    audit?.count !== outbox.size;
  if (isHalf) throw new Error('an operation is there by half');
}

/** The cache may have lost its last moments, but its rows are those of its cursor, and no more than was applied. */
function checkCache(
  db: ReadableDb,
  expected: ReadonlyMap<number, string>,
  said: readonly string[],
): void {
  const cursor = appliedDivision(db, DIVISION)?.sequence;
  const rows = recordsOfDivision(db, DIVISION).map(({ id, version }) => [id, version] as const);
  const wanted = cursor === undefined ? '' : expected.get(cursor);
  if (textOf(rows) !== wanted) throw new Error(`the rows are not those of ${cursor ?? 'nothing'}`);
  const begun = said.filter((line) => line.startsWith('state')).length + 1;
  const tops = [...expected.keys()];
  if (cursor !== undefined && tops.indexOf(cursor) >= begun)
    throw new Error('the cursor is ahead of what was read');
}
