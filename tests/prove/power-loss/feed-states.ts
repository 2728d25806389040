import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { notice, sampleDistrict } from '../../district/feed/sample-feed.ts';

export const DIVISION = '530102';
export const STATES = 12;

/** States of a district's feed, each in a folder; gives the rows at each of their tops. */
export function makeFeeds(feeds: string): ReadonlyMap<number, string> {
  const district = sampleDistrict();
  const names = Array.from({ length: 30 }, (_, at) => `n${at}`);
  const log = openDivisionLog(
    DIVISION,
    'epochone',
    names.map((name) => notice(name)),
  );
  const rows = new Map(names.map((name) => [`notice.${name}`, 1]));
  const expected = new Map<number, string>();
  mkdirSync(feeds);
  writeFileSync(join(feeds, 'root.json'), district.root);
  for (let state = 1; state <= STATES; state += 1) {
    for (const at of [state, state + 5]) {
      log.put(notice(`n${at}`, state + 1));
      rows.set(`notice.n${at}`, state + 1);
    }
    log.remove(`notice.n${29 - state}`, DIVISION);
    rows.delete(`notice.n${29 - state}`);
    log.cut();
    if (state === STATES / 2) log.compact(2);
    expected.set(log.feed().index.top, textOf([...rows]));
    district.publish([log.feed()]);
    cpSync(district.folder, join(feeds, String(state)), { recursive: true });
  }
  district.remove();
  return expected;
}

/** Rows as one text, to compare. */
export const textOf = (rows: readonly (readonly [string, number])[]) =>
  rows
    .map(([id, version]) => `${id}@${version}`)
    .sort(inOrder)
    .join(' ');

export const inOrder = (one: string, two: string) => (one < two ? -1 : 1);
