import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanFeed } from '#district/feed/clean-feed.ts';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import { folderSource, sampleTerminal } from '../../station/feed/sample-terminal.ts';
import { DAY, NOW, notice, sampleDistrict } from './sample-feed.ts';

let district: ReturnType<typeof sampleDistrict>;
let terminal: ReturnType<typeof sampleTerminal>;
let log: DivisionLog;
beforeEach(() => {
  district = sampleDistrict();
  terminal = sampleTerminal(district.root, folderSource(district.folder));
  log = openDivisionLog('530102', 'epochone', [notice('one')]);
});
afterEach(() => {
  district.remove();
  terminal.remove();
});

const files = () =>
  readdirSync(district.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(district.folder, name)).isFile(),
  );
/** Publishes as if it were so many days ago: new files carry that time. */
const publishedOn = (day: number) => {
  const known = new Set(files());
  district.publish([log.feed()], NOW - day * DAY);
  const at = (NOW - day * DAY) / 1000;
  for (const name of files())
    if (!known.has(name) || name.endsWith('timestamp.json'))
      utimesSync(join(district.folder, name), at, at);
};
const changedOn = (day: number) => {
  log.put(notice('one', 1_000 - day));
  log.cut();
  log.compact(2);
  publishedOn(day);
};

test('a year of changes leaves no more files than the last days need, and every root', () => {
  for (let day = 365; day >= 1; day -= 5) changedOn(day);
  const before = files().length;
  cleanFeed(district.folder, NOW);
  const left = files();
  expect(before).toBeGreaterThan(300);
  // Root, timestamp; of two states each: snapshot, targets, division, index, base; the deltas between them.
  expect(left.length).toBeLessThan(16);
  expect(left).toContain('metadata/1.root.json');
  cleanFeed(district.folder, NOW);
  expect(files()).toEqual(left);
});

test('what is left is the whole feed: a new terminal fills from it, and publishing goes on', async () => {
  for (let day = 30; day >= 3; day -= 3) changedOn(day);
  cleanFeed(district.folder, NOW);
  expect((await terminal.pull()).refused).toEqual([]);
  expect(terminal.notices()).toEqual(['one@997']);
  changedOn(0);
  cleanFeed(district.folder, NOW);
  expect((await terminal.pull()).refused).toEqual([]);
  expect(terminal.notices()).toEqual(['one@1000']);
});

test('whoever began to read before the newest change still finds what it named, however old that was', () => {
  changedOn(40);
  const old = files();
  changedOn(1);
  cleanFeed(district.folder, NOW);
  expect(files()).toEqual(expect.arrayContaining(old));
  cleanFeed(district.folder, NOW + 2 * DAY);
  expect(files()).not.toEqual(expect.arrayContaining(old));
});

test('what a power cut left half written goes after two days, and files that are not the feed’s stay', () => {
  changedOn(1);
  const half = join(district.folder, 'metadata', '9.snapshot.json.partial');
  const foreign = join(district.folder, 'metadata', 'readme.txt');
  for (const path of [half, foreign]) {
    writeFileSync(path, '{');
    utimesSync(path, (NOW - DAY) / 1000, (NOW - DAY) / 1000);
  }
  cleanFeed(district.folder, NOW);
  expect(files()).toContain('metadata/9.snapshot.json.partial');
  cleanFeed(district.folder, NOW + 2 * DAY);
  expect(files()).not.toContain('metadata/9.snapshot.json.partial');
  expect(files()).toContain('metadata/readme.txt');
});
