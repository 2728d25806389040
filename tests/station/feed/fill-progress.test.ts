import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

let district: ReturnType<typeof sampleDistrict>;
let logs: ReturnType<typeof openDivisionLog>[];
let terminal: ReturnType<typeof sampleTerminal>;
let shares: number[];
const onFill = (share: number) => shares.push(share);

beforeEach(() => {
  district = sampleDistrict();
  logs = ['53', '530102'].map((division) =>
    openDivisionLog(division, 'epochone', [notice('one', 1, division), notice('two', 1, division)]),
  );
  district.publish(logs.map((log) => log.feed()));
  terminal = sampleTerminal(district.root, folderSource(district.folder));
  shares = [];
});
afterEach(() => {
  terminal.remove();
  district.remove();
});

test('a first fill tells how far it is, over all divisions, from nothing to all', async () => {
  await terminal.pull({ onFill });
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(new Set(shares).size).toBe(3);
});

test('a later look, which is short, tells nothing', async () => {
  await terminal.pull();
  logs[0]?.put(notice('three', 1, '53'));
  logs[0]?.cut();
  district.publish(logs.map((log) => log.feed()));
  expect((await terminal.pull({ onFill })).changed).toEqual(['53']);
  expect(shares).toEqual([]);
});
