import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { makeKeys, openKeys } from '#district/keys/district-keys.ts';
import { allRecords } from '#station/content/content-store.ts';
import { keepEnrolment } from '#station/district/enrolled.ts';
import { commitOperation } from '#station/store/commit-operation.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { writeSetting } from '#station/store/settings.ts';
import { fileOf, notice, pamphlet, sampleDistrict } from '../district/feed/sample-feed.ts';
import { runKiosk } from './run-kiosk.ts';

let district: ReturnType<typeof sampleDistrict>;
let dataDir: string;
let keys: ReturnType<typeof openKeys>;
const TERMINAL = 't-terminal0000';
beforeEach(() => {
  district = sampleDistrict();
  dataDir = mkdtempSync(join(tmpdir(), 'stick-'));
  makeKeys(join(dataDir, 'office-keys'));
  keys = openKeys(join(dataDir, 'office-keys'));
  closeDatabase(openDatabase(join(dataDir, 'cache.sqlite'), 'cache'));
  const station = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  writeSetting(station, 'station', '530102001', 1);
  const name = '示例区县';
  const [api, feed] = ['https://example.invalid', 'https://example.invalid/feed/'];
  const identity = { name, api, feed, root: district.root.toString('base64') };
  keepEnrolment(
    station,
    {
      ...{ terminal: TERMINAL, outlet: '530102001', chain: ['00'] },
      now: '2026-11-23T10:00:00+08:00',
      district: {
        ...identity,
        sealingKey: { id: '0123456789abcdef', publicKey: '0'.repeat(64) },
        receiptKey: keys.receiptKey,
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
  expect([first.status, JSON.parse(first.out)]).toEqual([
    0,
    { divisions: 1, refusedDivisions: [], files: 0, left: 0 },
  ]);
  expect(shown()).toEqual(['notice.one', 'notice.two']);
  const again = await runKiosk('import', district.folder, '--data', dataDir);
  expect(again.out).toBe('U 盘上的内容本机都有了。\n');
});

test('a cache that could not be read takes nothing: what was said to be taken would be lost', async () => {
  const log = openDivisionLog('530102', 'epochone', [notice('one')]);
  district.publish([log.feed()], Date.now());
  writeFileSync(join(dataDir, 'cache.sqlite.doubtful'), 'SQLITE_IOERR_READ');
  const refused = await runKiosk('import', district.folder, '--data', dataDir);
  expect(refused.status).not.toBe(0);
  expect(refused.errors).toContain('请先重启一体机，再导入一次');
  expect(shown()).toEqual([]);
});

test('the files that records name come with the stick, each once, and what a stick lacks is said', async () => {
  const [one, two] = [fileOf('1'), fileOf('2', 200_000)];
  const log = openDivisionLog('530102', 'epochone', [pamphlet('one', one), pamphlet('two', two)]);
  district.keep(one);
  district.keep(two);
  await district.publishAll([log.feed()], Date.now());
  const lacking = join(district.folder, 'targets', 'media', '530102');
  const [gone = ''] = readdirSync(lacking).filter((name) => name.includes(hash('sha256', two)));
  rmSync(join(lacking, gone));
  const first = await runKiosk('import', district.folder, '--data', dataDir);
  expect(first.out).toBe(
    '已读入新的内容；一体机开着的，一分钟内换上。其中图片、视频、宣传册 1 个。还有 1 个文件没有读入：U 盘上缺这些文件，请向区县要一份全的。\n',
  );
  await district.publishAll([log.feed()], Date.now());
  const second = await runKiosk('import', district.folder, '--data', dataDir, '--json');
  expect(JSON.parse(second.out)).toEqual({
    ...{ divisions: 0, refusedDivisions: [] },
    ...{ files: 1, left: 0 },
  });
  const again = await runKiosk('import', district.folder, '--data', dataDir);
  expect(again.out).toBe('U 盘上的内容本机都有了。\n');
  const names = [one, two].map((file) => `${hash('sha256', file)}.pdf`);
  expect(readdirSync(join(dataDir, 'media')).sort()).toEqual(names.sort());
});

/** A district that began anew with ten of the sixty notices that this terminal has: a person has to say so first. */
async function heldByTheBrake() {
  const many = Array.from({ length: 60 }, (_, at) => notice(`many-${at}`));
  district.publish([openDivisionLog('530102', 'epochone', many).feed()], Date.now());
  await runKiosk('import', district.folder, '--data', dataDir);
  return openDivisionLog('530102', 'epochtwo', many.slice(0, 10));
}

/** Receipts for what this terminal carried to the district. */
function putReceipts(folder: string): void {
  const id = randomUUID();
  const station = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  const made = { id, type: 'queue-day', payload: {}, actor: 'station', subject: 'x', at: 1 };
  commitOperation(station, made, () => {});
  closeDatabase(station);
  const receipts = {
    ...{ format: 1, terminal: TERMINAL, now: '2026-11-23T10:00:00+08:00' },
    results: [{ id, status: 'applied' }],
  };
  const file = keys.signFile({ purpose: 'receipts', payload: JSON.stringify(receipts) });
  writeFileSync(join(folder, `receipts-${TERMINAL}.json`), JSON.stringify(file));
}

test('a division that is held by the brake is named, with the others and the receipts that were taken', async () => {
  const log = await heldByTheBrake();
  const province = openDivisionLog('53', 'epochone', [notice('of-province', 1, '53')]);
  district.publish([log.feed(), province.feed()], Date.now());
  putReceipts(district.folder);
  const run = await runKiosk('import', district.folder, '--data', dataDir);
  expect(run.status).toBe(1);
  expect(run.errors).toBe(
    '收到 1 条回执，还有 0 条在等，0 条没有被接受。已读入新的内容；一体机开着的，一分钟内换上。' +
      '区划 530102 的没有读入，还是原来的：内容会删去很多条目，要区县先确认。\n',
  );
  expect(shown()).toHaveLength(61);
  const again = await runKiosk('import', district.folder, '--data', dataDir, '--json');
  expect(again.status).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({
    ...{ taken: 0, divisions: 0 },
    refusedDivisions: [{ division: '530102', reason: 'mass-deletion' }],
  });
});

test('receipts that were taken are told also when the content beside them is refused as a whole', async () => {
  const other = sampleDistrict();
  other.publish([openDivisionLog('530102', 'epochone', [notice('nine')]).feed()], Date.now());
  putReceipts(other.folder);
  const run = await runKiosk('import', other.folder, '--data', dataDir);
  expect(run.status).toBe(1);
  expect(run.errors).toContain('收到 1 条回执');
  expect(run.errors).toContain('内容不是本区县签发的');
  expect(run.errors).not.toContain('没有改动');
  other.remove();
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
