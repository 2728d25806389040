import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { openFeedWriter } from '#district/content/feed-writer.ts';
import { newEpoch } from '#district/content/published.ts';
import type { District } from '#district/district.ts';
import { makeKeys, openKeys } from '#district/keys/district-keys.ts';
import { makeFirstRoot } from '#district/keys/root-keys.ts';
import { migrate } from '#district/store/migrate.ts';
import { type Db, run, sql } from '#district/store/sql.ts';
import { connectPostgres, startPostgres } from '../../district/databases.ts';
import { chanceFrom, sampleRecord } from './sample-records.ts';

const DIVISION = '530102';

/** How long a server that publishes answers nobody: the longest wait for its thread, beside the whole time, in milliseconds. */
export interface PublishingWaits {
  readonly records: number;
  readonly divisions: number;
  readonly bulkMs: number;
  readonly bulkLongestMs: number;
  readonly oneMs: number;
  readonly oneLongestMs: number;
}

/** Publishes many records of a division at once, then one, beside so many other divisions. */
export async function benchPublishing(
  records: number,
  divisions: number,
): Promise<PublishingWaits> {
  const folder = mkdtempSync(join(tmpdir(), 'publishing-'));
  const postgres = await startPostgres();
  const database = await connectPostgres(postgres.url);
  await migrate(database);
  try {
    const district = districtIn(folder, database);
    const writer = openFeedWriter(district);
    for (let at = 0; at < divisions; at += 1) await append(database, `5301${10_000 + at}`, at, 1);
    await append(database, DIVISION, 0, 1);
    await writer.write();
    await append(database, DIVISION, 1, records);
    const bulk = await watched(() => writer.write());
    await append(database, DIVISION, records + 1, 1);
    const one = await watched(() => writer.write());
    return {
      ...{ records, divisions },
      ...{ bulkMs: bulk.wholeMs, bulkLongestMs: bulk.longestMs },
      ...{ oneMs: one.wholeMs, oneLongestMs: one.longestMs },
    };
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

function districtIn(folder: string, database: District['database']): District {
  const feedFolder = join(folder, 'feed');
  makeKeys(join(folder, 'keys'));
  const keys = openKeys(join(folder, 'keys'));
  mkdirSync(feedFolder);
  makeFirstRoot(join(folder, 'root-keys'), feedFolder, keys.feed, Date.now());
  return {
    ...{ database, keys, now: Date.now, contentChanged: () => {} },
    settings: {
      ...{ name: 'bench', publicUrl: 'https://district.example', feedFolder },
      ...{ trailHeads: join(folder, 'heads'), mediaFolder: join(folder, 'media') },
      profilesFolder: 'assets/profiles',
    },
  };
}

/** As publishing leaves them; one by one it would take longer than what is measured. */
async function append(db: Db, division: string, from: number, count: number): Promise<void> {
  const chance = chanceFrom(from + 1);
  const texts = Array.from({ length: count }, (_, at) =>
    JSON.stringify({ ...sampleRecord(from + at, 1, chance), scope: division }),
  );
  await run(
    db,
    sql`insert into feed_division (division, epoch, floor, base, top, confirmed)
        values (${division}, ${newEpoch()}, 0, 0, ${from + count}, 0)
        on conflict (division) do update set top = ${from + count}`,
  );
  await run(
    db,
    sql`insert into feed_row (division, seq, id, scope, record)
        select ${division}, ${from} + at, text::jsonb ->> 'id', ${division}, text::jsonb
        from unnest(${texts}::text[]) with ordinality as given (text, at)`,
  );
}

async function watched(work: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  await work();
  const wholeMs = Math.round(performance.now() - began);
  // What kept the thread is noted when it is free again.
  await after(20);
  delay.disable();
  return { wholeMs, longestMs: Math.round(delay.max / 1e6) };
}
