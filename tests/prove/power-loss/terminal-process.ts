import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { takeResults } from '#station/district/outbox.ts';
import { addVersion } from '#station/editing/edit-store.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openCacheDatabase } from '#station/store/cache-database.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { closeDatabase } from '#station/store/open-database.ts';
import { run, sql, type WritableDb } from '#station/store/sql.ts';
import { backUpStation, openStationDatabase } from '#station/store/station-database.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { folderSource } from '../../station/feed/sample-terminal.ts';

/**
 * A day of a terminal, short: `FOLDER FEEDS STATES [BUG]`. It makes its databases, takes a feed's states one after the other,
 * writes operations, keeps answers, backs up, closes and opens again. After each commit on which somebody counts it says a
 * line; what the disk refuses it says, too, and goes on with the next.
 */
const [folder = '', feeds = '', states = '', bug = ''] = process.argv.slice(2);
const STATES = Number(states);
const OPERATIONS_A_STATE = 8;
/** As large as an edit of a long notice. */
const WORDS = '示例通知的内容。'.repeat(700);

const say = (line: string) => writeSync(1, `${line}\n`);
const root = readFileSync(join(feeds, 'root.json'));
const stationPath = join(folder, 'station.sqlite');

function open(): { station: WritableDb; cache: WritableDb } {
  const station = openStationDatabase(stationPath, NOW, silentLog);
  if (bug === 'not-flushed') station.write.pragma('synchronous = OFF');
  return { station, cache: openCacheDatabase(join(folder, 'cache.sqlite'), silentLog) };
}

let { station, cache } = open();
let serial = 0;

function operate(): void {
  serial += 1;
  const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  const changes = [{ field: '/body/text', to: WORDS }];
  const order = {
    id,
    type: 'content-edit',
    payload: { changes },
    actor: 'x',
    subject: 'x',
    at: NOW,
  };
  commitOperation(station, order, () =>
    addVersion(station, {
      ...{ id: 'notice.own', kind: 'notice', operation: id, action: 'change', changes },
      ...{ baseVersion: 0, before: undefined, after: undefined, restores: undefined },
      ...{ editor: 'x', editorName: '示例', at: NOW },
    }),
  );
  say(`operation ${id}`);
  if (serial % 5 !== 0) return;
  takeResults(station, [{ id, status: 'applied', version: serial }], NOW);
  say(`answer ${id}`);
}

/** A terminal lives on when its disk refuses something. */
async function attempt(what: string, act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    say(`refused ${what}: ${error instanceof Error ? error.message : ''}`);
  }
}

for (let state = 1; state <= STATES; state += 1) {
  if (bug === 'cursor-before-rows')
    run(cache, sql`update feed_division set sequence = sequence + 3 where epoch = 'epochone'`);
  await attempt('state', async () => {
    await pullFeed({
      ...{ source: folderSource(join(feeds, String(state))), root, stationDb: station, cache },
      ...{
        folder: join(folder, 'feed'),
        station: '530102001',
        now: () => NOW,
        beforeCommit: () => {},
      },
    });
    say(`state ${state}`);
  });
  for (let count = 0; count < OPERATIONS_A_STATE; count += 1) await attempt('operation', operate);
  if (state === Math.ceil(STATES / 3))
    await attempt('backup', async () => {
      await backUpStation(station, stationPath, NOW);
      say('backup');
    });
  if (state === Math.ceil(STATES / 2)) {
    closeDatabase(station);
    closeDatabase(cache);
    ({ station, cache } = open());
  }
}
closeDatabase(station);
closeDatabase(cache);
