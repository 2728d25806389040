import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { takeResults } from '#station/district/outbox.ts';
import { addVersion } from '#station/editing/edit-store.ts';
import { pullFeed } from '#station/feed/pull-feed.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openCacheDatabase } from '#station/store/cache-database.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import { run, sql, type WritableDb } from '#station/store/sql.ts';
import { backUpStation, openStationDatabase } from '#station/store/station-database.ts';
import { importFeed } from '../../../src/main/cli/import-stick.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { folderSource } from '../../station/feed/sample-terminal.ts';

/**
 * A day of a terminal, short: `FOLDER FEEDS STATES [BUG]`. It makes its databases, takes a feed's states one after the other,
 * writes operations, keeps answers, backs up, closes and opens again. A day of more than one state begins with the program before
 * the newest migrations, and takes one state from a stick by the command, beside the open databases. After each commit on which somebody counts it says a
 * line; what the disk refuses it says, too, and goes on with the next.
 */
const [folder = '', feeds = '', states = '', bug = ''] = process.argv.slice(2);
const STATES = Number(states);
const IS_WHOLE_DAY = STATES > 1;
const BY_STICK = IS_WHOLE_DAY ? Math.ceil((STATES * 2) / 3) : undefined;
const OPERATIONS_A_STATE = 8;
/** Fewer than get an answer, of which the program before kept less. */
const OPERATIONS_BEFORE = 4;
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

const MIGRATIONS = join(import.meta.dirname, '../../../src/main/station/store/migrations');

/** What the program before the newest migration of either database leaves. */
async function liveBefore(): Promise<void> {
  const older = mkdtempSync(join(tmpdir(), 'older-'));
  cpSync(MIGRATIONS, older, { recursive: true });
  for (const name of ['cache', 'station'])
    rmSync(join(older, name, readdirSync(join(older, name)).sort().at(-1) ?? ''));
  station = openDatabase(stationPath, 'station', older);
  cache = openDatabase(join(folder, 'cache.sqlite'), 'cache', older);
  for (let count = 0; count < OPERATIONS_BEFORE; count += 1) operate();
  await pull(1);
  closeDatabase(station);
  closeDatabase(cache);
  rmSync(older, { recursive: true });
}

async function pull(state: number): Promise<void> {
  const own = { root, stationDb: station, cache, folder: join(folder, 'feed') };
  await pullFeed({
    ...{ ...own, source: folderSource(join(feeds, String(state))) },
    ...{ station: '530102001', now: () => NOW, beforeCommit: () => {} },
  });
  say(`state ${state}`);
}

/** As a technician brings it to a terminal that runs. */
async function takeStick(state: number): Promise<void> {
  const district = {
    ...{ name: '示例区', api: 'https://x.test/', feed: 'https://x.test/feed/' },
    ...{ root: root.toString('base64'), receiptKey: '0'.repeat(64) },
    sealingKey: { id: '0'.repeat(16), publicKey: '0'.repeat(64) },
  };
  const answer = { terminal: 't-terminal0000', outlet: '530102001', chain: [], now: '' };
  keepEnrolment(station, { ...answer, district }, 'x', NOW);
  writeSetting(station, 'station', '530102001', NOW);
  say('begin stick');
  const { divisions } = await importFeed(folder, join(feeds, String(state)), NOW);
  if (divisions !== 1) throw new Error(`${divisions} divisions from the stick`);
  say(`state ${state}`);
  say('end stick');
}

let station: WritableDb;
let cache: WritableDb;
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

if (IS_WHOLE_DAY) await liveBefore();
say('begin migration');
({ station, cache } = open());
say('end migration');
for (let state = IS_WHOLE_DAY ? 2 : 1; state <= STATES; state += 1) {
  if (bug === 'cursor-before-rows')
    run(cache, sql`update feed_division set sequence = sequence + 3 where epoch = 'epochone'`);
  await attempt('state', () => (state === BY_STICK ? takeStick(state) : pull(state)));
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
