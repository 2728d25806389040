import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { allRecords } from '#station/content/content-store.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import { notice, sampleDistrict } from '../district/feed/sample-feed.ts';
import { runKiosk } from './run-kiosk.ts';

let district: ReturnType<typeof sampleDistrict>;
let dataDir: string;
beforeEach(() => {
  district = sampleDistrict();
  dataDir = mkdtempSync(join(tmpdir(), 'stick-'));
  closeDatabase(openDatabase(join(dataDir, 'cache.sqlite'), 'cache'));
  const station = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  writeSetting(station, 'station', '530102001', 1);
  const name = '示例区县';
  const [api, feed] = ['https://example.invalid', 'https://example.invalid/feed/'];
  const identity = { name, api, feed, root: district.root.toString('base64') };
  keepEnrolment(
    station,
    {
      ...{ terminal: 't-terminal0000', outlet: '530102001', chain: ['00'] },
      now: '2026-11-23T10:00:00+08:00',
      district: {
        ...identity,
        sealingKey: { id: '0123456789abcdef', publicKey: '0'.repeat(64) },
        receiptKey: '0'.repeat(64),
      },
    },
    'technician',
    1,
  );
  closeDatabase(station);
});
afterEach(() => {
  district.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

const shown = () => {
  const cache = openDatabase(join(dataDir, 'cache.sqlite'), 'cache');
  const ids = allRecords(cache, 'notice').map(({ id }) => id);
  closeDatabase(cache);
  return ids;
};

test('a terminal without a network takes content from a stick, and twice does no harm', async () => {
  const log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()], Date.now());
  const first = await runKiosk('import', district.folder, '--data', dataDir, '--json');
  expect([first.status, JSON.parse(first.out)]).toEqual([0, { divisions: 1 }]);
  expect(shown()).toEqual(['notice.one', 'notice.two']);
  const again = await runKiosk('import', district.folder, '--data', dataDir);
  expect(again.out).toBe('U 盘上的内容本机都有了。\n');
});

test("another district's stick is refused in one sentence, and nothing is changed", async () => {
  const other = sampleDistrict();
  other.publish([openDivisionLog('530102', 'epochone', [notice('nine')]).feed()], Date.now());
  const run = await runKiosk('import', other.folder, '--data', dataDir);
  expect(run.status).not.toBe(0);
  expect(run.errors).toContain('不是本区县签发的');
  expect(shown()).toEqual([]);
  other.remove();
});

test('a folder with nothing for this terminal says so', async () => {
  const folder = join(dataDir, 'empty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'receipts-t-somebodyelse.json'), '{}');
  const run = await runKiosk('import', folder, '--data', dataDir);
  expect(run.errors).toContain('没有区县的内容，也没有给这台终端的回执');
});
