import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { careForCache } from '#station/content/cache-care.ts';
import { openDailyProof, proveRows } from '#station/feed/prove-rows.ts';
import { silentLog } from '#station/log/station-log.ts';
import { NOW, notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

const HOUR = 3_600_000;
const NEVER = new AbortController().signal;

let district: ReturnType<typeof sampleDistrict>;
let terminal: ReturnType<typeof sampleTerminal>;

beforeEach(async () => {
  district = sampleDistrict();
  const log = openDivisionLog('530102', 'epochone', [notice('one'), notice('two')]);
  district.publish([log.feed()]);
  terminal = sampleTerminal(district.root, folderSource(district.folder));
  await terminal.pull();
});
afterEach(() => {
  terminal.remove();
  district.remove();
});

/** A row goes without a trace, as when the file is damaged. */
const loseBeneath = () =>
  terminal.cache.write.exec(
    `delete from record where id = 'notice.two'; delete from digest_change`,
  );

test('a row that went without a trace is found, and the next look brings it', async () => {
  loseBeneath();
  expect((await terminal.pull()).changed).toEqual([]);
  expect(await proveRows(terminal.cache)).toEqual(['530102']);
  expect((await terminal.pull()).changed).toEqual(['530102']);
  expect(terminal.notices()).toEqual(['one@1', 'two@1']);
  expect(await proveRows(terminal.cache)).toEqual([]);
});

test('a record whose text has rotted is left out, and the next look brings it', async () => {
  const { cache, notices } = terminal;
  const care = careForCache(cache, cache.read.name, silentLog);
  cache.write.exec(`update record set envelope = '{"id":' where id = 'notice.two'`);
  expect(notices()).toEqual(['one@1']);
  await new Promise<void>((resolve) => care.begin(resolve));
  expect((await terminal.pull()).changed).toEqual(['530102']);
  expect(notices()).toEqual(['one@1', 'two@1']);
  care.stop();
});

test('rows are proven at the first look and once a day, whatever the clock does', async () => {
  let now = NOW;
  const prove = openDailyProof(terminal.cache, () => now, NEVER);
  const isProvenAt = async (at: number) => {
    now = at;
    loseBeneath();
    const isFound = (await prove()).length > 0;
    await proveRows(terminal.cache);
    await terminal.pull();
    return isFound;
  };
  expect(await isProvenAt(NOW)).toBe(true);
  expect(await isProvenAt(NOW + 23 * HOUR)).toBe(false);
  expect(await isProvenAt(NOW + 24 * HOUR)).toBe(true);
  expect(await isProvenAt(NOW - 100 * HOUR)).toBe(true);
});

test('a proof ends with the host, and is due again', async () => {
  const stop = new AbortController();
  const prove = openDailyProof(terminal.cache, () => NOW, stop.signal);
  stop.abort();
  await expect(prove()).rejects.toThrow();
});
