import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putRecord } from '#station/content/content-store.ts';
import { noteApplied } from '#station/content/feed-divisions.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { startHost } from '#station/host.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { notice } from '../district/feed/sample-feed.ts';
import { type TemporaryHost, temporaryHost } from './temporary-host.ts';

const NOW = Date.parse('2026-11-23T09:30:00+08:00');
const OUTLET = '530102001';

let temporary: TemporaryHost;
beforeEach(() => {
  temporary = temporaryHost();
});
afterEach(() => temporary.remove());

async function runVersion(programVersion: string): Promise<void> {
  const host = await startHost({ ...temporary.options, programVersion, now: () => NOW });
  await host.close();
}

function on<Result>(name: 'cache' | 'station', work: (db: WritableDb) => Result): Result {
  const db = openDatabase(join(temporary.options.dataDir, `${name}.sqlite`), name);
  try {
    return work(db);
  } finally {
    closeDatabase(db);
  }
}

/** What the district gave and what was written here. */
function fill(): void {
  on('station', (db) => {
    const [api, feed] = ['https://example.invalid', 'https://example.invalid/feed/'];
    const identity = { name: '示例区县', api, feed, root: Buffer.from('{}').toString('base64') };
    const sealingKey = { id: '0123456789abcdef', publicKey: '0'.repeat(64) };
    const district = { ...identity, sealingKey, receiptKey: '0'.repeat(64) };
    const place = { terminal: 't-terminal0000', outlet: OUTLET, chain: ['00', '53'] };
    const enrolment = { ...place, now: '2026-11-23T09:00:00+08:00', district };
    keepEnrolment(db, enrolment, 'technician', 1);
    const id = '00000000-0000-4000-8000-000000000001';
    const made = { id, type: 'queue-day', payload: {}, actor: 'station', subject: 'x', at: 1 };
    commitOperation(db, made, () => {});
  });
  on('cache', (db) => {
    for (const name of ['one', 'two']) putRecord(db, notice(name, 1, '53'));
    noteApplied(db, '53', { epoch: 'epochone', sequence: 2, digest: '' }, NOW);
  });
}

/** Every row of the station's own database, and every record on show, each as a text. */
function kept(): string[] {
  const rows = on('station', ({ read }) => {
    const tables = read
      .prepare("select name from sqlite_schema where type = 'table'")
      .pluck()
      .all();
    return tables.flatMap((table) =>
      read
        .prepare(`select * from "${String(table)}"`)
        .raw()
        .all()
        .map((row) => JSON.stringify([table, row])),
    );
  });
  const records = on('cache', ({ read }) =>
    read.prepare("select id || ' ' || scope from record").pluck().all().map(String),
  );
  return [...rows, ...records];
}

const files = () => readdirSync(temporary.options.dataDir, { recursive: true }).map(String);

test('a new version of the program deletes nothing on its first run', async () => {
  await runVersion('1.0.0');
  fill();
  const before = { kept: kept(), files: files() };
  expect(before.kept).toContain('notice.two 53');
  await runVersion('2.0.0');
  const after = { kept: new Set(kept()), files: new Set(files()) };
  expect(before.kept.filter((one) => !after.kept.has(one))).toEqual([]);
  expect(before.files.filter((one) => !after.files.has(one))).toEqual([]);
});
