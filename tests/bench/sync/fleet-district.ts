import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishRecord } from '#district/content/published.ts';
import { readOptions } from '#district/options.ts';
import { runDistrict } from '#district/run-district.ts';
import { first, run, sql } from '#district/store/sql.ts';
import { connectPostgres, startPostgres } from '../../district/databases.ts';
import { chanceFrom, sampleRecord } from './sample-records.ts';

/**
 * A district's server for a fleet, on PostgreSQL, in a process of its own: `KEYS PUBLISH_SECONDS`. It knows the terminals of the file,
 * publishes a change every so many seconds, tells its address to whoever started it, and after the word `quiet` what it has.
 */
const [keys = '', seconds = '60'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
const postgres = await startPostgres();
await (await connectPostgres(postgres.url)).close();
let faults = 0;
const running = await runDistrict(
  {
    ...readOptions(['--data', folder, '--port', '0', '--behind-proxy'], {}),
    databaseUrl: postgres.url,
  },
  {
    ...{ now: Date.now, pages: undefined, version: 'bench' },
    log: () => {
      faults += 1;
    },
  },
);
const { database, contentChanged } = running.district;
const terminals = JSON.parse(readFileSync(keys, 'utf8')) as { id: string; publicKey: string }[];
for (const { id, publicKey } of terminals)
  await run(
    database,
    sql`insert into terminal (id, outlet, name, public_key, state, enrolled_at)
        values (${id}, '530102001', 'bench', ${publicKey}, 'active', 0)`,
  );

const chance = chanceFrom(1);
let published = 0;
async function publish(): Promise<void> {
  published += 1;
  const record = sampleRecord(published % 50, 1, chance);
  const by = { actor: 'bench', at: Date.now(), note: 'bench' };
  await database.transaction((db) => publishRecord(db, record, by));
  contentChanged();
}
await publish();
const publishing = setInterval(() => void publish(), Number(seconds) * 1000);

async function figures() {
  const facts = await first<{ count: number }>(
    database,
    sql`select count(*)::int as count from fact`,
  );
  const seen = await first<{ count: number }>(
    database,
    sql`select count(*)::int as count from terminal where seen_at is not null`,
  );
  const usage = process.cpuUsage();
  return {
    ...{ published, faults, facts: facts?.count ?? 0, seen: seen?.count ?? 0 },
    cpuSeconds: (usage.user + usage.system) / 1e6,
    peakMB: process.resourceUsage().maxRSS / 1024,
  };
}
export type FleetServerFigures = Awaited<ReturnType<typeof figures>>;

process.on('message', (word) => {
  if (word === 'quiet') {
    clearInterval(publishing);
    void figures().then((told) => process.send?.(told));
  } else
    void running
      .close()
      .then(() => postgres.stop())
      .then(() => {
        rmSync(folder, { recursive: true, force: true });
        process.disconnect();
      });
});
process.send?.({ url: running.url });
