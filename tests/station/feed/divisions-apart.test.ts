import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDivisionLog } from '#district/feed/division-log.ts';
import { FeedUnreachable } from '#station/feed/feed-source.ts';
import { notice, sampleDistrict } from '../../district/feed/sample-feed.ts';
import { folderSource, sampleTerminal } from './sample-terminal.ts';

let district: ReturnType<typeof sampleDistrict>;
let terminal: ReturnType<typeof sampleTerminal>;
let logs: ReturnType<typeof openDivisionLog>[];
/** The feed as it was before any harm. */
let honest: string;
beforeEach(() => {
  district = sampleDistrict();
  logs = ['53', '5301', '530102'].map((division) =>
    openDivisionLog(division, 'epochone', [notice(`of-${division}`, 1, division)]),
  );
  publish();
  honest = mkdtempSync(join(tmpdir(), 'honest-'));
  terminal = sampleTerminal(district.root, folderSource(district.folder));
});
afterEach(() => {
  terminal.remove();
  district.remove();
  rmSync(honest, { recursive: true });
});

function publish(): void {
  district.publish(logs.map((log) => log.feed()));
}

function publishSecond(): void {
  for (const [at, division] of ['53', '5301', '530102'].entries()) {
    logs[at]?.put(notice(`of-${division}`, 2, division));
    logs[at]?.cut();
  }
  publish();
}

/** The newest file of the province's division with this in its name, from the top of the feed. */
function fileOf(folder: string, part: RegExp): string {
  const names = readdirSync(join(district.folder, folder)).filter((name) => part.test(name));
  return join(district.folder, folder, names.toSorted().at(-1) ?? 'none');
}
const role = () => fileOf('metadata', /content-53\.json$/);
const indexes = () =>
  readdirSync(join(district.folder, 'targets/content/53'))
    .filter((name) => name.endsWith('index.json'))
    .map((name) => join(district.folder, 'targets/content/53', name));
const segments = () =>
  readdirSync(join(district.folder, 'targets/content/53'))
    .filter((name) => name.endsWith('.zst'))
    .map((name) => join(district.folder, 'targets/content/53', name));

const HARM: Readonly<Record<string, () => void>> = {
  'its role is missing': () => rmSync(role()),
  'its role is cut off': () => writeFileSync(role(), '{"signed":'),
  'its index is missing': () => {
    for (const file of indexes()) rmSync(file);
  },
  'its index is not the signed one': () => {
    for (const file of indexes()) writeFileSync(file, '{}');
  },
  'its segments are missing': () => {
    for (const file of segments()) rmSync(file);
  },
};

describe.each(Object.entries(HARM))('of a division %s', (_, harm) => {
  test('and a first fill takes the others', async () => {
    harm();
    const look = await terminal.pull({ onFill: () => {} });
    expect(look.refused.map(({ division }) => division)).toEqual(['53']);
    expect(terminal.notices()).toEqual(['of-5301@1', 'of-530102@1']);
  });

  test('and a later look brings the others on, while it stays as it was until it is whole again', async () => {
    await terminal.pull();
    publishSecond();
    cpSync(district.folder, honest, { recursive: true });
    harm();
    const look = await terminal.pull();
    expect(look.refused.map(({ division }) => division)).toEqual(['53']);
    expect(terminal.notices()).toEqual(['of-53@1', 'of-5301@2', 'of-530102@2']);
    expect((await terminal.pull({ source: folderSource(honest) })).refused).toEqual([]);
    expect(terminal.notices()).toEqual(['of-53@2', 'of-5301@2', 'of-530102@2']);
  });
});

test('a source that goes away in the middle ends the look', async () => {
  const honest = folderSource(district.folder);
  const asked: string[] = [];
  const source = {
    read: (path: string) => {
      asked.push(path);
      if (path.includes('content-53.json')) throw new FeedUnreachable('gone');
      return honest.read(path);
    },
  };
  await expect(terminal.pull({ source })).rejects.toBeInstanceOf(FeedUnreachable);
  expect(asked.at(-1)).toContain('content-53.json');
});
